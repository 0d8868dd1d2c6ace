"""Addresses, citations and related clauses. Citation numbers are given here, from the evidence alone."""

from collections.abc import Sequence

from assistant.answer import Citation, Related
from assistant.composition.evidence import Evidence
from assistant.messages import Messages
from corpus.clause import Clause, Document, Part
from corpus.corpus import Corpus
from corpus.places.gazetteer import english_name
from corpus.text.numeral import to_chinese
from index.retriever import Hit


def address(document: Document, clause: Clause, part: Part | None = None) -> str:
    """The full address on one line: 《title》第二十六条（heading above）, or 文号 典型案例 一、（三）第四点."""
    where = f"{document.number} " if document.number else f"《{document.title}》"
    heading = f"（{clause.path[-1]}）" if clause.path and not document.number else ""
    point = f"第{to_chinese(int(part.id.rpartition('.')[2]))}点" if part else ""
    place = f"（{'、'.join(clause.jurisdiction)}）" if clause.jurisdiction != document.jurisdiction else ""
    return f"{where}{clause.number}{point}{heading}{place}"


def english_address(document: Document, clause: Clause) -> str:
    """The same for a reader of English: title (as far as it is known in English), clause 11; case 1.3 (Wuhu)."""
    path = clause.id.rpartition(":")[2]
    kind = "case" if "." in path and not path.startswith("0.") else "clause"
    names = ", ".join(map(english_name, clause.jurisdiction))
    place = f" ({names})" if clause.jurisdiction != document.jurisdiction else ""
    return f"{document.title_en or document.id}, {kind} {path.removeprefix('0.')}{place}"


def address_of(document: Document, clause: Clause, words: Messages) -> str:
    """The address for a reader of this language; beside it, where that is not Chinese, the Chinese one."""
    where = address(document, clause)
    return where if words.code == "zh" else f"{english_address(document, clause)} · {where}"


def full_address(citation: Citation, corpus: Corpus, words: Messages) -> str:
    """The address of the clause that is cited."""
    clause = corpus.clause(citation.clause_id)
    return address_of(corpus.document(clause.document_id), clause, words)


def cite(evidence: Sequence[Evidence], scores: dict[str, float], corpus: Corpus) -> tuple[Citation, ...]:
    """Number the evidence from 1, in the order given; `scores` maps clause ids to retrieval scores."""
    citations = []
    for number, item in enumerate(evidence, 1):
        document = corpus.document(item.clause.document_id)
        citations.append(
            Citation(
                number=number,
                clause_id=item.clause.id,
                part_id=item.part.id if item.part else None,
                label=address(document, item.clause, item.part),
                document_title=document.title,
                jurisdiction=item.clause.jurisdiction,
                quote=document.text[item.start : item.end],
                start=item.start,
                end=item.end,
                score=scores[item.clause.id],
            )
        )
    return tuple(citations)


def relate(hits: Sequence[Hit], corpus: Corpus) -> tuple[Related, ...]:
    """Clauses near the question, labelled with their address and title."""
    return tuple(
        Related(
            hit.clause.id,
            f"{address(corpus.document(hit.clause.document_id), hit.clause)} {hit.clause.title}",
            hit.score,
        )
        for hit in hits
    )
