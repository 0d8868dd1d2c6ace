"""One clause as the answer to an agent's question: what to read out, what to copy, the text with its quotes marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Audience, Block, BlockKind, Citation
from assistant.composition.citations import address_of
from assistant.messages import Messages
from assistant.retrieval.result import Lookup
from assistant.service import Assistant
from corpus.clause import Clause, Document
from corpus.records.record import PlainRecord
from index.retriever import Hit
from index.text.answer_types import AnswerType
from ui.clause.marking import Span
from ui.console.lookup import missing_type


@dataclass(frozen=True, slots=True)
class ClauseView:
    """One clause as the answer to a question."""

    clause: Clause
    document: Document
    record: PlainRecord | None
    citations: tuple[Citation, ...]
    script_lines: tuple[str, ...]  # to read out, each borne out by the clause
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
        """What is copied for a record of the call: the lines read out, and the address."""
        return "\n".join((*self.script_lines, self.address))


def clause_view(clause_id: str, lookup: Lookup, assistant: Assistant, words: Messages) -> ClauseView:
    """A clause with what of it speaks to the question that was looked up. Raises NotFoundError."""
    corpus = assistant.corpus
    clause = corpus.clause(clause_id)
    document = corpus.document(clause.document_id)
    citations, blocks = _answer(clause, lookup, assistant, words)
    part = corpus.find(citations[0].part_id)[1] if len(citations) == 1 and citations[0].part_id else None
    return ClauseView(
        clause=clause,
        document=document,
        record=corpus.plain.get(clause.id),
        citations=citations,
        script_lines=script_lines(blocks, clause.jurisdiction, words),
        address=words("console.script.address", address=address_of(document, clause, words, part)),
        missing_type=missing_type(lookup, clause, assistant.index),
    )


def _answer(
    clause: Clause, lookup: Lookup, assistant: Assistant, words: Messages
) -> tuple[tuple[Citation, ...], tuple[Block, ...]]:
    """The clause as an answer for agents; before it, where the question has none, that it is only near."""
    hit = next((hit for hit in lookup.result.hits if hit.clause.id == clause.id), Hit(clause, 0.0))
    blocks, citations = assistant.composer.quoting(lookup.result, [hit], words, Audience.AGENT)
    near = (Block(BlockKind.NOTICE, words("console.script.near")),) if lookup.reason else ()
    return citations, (*near, *blocks)


def script_lines(blocks: Sequence[Block], places: Sequence[str], words: Messages) -> tuple[str, ...]:
    """An answer as it is read out, a sentence a line: in plain words where there are some, or else its quotes.

    Whose rule it is comes first; the address, which nobody wants to hear before the matter, is left out.
    """
    spoken = BlockKind.GIST if any(block.kind is BlockKind.GIST for block in blocks) else BlockKind.QUOTE
    name = "in_short" if spoken is BlockKind.GIST else "quote"
    key = f"console.script.{name}" if places else f"console.script.{name}_anywhere"
    opening = words(key, places=words.places(places))
    lines: list[str] = []
    for block in blocks:
        if block.kind is spoken:
            lines += (opening + block.text).splitlines()
            opening = ""
        elif block.kind in (BlockKind.LEAD, BlockKind.NOTICE):
            lines.append(block.text)
    return tuple(lines)
