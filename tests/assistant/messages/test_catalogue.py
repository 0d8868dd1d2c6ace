"""One catalogue a language: the same keys, the same placeholders, nothing unused and nothing missing."""

import re
from datetime import date
from pathlib import Path

import pytest

from assistant.messages import languages, messages

ROOT = Path(__file__).parents[3]
PLACEHOLDERS = re.compile(r"\{\w*\}|%[sd]")
# Keys as programs spell them: whole, or the beginning of one whose end is worked out.
LITERAL = re.compile(r"""["']([a-z][a-z_]*(?:\.[a-z_]+)*\.?)(?=["'{])""")
OPENAI = {"chat.completion", "chat.completion.chunk"}  # what its kinds of objects are called
KEYS = messages(languages()[0]).keys()
TABLES = {key.partition(".")[0] for key in KEYS}


def _spelled() -> set[str]:
    """Every key, and every beginning of one, in Python and in the templates."""
    sources = [path for folder in ("assistant", "ui") for path in (ROOT / folder).rglob("*.py")]
    templates = (ROOT / "ui").glob("*/templates/*.html")
    found = {match for path in (*sources, *templates) for match in LITERAL.findall(path.read_text(encoding="utf-8"))}
    return {one for one in found - OPENAI if "." in one and one.partition(".")[0] in TABLES}


@pytest.mark.parametrize("code", languages()[1:])
def test_every_language_says_the_same_things_with_the_same_placeholders(code: str) -> None:
    first, other = messages(languages()[0]), messages(code)
    assert other.keys() == KEYS
    for key in KEYS:
        assert set(PLACEHOLDERS.findall(other(key))) == set(PLACEHOLDERS.findall(first(key))), key


def test_every_key_that_is_spelled_exists() -> None:
    for spelled in _spelled():
        assert any(key == spelled or (spelled[-1] in "._" and key.startswith(spelled)) for key in KEYS), spelled


def test_every_key_is_used() -> None:
    spelled = _spelled()
    for key in KEYS:
        assert key in spelled or any(key.startswith(one) for one in spelled if one[-1] in "._"), key


def test_places_and_days_are_written_as_the_language_writes_them() -> None:
    assert messages("zh").places(("合肥", "芜湖")) == "合肥、芜湖"
    assert messages("en").places(("合肥", "芜湖")) == "Hefei, Wuhu"
    assert messages("zh").day(date(2024, 2, 5)) == "2024年2月5日"
    assert messages("en").day(date(2024, 2, 5)) == "5 February 2024"
