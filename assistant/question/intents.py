"""What a message is about beside its matter, told by the patterns of `intents.toml` and the files beside it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

_AROUND = "whole"  # the table of a file that says what may stand before and behind the whole messages of the others
_MOST = 4  # openers, and things said, in one message
_NOISE = re.compile(r"[^\u3400-\u9fffa-z0-9 ]+")


@dataclass(frozen=True, slots=True)
class Intent:
    """One intent, with examples that its pattern must and must not match."""

    name: str
    pattern: re.Pattern[str]
    whole: bool  # whether the message says nothing else
    match: tuple[str, ...]
    no_match: tuple[str, ...]
    sign: re.Pattern[str] | None = None  # of a whole message: tells one that is made of `words` alone
    words: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None  # what makes a message one of another kind

    def found_in(self, text: str) -> bool:
        """Whether a message in normal form has this intent."""
        return self.match_in(text) is not None

    def match_in(self, text: str) -> re.Match[str] | None:
        """Where a message in normal form has this intent; of a whole message, without its punctuation."""
        if not self.whole:
            return None if self._is_another(text) else self.pattern.search(text)
        text = without_punctuation(text)
        return self.match_bare(text, of_words=bool(self.words and self.words.fullmatch(text)))

    def match_bare(self, text: str, *, of_words: bool) -> re.Match[str] | None:
        """The same for a whole message without punctuation; `of_words` says whether it is made of `words` alone."""
        if self._is_another(text):
            return None
        return self.pattern.fullmatch(text) or (self.sign.search(text) if of_words and self.sign else None)

    def _is_another(self, text: str) -> bool:
        return bool(self.unless and self.unless.search(text))


def without_punctuation(text: str) -> str:
    """A message in normal form with its letters, digits and single blanks alone."""
    return _NOISE.sub("", text).strip()


@cache
def intents() -> tuple[Intent, ...]:
    """Those of `intents.toml` and the files beside it, in order of the files. Raises ValueError for a name twice."""
    files = sorted(resources.files("assistant.question").iterdir(), key=lambda file: file.name)
    tables = [tomllib.loads(f.read_text(encoding="utf-8")) for f in files if re.fullmatch(r"intents\w*\.toml", f.name)]
    found = [
        _intent(name, table.get(_AROUND, {}) | row)
        for table in tables
        for name, row in table.items()
        if name != _AROUND
    ]
    if len({one.name for one in found}) < len(found):
        raise ValueError("two intents have one name")
    return tuple(found)


def _intent(name: str, row: Mapping[str, Any]) -> Intent:
    alternatives = "|".join((*row["zh"], *row["en"]))
    examples = tuple(row["match"]), tuple(row["no_match"])
    unless = re.compile("|".join(row["unless"])) if "unless" in row else None
    if not row.get("whole"):
        return Intent(name, re.compile(alternatives), False, *examples, unless=unless)
    # A bounded number of bounded pieces, so that the match is linear in the text.
    before, behind = "|".join(row["openers"]), "|".join(row["particles"])
    pattern = re.compile(rf"(?:(?>{before}) ?){{0,{_MOST}}}(?:(?:{alternatives})(?>{behind})*+){{1,{_MOST}}}")
    sign = re.compile("|".join(row["signs"])) if "signs" in row else None
    return Intent(name, pattern, True, *examples, sign, _made_of(tuple(row["words"])), unless)


@cache
def _made_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Matches a text that consists of these words, the longest first; each place in it is read once."""
    longest = sorted(words, key=lambda word: (-len(word), word))
    latin = "|".join(word for word in longest if word.isascii())
    others = "|".join(word for word in longest if not word.isascii())
    return re.compile(rf"(?>(?:{others})|\b(?:{latin})\b| )++")


def intents_of(text: str) -> frozenset[str]:
    """The names of the intents of a message in normal form, but those of whole messages: see `talk.py`."""
    return frozenset(intent.name for intent in intents() if not intent.whole and intent.found_in(text))


def intent(name: str) -> Intent:
    """The intent of this name. Raises KeyError."""
    return _by_name()[name]


@cache
def _by_name() -> dict[str, Intent]:
    return {one.name: one for one in intents()}
