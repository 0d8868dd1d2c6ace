"""One clause as the answer to an agent's question: what to read out, what to copy, the text with its quotes marked."""

from dataclasses import dataclass
from functools import partial

from assistant.answer import Audience, BlockKind, Citation
from assistant.composition.citations import address_of
from assistant.messages import Messages
from assistant.service import Assistant
from corpus.clause import Clause, Document
from corpus.records.record import PlainRecord
from index.retriever import Hit
from index.text.answer_types import AnswerType
from ui.clause.marking import Span
from ui.console.inquiry import Inquiry, Kind
from ui.console.rows import missing_type
from ui.console.script import spoken_answer


@dataclass(frozen=True, slots=True)
class ClauseView:
    """One clause as the answer to a question."""

    clause: Clause
    document: Document
    record: PlainRecord | None
    citations: tuple[Citation, ...]
    lead: str  # the answer in one line, where it can be said in one
    script_lines: tuple[str, ...]  # to read out, each borne out by the clause; none where it does not answer
    address: str
    missing_type: AnswerType | None  # what is asked for and not stated in it

    @property
    def quotes(self) -> tuple[Span, ...]:
        """Offsets into the document's text."""
        return tuple((citation.start, citation.end) for citation in self.citations)

    @property
    def quote(self) -> str:
        """What stands there, a stretch a line."""
        return "\n".join(citation.quote for citation in self.citations)

    @property
    def script(self) -> str:
        """What is copied for a record of the call: the lines read out, and the address; "" where nothing is."""
        return "\n".join((*self.script_lines, self.address)) if self.script_lines else ""


def clause_view(clause_id: str, inquiry: Inquiry, assistant: Assistant, words: Messages) -> ClauseView:
    """A clause with what of it speaks to the question. Raises NotFoundError."""
    corpus, found = assistant.corpus, inquiry.lookup.result
    clause = corpus.clause(clause_id)
    document = corpus.document(clause.document_id)
    record = corpus.plain.get(clause.id)
    hit = next((hit for hit in found.hits if hit.clause.id == clause.id), Hit(clause, 0.0))
    is_first = inquiry.kind is Kind.STATED and inquiry.lookup.first == clause
    sure = partial(assistant.judge.confidence, found) if is_first else None
    blocks, citations = assistant.composer.quoting(found, [hit], words, Audience.AGENT, confidence=sure)
    part = corpus.find(citations[0].part_id)[1] if len(citations) == 1 and citations[0].part_id else None
    spoken = spoken_answer(blocks, clause, document, words, record=record, part=part)
    return ClauseView(
        clause=clause,
        document=document,
        record=record,
        citations=citations,
        lead=next((block.text for block in blocks if block.kind is BlockKind.LEAD), ""),
        script_lines=spoken if inquiry.answers(clause.id) else (),
        address=words("console.script.address", address=address_of(document, clause, words, part)),
        missing_type=missing_type(inquiry.lookup, clause, assistant.index),
    )
