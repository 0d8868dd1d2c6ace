"""The messages of one language, looked up by key."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from corpus.places.gazetteer import english_name

_FOLDER = resources.files("assistant.messages")


class Messages:
    """One language: `messages("zh")("answer.in_short")`, `messages("zh")("answer.silent", places="合肥")`.

    Raises KeyError for an unknown key or a missing value: both are faults of the program.
    """

    def __init__(self, code: str, tables: Mapping[str, Any]) -> None:
        self.code = code  # "zh" | "en", as in Answer.language
        self._texts = dict(_flat(tables, ""))
        self.html = self._texts["language.html"]  # for <html lang>

    def __call__(self, key: str, **values: object) -> str:
        text = self._texts[key]
        return text.format_map(values) if values else text

    @property
    def is_chinese(self) -> bool:
        """Whether it is the language of the texts themselves, of their titles and addresses."""
        return self.code == "zh"

    def keys(self) -> frozenset[str]:
        return frozenset(self._texts)

    def place(self, name: str) -> str:
        """A place by the name that this language has for it."""
        return english_name(name) if self("language.place_names") == "english" else name

    def places(self, names: Iterable[str]) -> str:
        """Several places on one line."""
        return self("language.list_separator").join(map(self.place, names))

    def list(self, texts: Iterable[str]) -> str:
        """Several things on one line."""
        return self("language.list_separator").join(texts)

    def day(self, day: date) -> str:
        """A date as it is written out: 2023年10月19日, 19 October 2023."""
        month = self("language.months").split()[day.month - 1]
        return self("language.day", year=day.year, month=month, day=day.day)


def _flat(tables: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for name, value in tables.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, str(value)


@cache
def languages() -> tuple[str, ...]:
    """The codes of all languages that there are messages in; Chinese, the language of the texts, first."""
    codes = sorted(file.name.removesuffix(".toml") for file in _FOLDER.iterdir() if file.name.endswith(".toml"))
    return tuple(sorted(codes, key=lambda code: code != "zh"))


@cache
def messages(code: str) -> Messages:
    """The messages of one language. Raises FileNotFoundError for a language that has no file."""
    return Messages(code, tomllib.loads(_FOLDER.joinpath(f"{code}.toml").read_text(encoding="utf-8")))
