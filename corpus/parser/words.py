"""The parser's lists of words, as alternatives for patterns."""

import re
import tomllib
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "words.toml"


def alternatives(name: str, *, spaced: bool = False) -> str:
    """One list of words.toml as a pattern, longest words first; `spaced` lets blanks stand between characters."""
    between = r"\s*" if spaced else ""
    words = sorted(_tables()[name], key=len, reverse=True)
    return "|".join(between.join(map(re.escape, word)) for word in words)


@cache
def _tables() -> dict[str, list[str]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
