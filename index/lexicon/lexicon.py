"""Knowledge of words as data: what people say and what official texts write; English terms and their Chinese.

`lexicon.csv` (field, official, said, direction) and `glossary.csv` (field, en, zh) stand beside this module; several
terms in a cell are separated by `|`, the best first. They are general: no row is about one document.
"""

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from index.text.normalizer import normalize

LEXICON, GLOSSARY = "lexicon.csv", "glossary.csv"


@dataclass(frozen=True, slots=True)
class Group:
    """Terms that mean the same: those of official texts, and what people say instead."""

    official: tuple[str, ...]
    said: tuple[str, ...]
    both: bool  # whether an official term may also be looked up under a spoken one


@dataclass(frozen=True, slots=True)
class Term:
    """Equal English terms and their Chinese, the best first."""

    english: tuple[str, ...]
    chinese: tuple[str, ...]


@cache
def shipped_lists() -> Mapping[str, str]:
    """The text of the two shipped lists by file name, read once."""
    folder = resources.files("index.lexicon")
    return {name: folder.joinpath(name).read_text(encoding="utf-8") for name in (LEXICON, GLOSSARY)}


def groups(lists: Mapping[str, str] | None = None) -> tuple[Group, ...]:
    """The groups of the lexicon, shipped or given by file name, normalised as questions are."""
    rows = _rows(lists, LEXICON)
    return tuple(Group(_terms(row["official"]), _terms(row["said"]), row["direction"] == "both") for row in rows)


def terms(lists: Mapping[str, str] | None = None) -> tuple[Term, ...]:
    """The lines of the glossary, shipped or given by file name, normalised as questions are."""
    return tuple(Term(_terms(row["en"]), _terms(row["zh"])) for row in _rows(lists, GLOSSARY))


def fingerprint(lists: Mapping[str, str] | None = None) -> str:
    """Sixteen hexadecimal digits that identify the two lists; an index built under others is refused."""
    lists = lists or shipped_lists()
    return hashlib.sha256((lists[LEXICON] + lists[GLOSSARY]).encode()).hexdigest()[:16]


def _rows(lists: Mapping[str, str] | None, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((lists or shipped_lists())[name].splitlines(), strict=True))


def _terms(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(normalize(term) for term in cell.split("|") if term.strip()))
