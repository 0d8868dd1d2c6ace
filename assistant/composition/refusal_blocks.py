"""What to say, and whom to ask instead, when there is no answer. A refusal never quotes and never claims.

Each is a notice, where it helps a second one (the nearest clause, an example), and a call. What would be refused twice
in one conversation with the same words is met the second time with what there is to ask about.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Audience, Block, BlockKind, Reason
from assistant.composition.answer_blocks import name_of, title_of, titles_of
from assistant.composition.first_line import difference_text
from assistant.composition.text import render_text
from assistant.composition.whose_rule import Difference
from assistant.messages import Messages
from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from corpus.label import label
from index.text.answer_types import AnswerType

MAX_DOCUMENTS_LISTED = 20  # titles and facts in one refusal: a longer list is no longer read

_NOTHING_ASKED = (Reason.UNREADABLE, Reason.GREETING, Reason.CONVERSATION)  # the last two where an agent looks up words

Option = tuple[list[str], str]  # notices, and the key of a call or ""


@dataclass(frozen=True, slots=True)
class RefusalPlan:
    """Why there is no answer, and what can be said all the same."""

    reason: Reason
    covered: tuple[str, ...] = ()  # places of the question that the documents cover
    missing: tuple[str, ...] = ()  # places that they do not
    everywhere: bool = False  # there are documents that may answer for any place, and did not
    absent: tuple[str, ...] = ()  # clause numbers that no clause has
    not_held: tuple[str, ...] = ()  # texts named that are not held
    nearest: Clause | None = None  # named, though it lacks what is asked for
    lacking: AnswerType | None = None  # what the nearest clause lacks
    elsewhere: Clause | None = None  # another place's clause on the matter
    near_miss: tuple[Clause, Difference] | None = None  # on the matter, but of other cases than that asked about
    inside: tuple[tuple[Document, int], ...] = ()  # the documents in scope, each with the number of its clauses
    has_related: bool = False  # whether clauses near the question are listed beside the refusal
    examples: tuple[str, ...] = ()  # questions that these documents answer
    said_before: tuple[str, ...] = ()  # texts of earlier answers
    audience: Audience = Audience.CITIZEN

    @property
    def matter(self) -> Clause | None:
        """The clause that is named as the nearest, though it does not answer."""
        if self.reason is not Reason.NOT_IN_DOCUMENTS or self.not_held or self.elsewhere:
            return None
        if self.absent and self.inside:
            return None
        return self.nearest if self.nearest and self.lacking else self.near_miss[0] if self.near_miss else None


def refusal_blocks(plan: RefusalPlan, corpus: Corpus, words: Messages) -> tuple[Block, ...]:
    """The blocks of a refusal; `call` says whom to ask, and for an agent, who is that person, what to check."""
    for notices, call in _options(plan, corpus, words):
        key = _for_agent(call) if plan.audience is Audience.AGENT else call
        blocks = tuple(Block(BlockKind.NOTICE, notice) for notice in notices)
        if key:
            blocks += (Block(BlockKind.CALL, words(key, missing=words.places(plan.missing))),)
        if not _was_said(blocks, plan.said_before, words):
            break
    return blocks


def _for_agent(call: str) -> str:
    """The key of what an agent of the hotline is told in place of calling it."""
    return "call.agent" if call else ""


def _was_said(blocks: Sequence[Block], before: Sequence[str], words: Messages) -> bool:
    text = render_text(blocks, words)
    return any(said.startswith(text) for said in before)


def _options(plan: RefusalPlan, corpus: Corpus, words: Messages) -> list[Option]:
    """What can be said, the best first; the next where the same was said before in this conversation."""
    if plan.reason in _NOTHING_ASKED:
        return [([words("refusal.unreadable"), *example_of(plan.examples, words, most=1)], "")]
    if plan.reason is Reason.OUT_OF_SCOPE:
        first: list[str] = [words("refusal.out_of_scope"), *example_of(plan.examples, words, most=1)]
        return [(first, "call.other"), ([_held(corpus, words)], "call.other")]
    if plan.reason is Reason.PLACE_NOT_COVERED:
        return [([_place_not_covered(plan, corpus, words)], "call.place"), ([_held(corpus, words)], "call.place")]
    again: list[Option] = [([words("refusal.again")], "call.again")] if plan.has_related and _is_searched(plan) else []
    return [_not_in_documents(plan, corpus, words), *again, ([_held(corpus, words)], "call.other")]


def _is_searched(plan: RefusalPlan) -> bool:
    """Whether the clauses near the question are of any help: not where it asks for a number, or for another text."""
    return not (plan.absent or plan.not_held)


def _held(corpus: Corpus, words: Messages) -> str:
    """Which documents there are, the first of them by title."""
    shown, count = corpus.documents[:MAX_DOCUMENTS_LISTED], len(corpus.documents)
    titles = titles_of(shown, words)
    more = words("refusal.held_in_all", count=count) if count > len(shown) else ""
    return words("refusal.held", titles=titles, more=more)


def _place_not_covered(plan: RefusalPlan, corpus: Corpus, words: Messages) -> str:
    missing, covered = words.places(plan.missing), words.places(corpus.places)
    if plan.everywhere:
        return words("refusal.place_not_covered_anywhere", missing=missing)
    if not covered:
        return words("refusal.place_not_covered_bare", missing=missing)
    return words("refusal.place_not_covered", missing=missing, covered=covered)


def example_of(examples: Sequence[str], words: Messages, most: int) -> list[str]:
    """A sentence with one or two questions that these documents answer; none where none is known."""
    first, *others = examples[:most] or [""]
    if others:
        return [words("refusal.examples", question=first, other=others[0])]
    return [words("refusal.example", question=first)] if first else []


def _not_in_documents(plan: RefusalPlan, corpus: Corpus, words: Messages) -> Option:
    if plan.not_held:
        return [words("refusal.not_held", titles=words.list(plan.not_held))], "call.rephrase"
    if plan.absent and plan.inside:
        return [words("refusal.absent", numbers=words.list(plan.absent), counts=_counts(plan, words))], ""
    scope = _scope(plan, words)
    if plan.elsewhere:
        there = _naming("refusal.nearest_elsewhere", plan.elsewhere, corpus, words)
        return [words("refusal.elsewhere", scope=scope), there], "call.local"
    if plan.nearest and plan.lacking:
        lacking = words("refusal.kind_lacking", scope=scope, kind=words(f"answer_type.{plan.lacking.name}"))
        return [lacking, _naming("refusal.nearest_lacking", plan.nearest, corpus, words)], "call.verify"
    if plan.near_miss:
        clause, difference = plan.near_miss
        near = _naming("refusal.near_miss", clause, corpus, words)
        return [words("refusal.not_in_documents", scope=scope), near, difference_text(difference, words)], "call.verify"
    return [words("refusal.not_in_documents", scope=scope)], "call.rephrase"


def _scope(plan: RefusalPlan, words: Messages) -> str:
    places = words.places(plan.covered)
    return words("refusal.scope", places=places) if places else words("refusal.scope_any")


def _naming(key: str, clause: Clause, corpus: Corpus, words: Messages) -> str:
    """A sentence that names a clause in one language: its address, and what it is called, where that is known."""
    record = corpus.plain.get(clause.id)
    name = name_of(record, words) if record else clause.title if words.is_chinese else ""
    address = label(corpus.document(clause.document_id), clause, language=words.code)
    named = words("refusal.clause", address=address, name=name) if name else address
    return words(key, clause=named, places=words.places(clause.jurisdiction))


def _counts(plan: RefusalPlan, words: Messages) -> str:
    """How many clauses each document in scope has; nothing where there are too many of them to list."""
    if len(plan.inside) > MAX_DOCUMENTS_LISTED:
        return ""
    counts = (words("refusal.absent_count", title=title_of(document, words), count=n) for document, n in plan.inside)
    return words("language.colon") + words("language.document_separator").join(counts)
