"""The words of html_words.toml, and patterns made of them."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def page_words(name: str) -> tuple[str, ...]:
    """A list of the file."""
    lists = tomllib.loads(Path(__file__).with_name("html_words.toml").read_text(encoding="utf-8"))
    return tuple(lists[name])


def one_of(*names: str, spaced: bool = False) -> str:
    """A pattern of any entry of the lists, the longest first; `spaced`: with blanks strewn in, as in 索 引 号."""
    words = sorted((word for name in names for word in page_words(name)), key=len, reverse=True)
    return "|".join(r"\s{0,4}".join(word) if spaced else word for word in words)
