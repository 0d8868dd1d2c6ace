"""A clause as a page of its own: `/clause/{id}`, the address that a citation leads to and that can be passed on.

The page needs no script. What can be cited stands in its `<article id="clause">`; the chat fetches the same address
and shows that article beside the conversation, so that there is one rendering of a clause.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from corpus.clause import Clause, Document, Part
from corpus.errors import NotFoundError
from corpus.label import label
from corpus.load import Corpus
from corpus.places.gazetteer import english_name
from ui.page.templates import render

Span = tuple[int, int]
_QUOTE = re.compile(r"(\d{1,9})-(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one paragraph that is quoted, or is not."""

    text: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a clause; `part` is the point (要点) that it belongs to."""

    part: Part | None
    runs: tuple[Run, ...]


def clause_pages(corpus: Corpus) -> APIRouter:
    """The route `/clause/{id}`, for clauses and parts alike; not part of the API, so absent from its description."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @router.get("/clause/{id_}")
    def clause_page(
        id_: str, quotes: Annotated[Sequence[str], Query(alias="quote")] = (), lang: str = "zh"
    ) -> HTMLResponse:
        english = lang == "en"
        try:
            clause, part = corpus.find(id_)
        except NotFoundError:
            page = render("clause/missing.html", english=english, id=id_, first=_first_clauses(corpus), url=clause_url)
            return HTMLResponse(page, 404)
        return HTMLResponse(_page(corpus, clause, part, quotes, english=english))

    return router


def _page(corpus: Corpus, clause: Clause, part: Part | None, quotes: Sequence[str], *, english: bool) -> str:
    document = corpus.document(clause.document_id)
    spans = [(int(m[1]), int(m[2])) for m in map(_QUOTE.fullmatch, quotes) if m]
    if part and not spans:
        spans = [(part.start, part.end)]
    where = label(document, clause, part)
    return render(
        "clause/clause.html",
        english=english,
        document=document,
        clause=clause,
        record=corpus.plain.get(clause.id),
        facts=list(_facts(document, clause, english=english)),
        paragraphs=paragraphs(clause, spans),
        address=f"{label(document, clause, language='en')} · {where}" if english else where,
        neighbours=[
            (name[english], other, corpus.plain.get(other.id), paragraphs(other))
            for name, other in neighbours(corpus, clause)
        ],
        url=clause_url,
        here=clause_url(part.id if part else clause.id, spans if quotes else (), english=english),
        switch=clause_url(part.id if part else clause.id, spans if quotes else (), english=not english),
    )


def clause_url(id_: str, quotes: Iterable[Span] = (), *, english: bool = False) -> str:
    """The address of a clause or part with these stretches of its document marked."""
    query = [("quote", f"{start}-{end}") for start, end in quotes] + ([("lang", "en")] if english else [])
    return f"/clause/{quote(id_, safe=':~')}" + (f"?{urlencode(query)}" if query else "")


def paragraphs(clause: Clause, quotes: Sequence[Span] = ()) -> tuple[Paragraph, ...]:
    """The clause's text, cut where a part or a line begins; `quotes` are offsets into the document, half open.

    What of a quote lies outside the clause is passed over; quotes may overlap.
    """
    parts = clause.all_parts()
    begins = sorted({clause.start, *(part.start for part in parts), *(part.end for part in parts)})
    found = []
    for start, end in pairwise((*begins, clause.end)):
        part = next((part for part in reversed(parts) if part.start <= start < part.end), None)
        for line in re.finditer(r"\S[^\n]*", clause.text[start - clause.start : end - clause.start]):
            cut = runs(clause, start + line.start(), start + line.end(), quotes)
            found.append(Paragraph(part, tuple(cut)))
    return tuple(found)


def runs(clause: Clause, start: int, end: int, quotes: Sequence[Span]) -> Iterator[Run]:
    """The stretch `[start, end)` of the document, which lies in this clause, cut where a quote begins or ends."""
    cuts = sorted({start, end, *(at for quote in quotes for at in quote if start < at < end)})
    for begin, stop in pairwise(cuts):
        quoted = any(first <= begin and stop <= last for first, last in quotes)
        yield Run(clause.text[begin - clause.start : stop - clause.start], quoted)


def _facts(document: Document, clause: Clause, *, english: bool) -> Iterator[tuple[str, str]]:
    """What the corpus knows, named in the page's language; what it does not know is left out."""
    places = [english_name(place) if english else place for place in clause.jurisdiction]
    known = {
        ("文件", "Document"): document.title,
        ("英文译名", "Title in English"): document.title_en if english else None,
        ("文号", "Number"): document.number,
        ("发文机关", "Issued by"): document.issuer,
        ("适用地区", "Applies in"): (", " if english else "、").join(places),
        ("发文日期", "Date of issue"): document.issued and day(document.issued, english=english),
        ("效力", "Validity"): document.status,
        ("所在位置", "Under"): " › ".join(clause.path),
    }
    return ((names[english], value) for names, value in known.items() if value)


def day(issued: date, *, english: bool) -> str:
    """A date as it is written out: 2023年10月19日, 19 October 2023."""
    return f"{issued.day} {issued:%B %Y}" if english else f"{issued.year}年{issued.month}月{issued.day}日"


def neighbours(corpus: Corpus, clause: Clause) -> Iterator[tuple[tuple[str, str], Clause]]:
    """The clauses before and after in the same document, each with what it is called in both languages."""
    for before, after in pairwise(corpus.clauses):
        if before.document_id == after.document_id == clause.document_id:
            if after is clause:
                yield ("上一条", "Previous clause"), before
            if before is clause:
                yield ("下一条", "Next clause"), after


def _first_clauses(corpus: Corpus) -> list[tuple[Document, Clause]]:
    """Each document with its first clause, to begin reading at."""
    first = {clause.document_id: clause for clause in reversed(corpus.clauses)}
    return [(document, first[document.id]) for document in corpus.documents if document.id in first]
