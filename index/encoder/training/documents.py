"""Documents cut into clauses, and pairs of texts out of them.

A library holds many documents about one matter, and each says most words in many of its clauses. So a pair names the
document that it comes from (`Pair.group`): a batch of whole documents makes the clauses of one document each other's
negatives, and those of other documents too (see `dataset.batches`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random

from index.encoder.training.sources import PASSAGE_CHARACTERS, Pair, Row, around, segments, sentences

_NUMERALS = "一二三四五六七八九十百零〇"
_ARTICLE = rf"第[{_NUMERALS}]+条"
_ITEM = rf"[{_NUMERALS}]+、|[（(][{_NUMERALS}]+[)）]|\d{{1,2}}[、.．](?!\d)"
_BEGINS = r"(?:^|(?<=[\n。！？；：!?;:]))[ \t\u3000]*"
_ARTICLES, _ITEMS = re.compile(f"{_BEGINS}({_ARTICLE})"), re.compile(f"{_BEGINS}({_ITEM}|{_ARTICLE})")
_FEW_ARTICLES = 3  # with fewer, articles are other texts that the document names
_SHORTEST, _LONGEST = 40, 600  # characters of a clause
_HEADING = re.compile(
    r"[ \t\u3000]*(?:【([^】]{2,20})】|[（(]([^）)]{2,20})[)）]|([^。，；：、\n]{4,30})(?:[。：\n]|[ \u3000]{2}))"
)
_FILE_NAME = re.compile(r"\.(?:docx?|pdf|txt)$|\d{4}年?$")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class CutClause:
    """A clause of a document; `heading` is empty where it has none, `text` is what follows it."""

    heading: str
    text: str


def cut_clauses(text: str) -> list[CutClause]:
    """The numbered clauses of a document, by articles where it has some, otherwise by every kind of number.

    Short ones belong to the clause before; what stands before the first number is left out.
    """
    marker = _ARTICLES if len(_ARTICLES.findall(text)) >= _FEW_ARTICLES else _ITEMS
    found = list(marker.finditer(text))
    pieces: list[str] = []
    for match, end in zip(found, [*(match.start() for match in found[1:]), len(text)], strict=False):
        piece = text[match.end(1) : end].strip()
        if len(piece) >= _SHORTEST:
            pieces.append(piece)
        elif pieces and piece.endswith(("。", "；", ";")):
            pieces[-1] += f"\n{piece}"
    return [_clause(piece[:_LONGEST]) for piece in pieces]


def _clause(piece: str) -> CutClause:
    match = _HEADING.match(piece)
    if match and len(piece) - match.end() >= _SHORTEST:
        heading = re.split(_ITEM, next(filter(None, match.groups())))[-1]  # 总体要求（一）指导思想
        return CutClause(heading.strip(), piece[match.end() :].strip())
    return CutClause("", piece)


def title_of(row: Row) -> str:
    """The title of a document without the ending of a file and the year behind it; empty where it is no Chinese."""
    title = str(row.get("title") or "").replace("_", "")
    plain = _FILE_NAME.sub("", _FILE_NAME.sub("", title)).strip("-－ ")[:60]
    return plain if len(_HAN.findall(plain)) >= 4 else ""


def document_headings(rows: Iterable[Row], _rng: Random) -> Iterator[Pair]:
    """Documents {title, text}: the heading of a clause → its text."""
    for group, _, clause in _clauses(rows):
        if clause.heading:
            yield Pair(clause.heading, clause.text[:PASSAGE_CHARACTERS], group=group)


def document_sentences(rows: Iterable[Row], rng: Random) -> Iterator[Pair]:
    """Documents {title, text}: a sentence of a clause → the others under its heading, a third of the time with it."""
    for group, _, clause in _clauses(rows):
        parts = [part for part in sentences(clause.text) if part.strip()]
        index = rng.randrange(len(parts)) if parts else 0
        if len(parts) > 1 and len(parts[index]) >= 8:
            rest = around(parts, index, 300, keep=rng.random() < 0.33)
            yield Pair(parts[index][:120], f"{clause.heading} {rest}".strip(), group=group)


def document_segments(rows: Iterable[Row], rng: Random) -> Iterator[Pair]:
    """Documents {title, text}: a few words of a clause or its heading, behind the title half of the time → the clause.

    The words themselves are left out half of the time. The clause does not say whose it is, as in a library.
    """
    for group, title, clause in _clauses(rows):
        found = segments(clause.text)
        if not found:
            continue
        match = rng.choice(found)
        words, text = match.group(), clause.text
        if clause.heading and rng.random() < 0.3:
            words = clause.heading
        elif rng.random() < 0.5:
            text = text[: match.start()] + text[match.end() :]
        asked = f"{title} {words}" if rng.random() < 0.5 else words
        if len(text) >= 20:
            yield Pair(asked.strip(), text[:PASSAGE_CHARACTERS], group=group)


def _clauses(rows: Iterable[Row]) -> Iterator[tuple[str, str, CutClause]]:
    """(number of the document, title, clause) of every clause."""
    for number, row in enumerate(rows):
        for clause in cut_clauses(row["text"]):
            yield str(number), title_of(row), clause
