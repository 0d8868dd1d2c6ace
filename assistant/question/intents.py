"""What a message is about beside its matter, told by the patterns of `intents.toml` and the files beside it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

_NOISE = re.compile(r"[^\u3400-\u9fffa-z0-9 ]+")


@dataclass(frozen=True, slots=True)
class Intent:
    """One intent, with examples that its pattern must and must not match."""

    name: str
    pattern: re.Pattern[str]
    whole: bool  # whether the message says nothing else
    match: tuple[str, ...]
    no_match: tuple[str, ...]

    def found_in(self, text: str) -> bool:
        """Whether a message in normal form has this intent."""
        if self.whole:
            return bool(self.pattern.fullmatch(_NOISE.sub("", text).strip()))
        return bool(self.pattern.search(text))


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
    alternatives = "|".join((*row["zh"], *row["en"]))
    whole = bool(row.get("whole"))
    if whole:  # atomic groups, so that the match is linear in the text
        alternatives = rf"(?:(?>{alternatives})(?>{'|'.join(row['particles'])})*+)++"
    return Intent(name, re.compile(alternatives), whole, tuple(row["match"]), tuple(row["no_match"]))


def intents_of(text: str) -> frozenset[str]:
    """The names of all intents of a message in normal form."""
    return frozenset(intent.name for intent in intents() if intent.found_in(text))


def intent(name: str) -> Intent:
    """The intent of this name. Raises KeyError."""
    return {one.name: one for one in intents()}[name]
