"""Which office deals with what (departments.csv), as an office supplies it: words, department and perhaps a place.

    words,department,place
    营业执照;企业开办,市场监管局企业登记科,
    不动产;过户;抵押,不动产登记中心,合肥

Words are parted by semicolons. The heads may be Chinese: 词,部门,地区. Nothing is shipped: who deals with what is known
to the office alone.
"""

import csv
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from corpus.errors import DocumentError
from corpus.records.nodes import Read

_NAMES = {"词": "words", "部门": "department", "地区": "place"}
_SCHEMA = "the head of corpus/records/departments.py"


@dataclass(frozen=True, slots=True)
class Department:
    """An office and the words by which a matter is known to be its own."""

    name: str
    words: tuple[str, ...]
    place: str = ""  # short name; "" = everywhere
    line: int = 0


def read_departments(data: bytes, path: str) -> Read[Department]:
    """The rows in order, and every fault."""
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        return (), (DocumentError(f"{path}:1: 请另存为 UTF-8。cannot be read ({error}); save it as UTF-8"),)
    rows = csv.reader(lines)
    found: list[Department] = []
    faults: list[DocumentError] = []
    heads: list[str] = []
    try:
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            if not heads:
                heads = [_NAMES.get(cell.strip(), cell.strip()) for cell in row]
                if fault := _wrong_heads(heads):
                    return (), (DocumentError(f"{path}:{rows.line_num}: {fault}"),)
            elif fault := _wrong_row(row, heads):
                faults.append(DocumentError(f"{path}:{rows.line_num}: {fault}"))
            else:
                found.append(_department(row, heads, rows.line_num))
    except csv.Error as error:
        faults.append(DocumentError(f"{path}:{rows.line_num}: 这一行读不了，请改正。not a row ({error}); correct it"))
    return tuple(found), tuple(faults)


def _wrong_heads(heads: list[str]) -> str:
    if {"words", "department"} <= set(heads) <= set(_NAMES.values()) and len(set(heads)) == len(heads):
        return ""
    return f"第一行应为 words,department,place（词,部门,地区）。the first row names the columns; see {_SCHEMA}"


def _wrong_row(row: list[str], heads: list[str]) -> str:
    if len(row) > len(heads):
        return "这一行多了一列；词与词之间用分号。too many columns; part words by semicolons"
    cells = dict(zip(heads, row, strict=False))
    if missing := [key for key in ("words", "department") if not cells.get(key, "").strip(" ;；")]:
        return f"缺 {missing[0]}，请补上，或删去这一行。{missing[0]} is missing; write it, or delete the row"
    return ""


def _department(row: list[str], heads: list[str], line: int) -> Department:
    cells = {head: cell.strip() for head, cell in zip(heads, row, strict=False)}
    words = (word.strip() for word in cells["words"].replace("；", ";").split(";"))
    return Department(cells["department"], tuple(filter(None, words)), cells.get("place", ""), line)


def department_of(departments: Iterable[Department], asked: str, clause: str, places: Collection[str]) -> str:
    """The department whose longest word stands in what is asked or in the clause; "" where none does: never a guess.

    Of words of one length those that were asked come first, then those of a department of one of the places, then the
    order of the file. Departments of other places are left out.
    """
    asked, clause = _plain(asked), _plain(clause)
    best, name = (0, False, False), ""
    for one in departments:
        if one.place and one.place not in places:
            continue
        for word in map(_plain, one.words):
            if word in asked or word in clause:
                rank = (len(word), word in asked, bool(one.place))
                best, name = (rank, one.name) if rank > best else (best, name)
    return name


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
