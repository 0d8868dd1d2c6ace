"""One clause as the answer to an agent's question: what to read out, what to copy, the text with its quotes marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from assistant.answer import Audience, BlockKind, Citation
from assistant.channels.offered import Offered
from assistant.channels.words import described
from assistant.composition.citations import address_of
from assistant.guides.shown import ShownGuide, shown_guide
from assistant.messages import Messages
from assistant.replies.validity import key_of, mark, not_in_force
from assistant.service import Assistant
from corpus.clause import Clause, Document
from corpus.records.record import PlainRecord
from corpus.validity import Standing
from index.retriever import Hit
from index.text.answer_types import AnswerType
from ui.clause.marking import Span
from ui.console.inquiry import Inquiry, Kind
from ui.console.rows import missing_type
from ui.console.script import spoken_answer

_MOST_READ_OUT = 2  # channels


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
    status: str  # of its document as of the day, as a clerk names it; "" where nothing is stated
    not_in_force: str  # that its document does not hold; "" where it does
    missing_type: AnswerType | None  # what is asked for and not stated in it
    offers: tuple[Offered, ...]  # where the caller can turn beside the hotline, which is here
    guide: ShownGuide | None  # how the office says that it is done

    @property
    def quotes(self) -> tuple[Span, ...]:
        """Offsets into the document's text."""
        return tuple((citation.start, citation.end) for citation in self.citations)

    @property
    def quote(self) -> str:
        """What stands there, a stretch a line, behind a line that says so where it does not hold."""
        told = (self.not_in_force,) if self.not_in_force else ()
        return "\n".join((*told, *(citation.quote for citation in self.citations)))

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
    as_of = inquiry.lookup.reading.law.as_of
    validity = corpus.validities.of(document.id, as_of)
    told = not_in_force(document.id, as_of, corpus, words, clause)
    offers = assistant.channels.near(clause, inquiry.lookup.reading.places.named)
    spoken = spoken_answer(
        blocks, clause, document, words, record=record, part=part, not_in_force=told, channels=_spoken(offers, words)
    )
    address = address_of(document, clause, words, part) + mark(document.id, as_of, corpus, words)
    return ClauseView(
        clause=clause,
        document=document,
        record=record,
        citations=citations,
        lead=next((block.text for block in blocks if block.kind is BlockKind.LEAD), ""),
        script_lines=spoken if inquiry.answers(clause.id) else (),
        address=words("console.script.address", address=address),
        status="" if validity.status is Standing.UNSTATED else words(f"document.status.{key_of(validity)}"),
        not_in_force=told,
        missing_type=missing_type(inquiry.lookup, clause, assistant.index),
        offers=tuple(offers),
        guide=shown_guide(assistant.services.guide_by_clause.get(clause.id), words),
    )


def _spoken(offers: Sequence[Offered], words: Messages) -> str:
    """The first channels in a line to read out; empty where there are none."""
    named = [described(one, words, spoken=True) for one in offers[:_MOST_READ_OUT]]
    return words("console.script.channels", channels=words("channels.separator").join(named)) if named else ""
