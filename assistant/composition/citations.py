"""Citations, related clauses and their addresses. Citation numbers are given here, from the evidence alone."""

from collections.abc import Sequence

from assistant.answer import Citation, Related
from assistant.composition.stretches import Evidence
from assistant.composition.whose_places import places_named
from assistant.messages import Messages
from corpus.clause import Clause, Document, Part
from corpus.corpus import Corpus
from corpus.label import label
from index.retriever import Hit


def address_of(document: Document, clause: Clause, words: Messages, part: Part | None = None) -> str:
    """The address to cite, which is the Chinese one, behind one that a reader of this language understands."""
    cited = label(document, clause, part)
    return cited if words.is_chinese else f"{label(document, clause, part, words.code)} · {cited}"


def cite(evidence: Sequence[Evidence], scores: dict[str, float], corpus: Corpus) -> tuple[Citation, ...]:
    """Number the evidence from 1, in the order given; `scores` maps clause ids to retrieval scores."""
    citations = []
    for number, item in enumerate(evidence, 1):
        document = corpus.document(item.clause.document_id)
        quote = document.text[item.start : item.end]
        citations.append(
            Citation(
                number=number,
                clause_id=item.clause.id,
                part_id=item.part.id if item.part else None,
                label=label(document, item.clause, item.part),
                document_title=document.title,
                jurisdiction=item.clause.jurisdiction,
                quote=quote,
                start=item.start,
                end=item.end,
                score=scores[item.clause.id],
                places_in_quote=places_named(quote, item.clause.jurisdiction),
            )
        )
    return tuple(citations)


def cite_clause(number: int, clause: Clause, span: tuple[int, int], corpus: Corpus, score: float = 1.0) -> Citation:
    """A stretch of a clause, by its offsets in the document, where nothing was searched for it."""
    document = corpus.document(clause.document_id)
    start, end = span
    return Citation(
        number=number,
        clause_id=clause.id,
        part_id=None,
        label=label(document, clause),
        document_title=document.title,
        jurisdiction=clause.jurisdiction,
        quote=document.text[start:end],
        start=start,
        end=end,
        score=score,
    )


def relate(hits: Sequence[Hit], corpus: Corpus) -> tuple[Related, ...]:
    """Clauses near the question, labelled with their address and title."""
    return tuple(
        Related(
            hit.clause.id,
            f"{label(corpus.document(hit.clause.document_id), hit.clause)} {hit.clause.title}",
            hit.score,
        )
        for hit in hits
    )
