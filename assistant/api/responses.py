"""Documents, clauses and hits as the JSON a reader gets: each clause with its full address."""

from collections.abc import Sequence
from datetime import date

from assistant.api.guides import guide_out
from assistant.api.highlight import highlights
from assistant.api.schemas import (
    ClauseOut,
    ClauseSummary,
    DocumentList,
    DocumentOut,
    DocumentText,
    HitOut,
    LegOut,
    Outline,
    OutlineClause,
    OutlineHeading,
    PartOut,
    SearchResponse,
    ValidityOut,
)
from assistant.messages import messages
from assistant.replies.validity import cited_validity, mark
from assistant.service import Assistant
from corpus.clause import Document
from corpus.contents import Entry, Heading, contents
from corpus.label import label
from corpus.load import Corpus
from corpus.records.services import Services
from index.retriever import Hit


def document_out(document: Document) -> DocumentOut:
    """What the document says of itself, without its text."""
    return DocumentOut.model_validate(document)


def document_list(corpus: Corpus) -> DocumentList:
    """All documents; none where there are too many to list."""
    return DocumentList(documents=[document_out(document) for document in corpus.browsable.documents])


def document_text(document: Document, corpus: Corpus) -> DocumentText:
    """The document with its text and the addresses of its clauses, in document order."""
    clauses = [
        ClauseSummary(id=clause.id, label=label(document, clause), number=clause.number, title=clause.title)
        for clause in corpus.clauses_of(document.id)
    ]
    return DocumentText(**document_out(document).model_dump(), text=document.text, clauses=clauses)


def outline(document: Document, corpus: Corpus) -> Outline:
    """The headings and clauses of a document as a tree, in the order of the text."""
    clauses = corpus.clauses_of(document.id)
    entries = [_outline_entry(entry, document, corpus) for entry in contents(clauses)]
    return Outline(document_id=document.id, document_title=document.title, entries=entries)


def _outline_entry(entry: Entry, document: Document, corpus: Corpus) -> OutlineHeading | OutlineClause:
    if isinstance(entry, Heading):
        below = [_outline_entry(one, document, corpus) for one in entry.entries]
        return OutlineHeading(heading=entry.text, entries=below)
    record = corpus.plain.get(entry.id)
    return OutlineClause(
        id=entry.id,
        label=label(document, entry),
        number=entry.number,
        title=entry.title,
        name=record.name if record else None,
        name_en=record.title_en if record else None,
        jurisdiction=list(entry.jurisdiction),
    )


def clause_out(id_: str, corpus: Corpus, services: Services) -> ClauseOut:
    """The clause with this id; for a part's id its clause, with the part's address. Raises NotFoundError."""
    clause, part = corpus.find(id_)
    document = corpus.document(clause.document_id)
    return ClauseOut(
        id=clause.id,
        label=label(document, clause, part),
        number=clause.number,
        title=clause.title,
        document_id=document.id,
        document_title=document.title,
        path=list(clause.path),
        jurisdiction=list(clause.jurisdiction),
        text=clause.text,
        start=clause.start,
        end=clause.end,
        parts=[PartOut.model_validate(part) for part in clause.all_parts()],
        part_id=part.id if part else None,
        guide=guide_out(services.guide_by_clause.get(clause.id)),
    )


def search_result(
    assistant: Assistant, query: str, hits: Sequence[Hit], *, as_of: date, explain: bool
) -> SearchResponse:
    """The hits of `assistant.search(query)` as the contract writes them; `explain` adds what each leg said."""
    found = [_hit_out(hit, assistant.corpus, query, as_of=as_of, explain=explain) for hit in hits]
    return SearchResponse(hits=found, index_version=assistant.index.version)


def _hit_out(hit: Hit, corpus: Corpus, query: str, *, as_of: date, explain: bool) -> HitOut:
    clause = hit.clause
    found = HitOut(
        clause_id=clause.id,
        label=label(corpus.document(clause.document_id), clause)
        + mark(clause.document_id, as_of, corpus, messages("zh")),
        title=clause.title,
        text=clause.text,
        score=hit.score,
        highlights=highlights(query, clause.text),
        validity=ValidityOut.model_validate(cited_validity(corpus.validities.of(clause.document_id, as_of))),
    )
    if explain:
        found.legs = {name: LegOut(rank=leg.rank, score=leg.score) for name, leg in hit.legs.items()}
    return found
