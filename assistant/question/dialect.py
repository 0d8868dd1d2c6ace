"""Dialect and everyday words in standard Chinese: 要拿些啥子 → 需要什么材料, 边个出钱 → 谁出钱, 屋里 → 家里.

Patterns, the model of talk, the lexicon and the texts know standard words, so a message is put into these before
anything is told from it. Which words, and beside what they are something else, is data: `dialect.toml`. A standard
sentence stays as it is, and so do titles in 《》.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from index.text.normalizer import Normal

_TITLE = "《[^《》]{0,80}》"
_END = r"(?=[?!,。;:]|\s|$)"


@dataclass(frozen=True, slots=True)
class DialectWord:
    """Words of people and the standard one for them; examples of sentences that change, and of some that do not.

    The conditions are words that must or may not stand directly beside; `$` is the end of the message.
    """

    means: str
    said: tuple[str, ...]
    after: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    ends: bool = False  # only behind a character, where a sentence or a clause ends
    heard: Mapping[str, str] = field(default_factory=dict)
    kept: tuple[str, ...] = ()

    def pattern(self, said: str) -> str:
        """One of the words where it means this. It begins with the word, so that few places are looked at."""
        behind = [f"(?<!{re.escape(one + said)})" for one in self.not_after]
        if self.after:
            behind.append("(?:" + "|".join(f"(?<={re.escape(one + said)})" for one in self.after) + ")")
        ahead = [f"(?!{_any(self.not_before)})"] if self.not_before else []
        ahead += [f"(?={_any(self.before)})"] if self.before else []
        end = f"(?<=[\u3400-\u9fff]{re.escape(said)}){_END}" if self.ends else ""
        return re.escape(said) + "".join((*behind, *ahead, end))


@cache
def dialect_words() -> tuple[DialectWord, ...]:
    """Those of `dialect.toml`, in its order."""
    text = resources.files("assistant.question").joinpath("dialect.toml").read_text(encoding="utf-8")
    return tuple(map(_word, tomllib.loads(text)["words"]))


def _word(row: Mapping[str, Any]) -> DialectWord:
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
    return DialectWord(**values)


def in_standard_words(normal: Normal) -> Normal:
    """A message in normal form with the words of dialects replaced; the same object where it holds none."""
    pattern, meanings = _reader()
    said = pattern.sub(lambda match: meanings.get(match.lastgroup or "", match[0]), normal)
    return normal if said == normal else Normal(said)


@cache
def _reader() -> tuple[re.Pattern[str], Mapping[str, str]]:
    """One pattern of all words, the longest first, each with an empty group behind it, and what that group means."""
    pairs = sorted(((one, word) for word in dialect_words() for one in word.said), key=lambda pair: -len(pair[0]))
    choices = [f"{word.pattern(one)}(?P<w{number}>)" for number, (one, word) in enumerate(pairs)]
    meanings = {f"w{number}": word.means for number, (_, word) in enumerate(pairs)}
    return re.compile("|".join([_TITLE, *choices])), meanings


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join("$" if word == "$" else re.escape(word) for word in words) + ")"
