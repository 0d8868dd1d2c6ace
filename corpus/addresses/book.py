"""Every address of a corpus, in tables built once: which clauses a number path fits, and which part."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from corpus.addresses.address import PrintedAddress, Step
from corpus.addresses.groups import Groups
from corpus.addresses.names import DocumentNames
from corpus.clause import Clause, Document, Part
from corpus.label import is_article, occurrence
from corpus.numbering import NumberingStyle
from corpus.parser.clause_ids import COVER
from corpus.text.characters import fold

_S = NumberingStyle
OUTER = (_S.DIVISION, _S.BOOK, _S.SUBBOOK, _S.CHAPTER, _S.SECTION)
_ATTACHED = re.compile(r"[ae]\d")  # the id of what people do not cite first
_KEY = re.compile(r"[0-9a-z][0-9a-z.~-]*")

Admits = Callable[[Clause], bool]


class AddressBook:
    """The addresses of documents and clauses."""

    def __init__(self, documents: Sequence[Document], clauses: Sequence[Clause]) -> None:
        self.names = DocumentNames(documents, clauses)
        self.groups = Groups(clauses)
        self._clauses: Mapping[str, Clause] = {clause.id: clause for clause in clauses}
        self._by_path: dict[str, list[Clause]] = {}
        self._by_last: dict[str, list[Clause]] = {}
        self._by_tail: dict[str, list[Clause]] = {}
        by_document: dict[str, list[Clause]] = {}
        for clause in clauses:
            path = ".".join(number.key for number in clause.numbers)
            tail = _tail(clause)
            if clause.numbers:
                self._by_path.setdefault(path, []).append(clause)
                self._by_last.setdefault(clause.numbers[-1].key, []).append(clause)
            else:
                self._by_path.setdefault(f"=p{tail.rpartition('.')[2].partition('~')[0].removeprefix('p')}", []).append(
                    clause
                )
            self._by_path.setdefault(f"={clause.number.removeprefix(clause.division).strip()}", []).append(clause)
            self._by_tail.setdefault(tail, []).append(clause)
            by_document.setdefault(clause.document_id, []).append(clause)
        self._by_document: Mapping[str, list[Clause]] = by_document
        self.kinds_en = tuple({fold(one.attachment_en): None for one in documents if one.attachment_en})
        self.divisions = frozenset(fold(clause.division) for clause in clauses if len(clause.division) > 1)
        self.division_ends = frozenset(division[-1] for division in self.divisions)
        ids: dict[str, list[str]] = {}
        for document in documents:
            ids.setdefault(fold(document.id), []).append(document.id)
        self._ids: Mapping[str, list[str]] = ids
        self._id_lengths: Sequence[int] = sorted({len(id_) for id_ in ids}, reverse=True)

    def only_clause(self, document_id: str) -> Clause | None:
        """The clause of a document that is one, such as a row of a table of articles."""
        own = self._by_document.get(document_id, [])
        return own[0] if len(own) == 1 and not own[0].numbers else None

    def id_at(self, raw: str, text: str, colon: int) -> tuple[int, int, str, str] | None:
        """The id around a colon: where it begins and ends, its document, and its key; the key may be no clause's."""
        for length in self._id_lengths:
            start = colon - length
            written = text[max(0, start) : colon]
            if start >= 0 and written in self._ids and not _inside_word(text, start):
                key = _KEY.match(text, colon + 1)
                ids = self._ids[written]
                document = raw[start:colon] if raw[start:colon] in ids else ids[0]
                words = key[0].rstrip(".-~") if key else ""
                return (start, colon + 1 + len(words), document, words) if words else None
        return None

    def by_key(self, document: str, key: str) -> tuple[Clause, Part | None] | None:
        """The clause or part with this id."""
        pieces = key.split(".")
        for count in range(len(pieces), 0, -1):
            clause = self._clauses.get(f"{document}:{'.'.join(pieces[:count])}")
            if clause and count == len(pieces):
                return clause, None
            if clause:
                id_ = f"{document}:{key}"
                part = next((part for part in clause.all_parts() if part.id == id_), None)
                return (clause, part) if part else None
        return None

    def knows(self, address: PrintedAddress) -> bool:
        """Whether some clause, of the documents named, has the number."""
        return bool(next(self._resolve(address, lambda _: True), None))

    def find(self, address: PrintedAddress, admits: Admits) -> list[tuple[Clause, Part | None]]:
        """What the address fits among the clauses admitted; a part that the clause lacks is passed over."""
        return next(self._resolve(address, admits), [])

    def _resolve(self, address: PrintedAddress, admits: Admits) -> Iterator[list[tuple[Clause, Part | None]]]:
        """Ways to read the path as a clause and parts below it, the best first."""
        steps = address.steps
        without: list[tuple[Clause, Part | None]] = []
        counts = range(0 if address.key else len(steps), -1 if address.key else 0, -1)
        for by_end, count in product((False, True), counts):
            if any(step.part for step in steps[:count]):
                continue
            named = address if count == len(steps) else replace(address, steps=steps[:count])
            clauses = self._fitting(named, admits, by_end=by_end)
            walked = [(clause, found) for clause in clauses if (found := walk(clause, steps[count:]))]
            if walked:
                yield [(clause, found if isinstance(found, Part) else None) for clause, found in walked]
                return
            if all(step.part for step in steps[count:]) or (count and _S.ARTICLE in steps[0].styles):
                without = without or [(clause, None) for clause in clauses]
        if without:
            yield without
        elif len(steps) > 1 and steps[0].styles[:1] and steps[0].styles[0] in OUTER:
            yield from self._resolve(replace(address, steps=steps[1:]), admits)

    def _fitting(self, address: PrintedAddress, admits: Admits, *, by_end: bool) -> list[Clause]:
        """The clauses of this number path: of the text that people cite before others, of this style before others."""
        numbered = self._ending(address) if by_end else self._numbered(address)
        found = [one for one in numbered if admits(one) and _stands_in(one, address) and _is_so_deep(one, address)]
        if address.english and not address.introduction:  # what stands under a heading only where nothing else does
            found = [clause for clause in found if not _introduces(clause)] or found
        if len(found) > 1:
            ranks = [_rank(clause, address) for clause in found]
            likeliest = min(ranks)
            found = [clause for clause, rank in zip(found, ranks, strict=True) if rank == likeliest]
        wanted = address.steps[-1].occurrence if address.steps else 1
        return [one for one in found if (occurrence(one) if address.english else one.repeat) == wanted]

    def _numbered(self, address: PrintedAddress) -> list[Clause]:
        """The clauses of this number path, wherever they stand."""
        if not address.steps:
            return self._by_path.get(f"={address.key}", []) if address.key else []
        if address.in_group:
            return [one for one in self._by_last.get(address.steps[-1].key, []) if len(one.numbers) > 1]
        found = self._by_path.get(address.number, [])
        if _S.ARTICLE in address.steps[0].styles and len(address.steps) > 1:
            return [clause for clause in found if "条" in clause.number]
        return found

    def _ending(self, address: PrintedAddress) -> list[Clause]:
        """The clauses whose number path ends with this one, or whose id is written so."""
        steps = address.steps
        if not steps or address.in_group or _S.ARTICLE in (*steps[0].styles, *steps[-1].styles):
            return []
        found = [one for one in self._by_last.get(steps[-1].key, []) if _ends_with(one, address.number)]
        return found or self._by_tail.get(address.number, [])


def _tail(clause: Clause) -> str:
    return clause.id.removeprefix(f"{clause.document_id}:")


def is_cited_first(clause: Clause) -> bool:
    """Whether it is a numbered clause of the text that people cite, not of its attachments or a notice around it."""
    return bool(clause.numbers) and not clause.cells and _rank_of_place(clause) == 0


def _rank_of_place(clause: Clause) -> int:
    tail = _tail(clause)
    return 2 if _ATTACHED.match(tail) else int(tail.startswith(COVER))


def _inside_word(text: str, start: int) -> bool:
    before, first = text[max(0, start - 1) : start], text[start]
    return before.isascii() and before.isalnum() and first.isascii() and first.isalnum()


def _ends_with(clause: Clause, path: str) -> bool:
    return f".{'.'.join(number.key for number in clause.numbers)}".endswith(f".{path}")


def _stands_in(clause: Clause, address: PrintedAddress) -> bool:
    if address.documents and clause.document_id not in address.documents:
        return False
    if address.introduction and not _introduces(clause):
        return False
    if address.cover:
        return _tail(clause).startswith(COVER)
    if address.attachment:
        number = clause.division_number
        return number is not None and (number.style, number.key) == address.attachment
    return address.division is None or fold(clause.division) == address.division


def _is_so_deep(clause: Clause, address: PrintedAddress) -> bool:
    """第三章 is no third clause: only a clause that stands directly under the chapter is printed so."""
    styles = address.steps[-1].styles if address.steps else ()
    return not (styles and styles[0] in OUTER) or (bool(clause.numbers) and clause.numbers[-1].style in styles)


def _introduces(clause: Clause) -> bool:
    return _tail(clause).partition("~")[0].endswith(".0")


def _rank(clause: Clause, address: PrintedAddress) -> int:
    """How unlikely it is that the clause is meant; 0 is likeliest."""
    place = _rank_of_place(clause)
    if address.division is not None or address.attachment or address.cover:
        place = 0
    if not address.steps or not address.steps[-1].styles or not clause.numbers:
        return 2 * place
    pairs = zip(reversed(address.steps), reversed(clause.numbers), strict=False)
    fits = all(not step.styles or number.style in step.styles or _cited_as(step, clause) for step, number in pairs)
    return 2 * place + (not fits) if place < 2 else 4 + (not fits)


def _cited_as(step: Step, clause: Clause) -> bool:
    return _S.ARTICLE in step.styles and is_article(clause)


def walk(clause: Clause, steps: Sequence[Step]) -> Clause | Part | None:
    """The part below a clause at the end of `steps`, the clause itself where that is it, or None where it lacks one."""
    here: Clause | Part = clause
    for step in steps:
        only = _S.PARAGRAPH in step.styles and step.value == 1 and not any(_is(part, step) for part in here.parts)
        if only and here is clause and is_article(clause):
            continue  # the only 款 of an article is the article
        fitting = _fitting_parts(here.parts, step)
        if not fitting:  # （二）项 of an article that has 款
            inside = [_fitting_parts(part.parts, step) for part in here.parts]
            fitting = next((found for found in inside if found), []) if sum(map(bool, inside)) == 1 else []
        if len(fitting) < step.occurrence:
            return None
        here = fitting[step.occurrence - 1]
    return here


def _fitting_parts(parts: Sequence[Part], step: Step) -> list[Part]:
    exact = [part for part in parts if _is(part, step)]
    worded = [part for part in exact if step.word and part.heading_number and part.heading_number.word == step.word]
    if worded or exact:
        return worded or exact
    paragraphs = any(part.heading_number and part.heading_number.style is _S.PARAGRAPH for part in parts)
    if not step.part or (paragraphs and _S.PARAGRAPH not in step.styles):
        return []
    return [part for part in parts if part.heading_number and part.heading_number.value == step.value]


def _is(part: Part, step: Step) -> bool:
    number = part.heading_number
    if number is not None and number.style is _S.FIELD:
        return step.styles == (_S.FIELD,) and fold(number.word) == step.word
    return number is not None and number.value == step.value and (not step.styles or number.style in step.styles)
