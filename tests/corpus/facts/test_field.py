"""How many facts of real documents are read as a person read them; only where these documents lie beside the project.

Compared without blanks, 《》 and kinds of brackets and dashes. 「甲等六部门」 is the same as a list of organs that
begins with 甲. A date is right where the coarser of the two is the beginning of the other. A document without a place
is the state's, and must come out as 全国. A fact is *wrong* where another value was read, or one where the person
found none; a fact that is not printed (an issuer known from elsewhere, say) can only be missing.
"""

import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from corpus.facts import Facts, read_facts
from corpus.parser.outline import parse_outline
from tests.corpus.facts.texts import shown
from tests.corpus.field import FIELD, needs_field, received, rows

KEYS = {"title": "title", "number": "number", "issuer": "issuer", "issued": "issued", "places": "jurisdiction"}

pytestmark = needs_field


def normal(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(
        c for c in folded if c not in "《》〈〉<>()[]〔〕【】 " and unicodedata.category(c) not in ("Pd", "Zs")
    )


def agrees(key: str, got: str, wanted: str) -> bool:
    one, other = normal(got), normal(wanted)
    if key == "issued":
        return one.startswith(other) or other.startswith(one)
    if key == "issuer" and "等" in other:
        return one.startswith(other.split("等")[0]) and "、" in one
    return one == other


def counted(folder: Path, files: dict[str, dict[str, str | None]]) -> tuple[Counter[str], Counter[str]]:
    """How often each fact is right, and how often wrong."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for name, wanted in files.items():
        facts = facts_in(folder / name)
        for key, column in KEYS.items():
            got, value = shown(facts, key), wanted[column]
            value = "全国" if key == "places" and value is None else value
            same = agrees(key, got, value) if got and value else got == value
            right[key] += same
            wrong[key] += not same and got is not None
    return right, wrong


def facts_in(path: Path) -> Facts:
    source = received(path)
    return read_facts(source, parse_outline(source.text, hints=source.lines))


# Of 38 texts, 7 do not print who issued them, and 4 not when; the page or the file's name told the person.
TEXTS = {"title": 0.92, "number": 0.95, "issuer": 0.81, "issued": 0.89, "places": 0.97}
FILES = {"title": 0.92, "number": 0.95, "issuer": 0.85, "issued": 0.92, "places": 0.97}


@pytest.mark.parametrize(("folder", "least"), [("text", TEXTS), ("raw", FILES)])
def test_facts_of_the_field_documents_are_as_a_person_read_them(folder: str, least: dict[str, float]) -> None:
    named = {f"{row['slug']}.txt" if folder == "text" else row["raw"]: row for row in rows()}
    files = {name: row for name, row in named.items() if name}
    right, wrong = counted(FIELD / folder, files)
    shares = {key: round(right[key] / len(files), 3) for key in KEYS}
    print(folder, shares, dict(wrong))
    assert all(shares[key] >= least[key] for key in KEYS), shares
    assert wrong.total() <= 2, wrong
