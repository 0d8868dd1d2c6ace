"""What comes of each question of a call, in a line: whether it is stated, and what the agent does next."""

from dataclasses import dataclass

from assistant.answer import Audience, Block, BlockKind
from assistant.composition.answer_blocks import name_of
from assistant.messages import Messages
from assistant.service import Assistant
from corpus.clause import Clause
from ui.console.clause_view import ClauseView, clause_view
from ui.console.inquiry import Inquiry, Kind
from ui.console.rows import Row, rows_of
from ui.console.script import spoken_list, spoken_question, spoken_refusal, spoken_reply

_SPOKEN_BESIDE = (Kind.LIST, Kind.TOLD, Kind.ASK_BACK, Kind.REFUSED)  # of these there is a script without a clause


@dataclass(frozen=True, slots=True)
class Finding:
    """One question with what came of it. `opened` is the clause that is shown at once, where one answers."""

    inquiry: Inquiry
    rows: tuple[Row, ...]
    opened: ClauseView | None
    label: str
    text: str  # may be several lines
    script_lines: tuple[str, ...]  # to read out where no clause is

    @property
    def kind(self) -> Kind:
        return self.inquiry.kind

    @property
    def script(self) -> str:
        """What is copied where no clause is open that answers."""
        return "\n".join(self.script_lines) or (self.text if self.kind in (Kind.TALK, Kind.EMERGENCY) else "")

    @property
    def rows_name(self) -> str:
        """The key of what stands above rows that do not answer; "" above those that do."""
        if self.kind in (Kind.STATED, Kind.LIST) or not self.rows:
            return ""
        asks = self.kind is Kind.ASK_BACK  # and the clauses asked about are among these
        return "console.near" if self.inquiry.lookup.reason and not asks else "console.perhaps"

    @property
    def by_number(self) -> bool:
        """Whether the clause was asked for by its number."""
        return bool(self.opened and self.rows[0].named)


def finding(inquiry: Inquiry, assistant: Assistant, words: Messages) -> Finding:
    """The verdict on one question, in the language of the page."""
    kind, rows = inquiry.kind, rows_of(inquiry, assistant, words)
    opened = clause_view(rows[0].clause.id, inquiry, assistant, words) if kind is Kind.STATED and rows else None
    label = words(f"console.refused.{_reason(inquiry)}" if kind is Kind.REFUSED else f"console.verdict.{kind}")
    text = _text(inquiry, opened, assistant, words)
    lines = tuple(filter(None, _script(inquiry, assistant, words)))
    return Finding(inquiry, rows, opened, label, text, lines)


def _reason(inquiry: Inquiry) -> str:
    reason = inquiry.reply.reason if inquiry.reply else inquiry.lookup.reason
    return str(reason)


def _text(inquiry: Inquiry, opened: ClauseView | None, assistant: Assistant, words: Messages) -> str:
    """What stands beside the label."""
    if opened:
        return opened.lead or _called(opened.clause, assistant, words)
    if inquiry.kind is Kind.NOTHING:
        return words("console.type_something")
    if inquiry.kind is Kind.ASK_BACK:
        return ""
    if inquiry.reply is None:
        blocks = _refusal(inquiry, Audience.AGENT, assistant, words)
        return "\n".join(block.text for block in blocks)
    shown = (BlockKind.LEAD,) if inquiry.kind is Kind.LIST else (BlockKind.LEAD, BlockKind.NOTICE, BlockKind.CALL)
    lines = (block.text.rstrip(words("language.colon")) for block in inquiry.reply.blocks if block.kind in shown)
    return "\n".join(lines)


def _script(inquiry: Inquiry, assistant: Assistant, words: Messages) -> tuple[str, ...]:
    """What can be read out though no clause is open."""
    reply, kind = inquiry.reply, inquiry.kind
    if kind not in _SPOKEN_BESIDE:
        return ()
    if absent := inquiry.lookup.reading.references.absent:
        absent_words = words("refusal.absent", numbers=words.list(absent), counts="")
        return spoken_refusal([Block(BlockKind.NOTICE, absent_words)], inquiry.lookup.reason, words)
    if reply is None or kind is Kind.REFUSED:
        blocks = reply.blocks if reply else _refusal(inquiry, Audience.CITIZEN, assistant, words)
        return spoken_refusal(blocks, reply.reason if reply else inquiry.lookup.reason, words)
    if kind is Kind.LIST:
        clauses = map(assistant.corpus.clause, inquiry.cited)
        return spoken_list(reply, [_called(clause, assistant, words) for clause in clauses], words)
    if kind is Kind.ASK_BACK:
        return spoken_question(reply.blocks[0].text, reply.choices, words)
    return spoken_reply(reply, [citation.label for citation in reply.citations], words)


def _called(clause: Clause, assistant: Assistant, words: Messages) -> str:
    record = assistant.corpus.plain.get(clause.id)
    return name_of(record, words) if record else clause.title


def _refusal(inquiry: Inquiry, audience: Audience, assistant: Assistant, words: Messages) -> tuple[Block, ...]:
    found = inquiry.lookup
    if found.reason is None:
        return ()
    return assistant.composer.refusal(found, found.reason, words, history=(), audience=audience, examples=()).blocks
