"""The lists of words that facts are read with, as patterns."""

import re
import tomllib
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "words.toml"


@cache
def words(name: str) -> tuple[str, ...]:
    """One list of words.toml, longest words first."""
    return tuple(sorted(_tables()[name], key=len, reverse=True))


def any_of(name: str) -> str:
    """One list as alternatives of a pattern, for a text without blanks."""
    return "|".join(map(re.escape, words(name)))


@cache
def label_kinds() -> dict[str, str]:
    """What each label means: 发文字号 → number; "other" for those that only end the fact before them."""
    return {
        word.lower(): kind.removeprefix("label_")
        for kind, found in _tables().items()
        if "label_" in kind
        for word in found
    }


@cache
def label_words() -> re.Pattern[str]:
    """A label where a line or a cell begins or blanks stand before it, with the mark behind it.

    Blanks may stand between its characters (文　　号); it may stand in 【】, or alone in a cell.
    """
    by_length = sorted((word for word in label_kinds() if not word.isascii()), key=len, reverse=True)
    label = "|".join(r"[ ]{0,8}".join(map(re.escape, word)) for word in by_length)
    mark = r"[ ]{0,8}[】\]][ ]?[:：]?|[ ]{0,8}[:：|｜]|[ ]{0,8}(?=\t)"
    return re.compile(rf"(?:^|(?<=[\s,，;；]))[【\[]?[ ]{{0,8}}(?P<label>{label})(?:{mark})[ ]*\t?\t?[ ]*")


@cache
def _tables() -> dict[str, list[str]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
