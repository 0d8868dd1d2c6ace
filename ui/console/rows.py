"""The rows of a question: clauses with the sentence that matched and the reasons for them.

Nothing is ranked here: rows stand in the order of the assistant's hits, or of its list.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.answer import Reason
from assistant.api.highlight import highlights
from assistant.messages import Messages
from assistant.replies.validity import mark
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
from ui.console.inquiry import Inquiry, Kind

ROWS = 10
_TOP = 3  # rank up to which a leg lists a clause near the top
_LEGS = {"words": ("bm25",), "meaning": ("dense",), "plain": ("plain_bm25", "plain_dense")}


def shown_hits(lookup: Lookup, least: float) -> list[Hit]:
    """Those worth showing: with this score or more, and none for what is no matter of policy."""
    hits = [] if lookup.reason is Reason.OUT_OF_SCOPE else lookup.result.hits[:ROWS]
    return [hit for hit in hits if hit.score >= least]


def missing_type(lookup: Lookup, clause: Clause, index: Index) -> AnswerType | None:
    """What is asked for and not stated in the clause."""
    return next(iter(missing_types(lookup.reading.expected, index.view(clause).normal)), None)


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


def rows_of(inquiry: Inquiry, assistant: Assistant, words: Messages) -> tuple[Row, ...]:
    """The clauses that were found for a question, or that its list names; none where somebody is in danger."""
    if inquiry.kind is Kind.EMERGENCY:
        return ()
    if inquiry.kind is Kind.LIST:
        hits = [Hit(assistant.corpus.clause(id_), 0.0) for id_ in inquiry.cited]
    else:
        hits = shown_hits(inquiry.lookup, assistant.thresholds.console_row)
    return tuple(_row(hit, inquiry.lookup, assistant.index, words) for hit in hits)


def _row(hit: Hit, lookup: Lookup, index: Index, words: Messages) -> Row:
    clause, query = hit.clause, lookup.result.query
    # What the words of the question are called officially was looked up as well.
    searched = " ".join((query.text, *(word for expansion in query.expansions for word in expansion.words)))
    matched = [(clause.start + start, clause.start + end) for start, end in highlights(searched, clause.text)]
    return Row(
        clause=clause,
        record=index.corpus.plain.get(clause.id),
        address=label(index.corpus.document(clause.document_id), clause, language=words.code)
        + mark(clause.document_id, lookup.reading.law.as_of, index.corpus, words),
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
