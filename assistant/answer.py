"""What comes out: an Answer made of blocks, with its citations, the same object in terminal, HTTP, chat and Python.

Laws, asserted by `check` before an answer leaves:
- `citations` is non-empty exactly when `status` is answered;
- every number of a block has its citation, and every citation is quoted by a block, in its own words: of kind quote, or
  an entry of a list;
- every `[n]` in `text` has its citation and every citation is used;
- `quote == document.text[start:end]` for every citation;
- `phrased_by` names a model exactly when there are blocks of kind phrased.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    ANSWERED = "answered"
    NO_ANSWER = "no_answer"
    CLARIFY = "clarify"  # a question back, with choices


class Reason(StrEnum):
    """Why there is no answer (无答案), or, of a question back, nothing.

    OUT_OF_SCOPE: no government matter at all, as far as the lexicon and the documents can tell.
    CONVERSATION: about the talk itself: once more, in simpler words, a person please.
    EMERGENCY: somebody is in danger.
    UNAVAILABLE: the operator has switched answers off.
    """

    NOT_IN_DOCUMENTS = "not_in_documents"
    PLACE_NOT_COVERED = "place_not_covered"
    OUT_OF_SCOPE = "out_of_scope"
    GREETING = "greeting"
    UNREADABLE = "unreadable"
    CONVERSATION = "conversation"
    EMERGENCY = "emergency"
    UNAVAILABLE = "unavailable"


class Audience(StrEnum):
    """Who reads the answer: a citizen wants the matter first, a hotline agent the address."""

    CITIZEN = "citizen"
    AGENT = "agent"


class BlockKind(StrEnum):
    """What a block of an answer is."""

    LEAD = "lead"  # the first line: what was asked for, where it can be said in one line
    NAME = "name"  # what the matter of a clause is called in plain words
    GIST = "gist"  # a plain-language sentence of a clause or part; several stand side by side
    SOURCE = "source"  # the address of the clause that the quotes are from
    QUOTE = "quote"  # words of the document, character for character
    NOTICE = "notice"  # what the answer does not say, or why there is none
    LIST = "list"  # one entry of a list
    CHOICE = "choice"  # one choice of a question back
    CALL = "call"  # whom to ask instead
    PHRASED = "phrased"  # a sentence that a language model has put in other words; it stands in the quote it cites


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of an answer. `citations` are the numbers of the citations that bear it out.

    Consecutive blocks of kind name, gist, source and quote that share a citation belong to one clause.
    """

    kind: BlockKind
    text: str
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CitedValidity:
    """Whether the document of a citation is in force as of the day of the answer; days as ISO 8601 writes them."""

    status: str  # 现行, 未施行, 已修改, 废止, 到期, 未注明; 征求意见稿 of a draft
    effective: str | None = None
    expires: str | None = None
    replaced_by: str | None = None  # id of the document that repeals it
    replaces: tuple[str, ...] | None = None  # older texts that it repeals, as printed


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement comes from (引用): an address and the verbatim words standing there."""

    number: int  # from 1, in order of appearance in the text
    clause_id: str
    part_id: str | None
    label: str  # the full address, copyable as one line
    document_title: str
    jurisdiction: tuple[str, ...]
    quote: str
    start: int
    end: int
    score: float
    places_in_quote: tuple[str, ...] = ()  # that the quoted words name themselves
    validity: CitedValidity | None = None  # given to every citation of an answer that leaves


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a question back: it can be asked as it stands."""

    label: str  # what is shown
    question: str
    jurisdiction: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Related:
    """A clause near the question that is not claimed to answer it."""

    clause_id: str
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Understood:
    """What the assistant took the question to be."""

    query: str
    jurisdiction: tuple[str, ...] = ()
    clause_reference: str | None = None
    rewritten_from_history: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    id: str
    question: str
    language: str  # "zh" | "en"
    status: Status
    reason: Reason | None
    text: str  # the blocks as one text, see composition/text.py
    citations: tuple[Citation, ...]
    related: tuple[Related, ...]
    confidence: float  # 0..1
    understood: Understood
    index_version: str
    blocks: tuple[Block, ...]
    choices: tuple[Choice, ...] = ()  # of a question back: two to six
    unanswered: tuple[str, ...] = ()  # questions of the message that are left
    as_of: str = ""  # the day as of which it holds, as ISO 8601 writes it
    phrased_by: str | None = None  # the language model that sentences of kind phrased are from; None: there are none
    timings_ms: Mapping[str, float] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON-ready values, in the order of the contract."""
        return asdict(self)


_QUOTING = (BlockKind.QUOTE, BlockKind.LIST)
MARK = re.compile(r"\[(\d+)\]")


def check(answer: Answer, text_of: Callable[[str], str]) -> None:
    """Assert the laws above. `text_of` gives the text of the document that holds a clause, by the clause's id.

    Raises ValueError naming the law that is broken.
    """
    if (answer.status is Status.ANSWERED) != bool(answer.citations):
        raise ValueError("citations must be present exactly when the status is answered")
    if (answer.status is Status.NO_ANSWER) != (answer.reason is not None):
        raise ValueError("a reason must be given exactly when there is no answer")
    if (answer.status is Status.CLARIFY) != bool(answer.choices):
        raise ValueError("choices must be present exactly when the status is clarify")
    if (answer.phrased_by is not None) != any(block.kind is BlockKind.PHRASED for block in answer.blocks):
        raise ValueError("a model must be named exactly when there are sentences of one")
    quotes = {citation.number: citation.quote for citation in answer.citations}
    marks = {int(n) for n in MARK.findall(answer.text)}
    if marks != set(quotes) or len(quotes) != len(answer.citations):
        raise ValueError(f"marks {sorted(marks)} in the text do not match the citations {sorted(quotes)}")
    if not {number for block in answer.blocks for number in block.citations} <= set(quotes):
        raise ValueError("a block names a citation that there is not")
    quoted = {(number, block.text) for block in answer.blocks if block.kind in _QUOTING for number in block.citations}
    if quoted != set(quotes.items()):
        raise ValueError("the quotes of the blocks are not those of the citations")
    for citation in answer.citations:
        text = text_of(citation.clause_id)
        if text[citation.start : citation.end] != citation.quote:
            raise ValueError(f"the quote of citation {citation.number} is not the text at its offsets")
