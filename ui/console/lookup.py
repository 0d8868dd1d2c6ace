"""What a hotline agent's question finds, worked out once: rows with the reasons for them, and whether they answer.

Nothing is ranked here: rows stand in the order of the assistant's hits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

from cachetools import LRUCache

from assistant.answer import Audience, Block, Reason
from assistant.api.highlight import highlights
from assistant.messages import Messages
from assistant.retrieval.result import Lookup
from assistant.service import Assistant
from corpus.clause import Clause
from corpus.label import label
from corpus.records.record import PlainRecord
from corpus.text.sentences import sentences
from index.index import Index
from index.retriever import Hit, LegScore
from index.text.answer_types import AnswerType, missing_types
from index.text.tokenizer import token_set
from ui.clause.marking import Run, Span, runs

ROWS = 10
_KEPT = 64  # look-ups remembered: an agent opens several clauses of the last ones
_TOP = 3  # rank up to which a leg lists a clause near the top
_LEGS = {"words": ("bm25",), "meaning": ("dense",), "plain": ("plain_bm25", "plain_dense")}


@dataclass(frozen=True, slots=True)
class LookupQuery:
    """A question, keywords or a clause number, and the filters; an empty filter stands for any."""

    question: str
    place: str = ""
    document: str = ""


def shown_hits(lookup: Lookup, least: float) -> list[Hit]:
    """Those worth showing: with this score or more, and none for what is no matter of policy."""
    hits = [] if lookup.reason is Reason.OUT_OF_SCOPE else lookup.result.hits[:ROWS]
    return [hit for hit in hits if hit.score >= least]


def missing_type(lookup: Lookup, clause: Clause, index: Index) -> AnswerType | None:
    """What is asked for and not stated in the clause."""
    return next(iter(missing_types(lookup.reading.expected, index.view(clause).normal)), None)


class Lookups:
    """Looks up, and remembers the last look-ups, so that opening their clauses works nothing out again.

    Safe from several threads.
    """

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self._kept: LRUCache[tuple[str, LookupQuery], Lookup] = LRUCache(_KEPT)
        self._lock = Lock()

    def __call__(self, query: LookupQuery) -> Lookup:
        """Raises InputError for bad input."""
        key = self.assistant.index.version, query
        with self._lock:
            kept = self._kept.get(key)
        if kept is None:
            kept = self._look_up(query)
            with self._lock:
                self._kept[key] = kept
        return kept

    def _look_up(self, query: LookupQuery) -> Lookup:
        return self.assistant.look_up(
            query.question,
            jurisdiction=[query.place] if query.place else (),
            documents=[query.document] if query.document else (),
        )


@dataclass(frozen=True, slots=True)
class Row:
    """One clause in the list."""

    clause: Clause
    record: PlainRecord | None
    address: str
    sentence: tuple[Run, ...]  # the one that matched, and in it the words that did
    named: bool  # asked for by its number
    ranks: dict[str, int]  # rank by "words", "meaning", "plain", where one of them lists the clause near the top
    score: float
    missing_type: AnswerType | None  # what is asked for and not stated in it


@dataclass(frozen=True, slots=True)
class LookupView:
    """The rows for a query, and whether the first of them answers it."""

    rows: tuple[Row, ...]
    reason: Reason | None
    refusal: tuple[Block, ...]  # what to tell the caller where nothing answers
    confidence: float


def lookup_view(lookup: Lookup, assistant: Assistant, words: Messages) -> LookupView:
    """The look-up in the language of the page, whatever the keywords are in."""
    refusal: tuple[Block, ...] = ()
    if lookup.reason:
        refusal = assistant.composer.refusal(
            lookup.result, lookup.reason, words, history=(), audience=Audience.AGENT, examples=()
        )
    hits = shown_hits(lookup, assistant.thresholds.console_row)
    rows = tuple(_row(hit, lookup, assistant.index, words) for hit in hits)
    return LookupView(rows, lookup.reason, refusal, lookup.confidence)


def _row(hit: Hit, lookup: Lookup, index: Index, words: Messages) -> Row:
    clause, query = hit.clause, lookup.result.query
    # What the words of the question are called officially was looked up as well.
    searched = " ".join((query.text, *(word for expansion in query.expansions for word in expansion.words)))
    matched = [(clause.start + start, clause.start + end) for start, end in highlights(searched, clause.text)]
    return Row(
        clause=clause,
        record=index.corpus.plain.get(clause.id),
        address=label(index.corpus.document(clause.document_id), clause, language=words.code),
        sentence=tuple(runs(clause, *_sentence(searched, hit, index), matched)),
        named=not {clause.id, *(part.id for part in clause.all_parts())}.isdisjoint(lookup.reading.references.ids),
        ranks=_ranks(hit.legs),
        score=hit.score,
        missing_type=missing_type(lookup, clause, index),
    )


def _sentence(searched: str, hit: Hit, index: Index) -> Span:
    """The sentence that shares most with these words; where none does, the first that is near in meaning."""
    clause, asked = hit.clause, token_set(searched)
    nearest = hit.legs["dense"].part_id if "dense" in hit.legs else None
    blocks = [(part.start, part.end, part.id == nearest) for part in clause.parts] or [(clause.start, clause.end, True)]
    found = []
    for start, end, near in blocks:
        text = clause.text[start - clause.start : end - clause.start]
        for first, last in sentences(text, semicolons=True):
            share = index.idf_share(asked, token_set(text[first:last]))
            found.append((share, near, (start + first, start + last)))
    return max(found, key=lambda one: one[:2], default=(0.0, True, (clause.start, clause.end)))[2]


def _ranks(legs: Mapping[str, LegScore]) -> dict[str, int]:
    """By reason the rank in its best leg, for those near the top; for a clause near no top, its best."""
    best = {
        reason: min(legs[name].rank for name in names if name in legs)
        for reason, names in _LEGS.items()
        if any(name in legs for name in names)
    }
    return {reason: rank for reason, rank in best.items() if rank <= max(_TOP, min(best.values()))}
