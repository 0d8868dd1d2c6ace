"""Knowledge of words as data: what people say and what official texts write; English terms and their Chinese.

`lexicon.csv` (field, official, said, direction) and `glossary.csv` (field, en, zh) stand beside this module; several
terms in a cell are separated by `|`, the best first. They are general: no row is about one document.
"""

import csv
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from index.text.normalizer import normalize


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
def groups() -> tuple[Group, ...]:
    """The groups of the lexicon, normalised as questions are."""
    rows = _rows("lexicon.csv")
    return tuple(Group(_terms(row["official"]), _terms(row["said"]), row["direction"] == "both") for row in rows)


@cache
def terms() -> tuple[Term, ...]:
    """The lines of the glossary, normalised as questions are."""
    return tuple(Term(_terms(row["en"]), _terms(row["zh"])) for row in _rows("glossary.csv"))


@cache
def fingerprint() -> str:
    """Identifies the two lists; an index built under others is refused."""
    return hashlib.sha256((_read("lexicon.csv") + _read("glossary.csv")).encode()).hexdigest()[:16]


def _read(name: str) -> str:
    return resources.files("index.lexicon").joinpath(name).read_text(encoding="utf-8")


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(_read(name).splitlines(), strict=True))


def _terms(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(normalize(term) for term in cell.split("|") if term.strip()))
