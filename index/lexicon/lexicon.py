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
from io import StringIO
from pathlib import Path

from corpus.errors import DocumentError
from index.text.normalizer import normalize

LEXICON, GLOSSARY = "lexicon.csv", "glossary.csv"
COLUMNS = ("field", "official", "said", "direction")  # of the lexicon
DIRECTIONS = ("both", "to_official")


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


def lists_with(own: str | None, name: str = LEXICON) -> Mapping[str, str]:
    """The shipped lists, the lexicon with the lines of an office behind; None: it has none.

    `own` is a file of the same columns, whose name errors say. Raises DocumentError for a line that cannot be used.
    """
    lists = dict(shipped_lists())
    if own is not None:
        lists[LEXICON] = f"{lists[LEXICON].rstrip()}\n" + "".join(_checked_lines(own, name))
    return lists


def read_own(path: Path) -> str | None:
    """The lines of an office; None where there is no such file. Raises DocumentError for one that is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig") if path.is_file() else None
    except (OSError, UnicodeDecodeError) as error:
        raise DocumentError(f"{path}:1: 读不出来，请存成 UTF-8。cannot be read ({error}); save it as UTF-8") from None


def _checked_lines(own: str, name: str) -> list[str]:
    reader = csv.DictReader(StringIO(own, newline=""), strict=True)
    if reader.fieldnames != list(COLUMNS):
        raise DocumentError(
            f"{name}:1: 第一行应为 {','.join(COLUMNS)}，请改正。the first line must read so; correct it"
        )
    written = StringIO(newline="")
    writer = csv.DictWriter(written, COLUMNS, lineterminator="\n")
    try:
        for row in reader:
            texts = [row[key] for key in COLUMNS]
            filled = all(isinstance(text, str) and text.strip("| ") and "\n" not in text for text in texts)
            if None in row or not filled or row["direction"] not in DIRECTIONS:
                raise DocumentError(
                    f"{name}:{reader.line_num}: 每行四项都要填，方向写 both 或 to_official。"
                    "fill in all four columns; direction is both or to_official"
                )
            writer.writerow(row)
    except csv.Error as error:
        raise DocumentError(f"{name}:{reader.line_num}: 不是 CSV，请改正。not CSV ({error}); correct it") from None
    return written.getvalue().splitlines(keepends=True)


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
