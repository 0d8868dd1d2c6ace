"""The words that may change between a clause and what is said of it, from words.toml."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Words:
    """What may be added, left out and exchanged, and what may not."""

    added: frozenset[str]
    dropped: frozenset[str]
    opening: frozenset[str]  # may be left out where a phrase begins
    same: Mapping[str, str]  # a word → the one that stands for its list
    plain: re.Pattern[str]  # words that only look like a guard
    guards: Mapping[str, str]  # what may neither be added nor left out → its list
    guard: re.Pattern[str]


@cache
def load_words() -> Words:
    """The shipped lists, read once."""
    table = tomllib.loads(resources.files("assistant.phrasing").joinpath("words.toml").read_text(encoding="utf-8"))
    guards = {word: name for name, group in table["guards"].items() for word in group}
    return Words(
        added=frozenset(table["added"]),
        dropped=frozenset(table["dropped"]),
        opening=frozenset(table["opening"]),
        same={word: group[0] for group in table["same"] for word in group[1:]},
        plain=_any_of(table["plain"]),
        guards=guards,
        guard=_any_of(guards),
    )


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, words), key=len, reverse=True)))
