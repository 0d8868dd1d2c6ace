"""What a message is about beside its matter, told by the patterns of `intents.toml` and the files beside it."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Intent:
    """One intent, with examples that its pattern must and must not match."""

    name: str
    pattern: re.Pattern[str]
    match: tuple[str, ...]
    no_match: tuple[str, ...]
    unless: re.Pattern[str] | None = None  # what makes a message one of another kind

    def found_in(self, text: str) -> bool:
        """Whether a message in normal form has this intent."""
        return not (self.unless and self.unless.search(text)) and self.pattern.search(text) is not None


@cache
def intents() -> tuple[Intent, ...]:
    """Those of `intents.toml` and the files beside it, in order of the files. Raises ValueError for a name twice."""
    files = sorted(resources.files("assistant.question").iterdir(), key=lambda file: file.name)
    tables = [tomllib.loads(f.read_text(encoding="utf-8")) for f in files if re.fullmatch(r"intents\w*\.toml", f.name)]
    found = [_intent(name, row) for table in tables for name, row in table.items()]
    if len({one.name for one in found}) < len(found):
        raise ValueError("two intents have one name")
    return tuple(found)


def _intent(name: str, row: Mapping[str, Any]) -> Intent:
    unless = re.compile("|".join(row["unless"])) if "unless" in row else None
    pattern = re.compile("|".join((*row["zh"], *row["en"])))
    return Intent(name, pattern, tuple(row["match"]), tuple(row["no_match"]), unless)


class Intents(Set[str]):
    """The names of the intents of one message, each told when it is first asked for: an answer turns on a few of them.

    Safe from several threads.
    """

    def __init__(self, text: str) -> None:
        """A message in normal form."""
        self._text = text
        self._told: dict[str, bool] = {}

    def __contains__(self, name: object) -> bool:
        """KeyError for what is no name of an intent."""
        if not isinstance(name, str):
            return False
        told = self._told.get(name)
        if told is None:
            told = self._told[name] = intent(name).found_in(self._text)
        return told

    def __iter__(self) -> Iterator[str]:
        return (one.name for one in intents() if one.name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @classmethod
    def _from_iterable(cls, names: Iterable[str]) -> frozenset[str]:  # type: ignore[override]
        return frozenset(names)


def intents_of(text: str) -> Intents:
    """The names of the intents of a message in normal form."""
    return Intents(text)


def intent(name: str) -> Intent:
    """The intent of this name. Raises KeyError."""
    return _by_name()[name]


@cache
def _by_name() -> dict[str, Intent]:
    return {one.name: one for one in intents()}
