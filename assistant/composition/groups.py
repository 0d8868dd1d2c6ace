"""Kinds of people, firms and areas as data of a text: which of them it names, by the words of `groups.toml`."""

import re
import tomllib
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from assistant.messages import Messages

_NEAR = 24  # characters within which a group is named
_BEFORE = 2  # before it, such as 本, 我们


@dataclass(frozen=True, slots=True)
class Group:
    """One value of a kind of distinction: 小微企业, of the size of firms."""

    kind: str
    name: str
    zh: str
    en: str
    holds: frozenset[str]  # the values it takes in, itself where it is none of several
    is_marked: bool = False  # it is meant even where others are named too: 以前贷过 beside 首贷

    def called(self, words: Messages) -> str:
        """What people call it."""
        return self.zh if words.is_chinese else self.en


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    everyone: re.Pattern[str] | None
    words: re.Pattern[str]  # one named group a value
    groups: Mapping[str, Group]


@cache
def _kinds() -> tuple[_Kind, ...]:
    table = tomllib.loads(resources.files("assistant.composition").joinpath("groups.toml").read_text(encoding="utf-8"))
    return tuple(_kind(name, row) for name, row in table.items())


def _kind(name: str, row: Mapping[str, Any]) -> _Kind:
    values, everyone = row["values"], row["everyone"]
    groups = {
        key: Group(
            name, key, value["zh"], value["en"], frozenset(value.get("holds", [key])), key in row.get("marked", ())
        )
        for key, value in values.items()
    }
    # A value that takes in others is looked for before them: 中小微企业 holds 小微企业.
    order = sorted(values, key=lambda key: -len(groups[key].holds))
    words = "|".join(f"(?P<{key}>{'|'.join(values[key]['words'])})" for key in order)
    return _Kind(name, re.compile("|".join(everyone)) if everyone else None, re.compile(words), groups)


def groups_in(text: str, kinds: Container[str] | None = None) -> Mapping[str, tuple[Group, ...]]:
    """By kind, of these or of all, the groups that a text in normal form names, in its order; none where it names
    everyone.
    """
    return dict(_named(text, kinds))


def _named(text: str, kinds: Container[str] | None) -> Iterator[tuple[str, tuple[Group, ...]]]:
    for kind in _kinds():
        if kinds is not None and kind.name not in kinds:
            continue
        if kind.everyone and kind.everyone.search(text):
            continue
        names = dict.fromkeys(match.lastgroup for match in kind.words.finditer(text))
        found = tuple(kind.groups[name] for name in names if name)
        if found:
            yield found[0].kind, found


def groups_named_by(words: str, *, ends: bool) -> Mapping[str, tuple[Group, ...]]:
    """The same of some words in normal form that begin with the group, or where they do not, end with it."""
    near = words[-_NEAR:] if ends else words[:_NEAR]
    found = {}
    for kind in _kinds():
        match = next(iter(kind.words.finditer(near)), None)
        if match and match.lastgroup and (ends or match.start() <= _BEFORE):
            group = kind.groups[match.lastgroup]
            found[group.kind] = (group,)
    return found
