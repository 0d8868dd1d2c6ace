"""Whether the plain-language records are complete, and say nothing that their clause does not.

A fact is a number, a place, an office, a quoted name or a name in Latin letters. What a record's name, sentence, title
and gist hold of these must stand in the clause; ways of asking are other people's words and are not checked.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.clause import Clause
from corpus.corpus import Corpus
from corpus.places.gazetteer import load_gazetteer
from corpus.records.record import LEAST_ASKED, LEAST_ASKED_EN, UNWRITTEN, PlainRecord
from corpus.text.characters import HAN, has_han
from corpus.text.numeral import from_chinese

_COUNTED = re.compile(
    r"([一二两三四五六七八九十百千]+)(?=[个天日月年次项条种类家倍户成人口款张证套步级窗门端方余大])"
    r"|(?<=[第前])([一二三四五六七八九十]+)"
)
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_VALUES = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_IN_WORDS = re.compile(rf"\b({'|'.join(_VALUES)})\b")
_QUOTED = re.compile(r"[“「《]([^”」》]+)[”」》]")
_BODY = re.compile(rf"[省市区县]?([{HAN}]{{2}})(?:厅|局|署|委(?![托员任派屈]))")
_NO_BODY = re.compile(r"(?:大|餐|客|歌|门|展)厅$|(?:格|布|结|全|破|大|当|邮|相关)局$|(?:签|部)署$")
_LATIN = re.compile(r"[A-Za-z]*\d+[A-Za-z]+|[A-Za-z]+\d+")  # G60, 5G


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many clauses and parts of a document have a record."""

    document: str
    clauses: tuple[int, int]  # with a record, of all
    parts: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a record, and where it stands in its file."""

    id: str
    line: int
    message: str


def coverage(corpus: Corpus) -> list[Coverage]:
    """One line for each document, in order."""
    found = []
    for document in corpus.documents:
        clauses = [clause for clause in corpus.clauses if clause.document_id == document.id]
        parts = [part.id for clause in clauses for part in clause.parts]
        recorded = sum(clause.id in corpus.plain for clause in clauses)
        found.append(
            Coverage(document.id, (recorded, len(clauses)), (sum(p in corpus.plain for p in parts), len(parts)))
        )
    return found


def faults(corpus: Corpus) -> list[Fault]:
    """Everything wrong with the records, in file order."""
    asked: dict[str, str] = {}
    return [fault for record in corpus.plain.values() for fault in _faults(record, corpus, asked)]


def _faults(record: PlainRecord, corpus: Corpus, asked: dict[str, str]) -> Iterator[Fault]:
    clause, part = corpus.find(record.id)
    for name, least in (("ask", LEAST_ASKED), ("ask_en", LEAST_ASKED_EN)):
        if len(getattr(record, name)) < least:
            yield Fault(record.id, record.line, f"{name} 少于 {least} 条 has fewer than {least}; add ways of asking")
    for name, text in record.lines():
        if text == UNWRITTEN:
            yield Fault(record.id, record.line, f"{name} 还没有写 is to be written; write it, or delete the record")
    for question in record.not_ask:
        if question in (*record.ask, *record.ask_en):
            message = f"“{question}”既在问法里又在 not_ask 里 is both asked and not asked; keep it in one of them"
            yield Fault(record.id, record.line, message)
    for question in (*record.ask, *record.ask_en):
        if (first := asked.setdefault(question, record.id)) != record.id:
            yield Fault(record.id, record.line, f"问法重复 “{question}” is also under {first}; tell the two apart")
    for text in (record.name, record.plain, record.title_en, record.gist_en):
        for fact in _unsupported(text, clause, part.text if part else clause.text[clause.number_length :], corpus):
            yield Fault(record.id, record.line, f"条款里没有 “{fact}” is not in the clause; take it out of “{text}”")


def _unsupported(text: str, clause: Clause, source: str, corpus: Corpus) -> Iterator[str]:
    """The facts of a text that neither the clause nor, for places, its jurisdiction holds."""
    document = corpus.document(clause.document_id)
    whole = _narrow(f"{clause.title} {source}")
    known = _digits(whole) | _counted(whole) | ({float(len(clause.parts))} if clause.parts else set())
    stated = _digits(_narrow(text)) | {value for value in _counted(_narrow(text)) if value > 1}
    yield from (f"{value:g}" for value in sorted(stated - known))
    held = f"{document.title} {document.issuer or ''} {clause.text}"
    yield from (body for body, stem in _bodies(text) if not re.search(".{0,6}".join(stem), held))
    yield from (name for name in _QUOTED.findall(text) if has_han(name) and _narrow(name) not in _narrow(clause.text))
    yield from (name for name in _LATIN.findall(text) if name.lower() not in _narrow(clause.text).lower())
    gazetteer = load_gazetteer()
    near = [place for name in clause.jurisdiction if (place := gazetteer.get(name))]
    about = {p.name for place in near for p in (place, *gazetteer.ancestors(place))}
    about |= {place.name for place in gazetteer.find(f"{document.title} {clause.text}")}
    yield from (place.name for place in gazetteer.find(text) if place.name not in about)


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _digits(text: str) -> set[float]:
    """The numbers that a text writes in digits."""
    return {float(digits) for digits in _DIGITS.findall(text)}


def _counted(text: str) -> set[float]:
    """The numbers that a text writes in words, 一 too where it counts something."""
    numerals = (next(filter(None, groups)).replace("两", "二") for groups in _COUNTED.findall(text))
    return {float(from_chinese(one)) for one in numerals} | {
        float(_VALUES[one]) for one in _IN_WORDS.findall(text.lower())
    }


def _bodies(text: str) -> Iterator[tuple[str, str]]:
    """The offices that a text names (省住建厅), each with the two characters that tell which: 住建."""
    for match in _BODY.finditer(text):
        if not _NO_BODY.search(match[0]):
            yield match[0], match[1]


def total(found: list[Coverage]) -> Coverage:
    """All documents together."""
    clauses = (sum(one.clauses[0] for one in found), sum(one.clauses[1] for one in found))
    parts = (sum(one.parts[0] for one in found), sum(one.parts[1] for one in found))
    return Coverage("合计 in all", clauses, parts)
