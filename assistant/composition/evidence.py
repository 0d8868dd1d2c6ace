"""Choosing what to quote: the parts or sentences of a clause that speak to the question.

A passage is judged by its meaning (cosine with the question, under its clause's title), by the question's own words in
it and, a part, by its plain-language record; each is at most 1, higher is better.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.clause import Clause, Part
from index.index import Index
from index.query import Query

MAX_QUOTES = 3  # from one clause: more is no longer read, and the whole clause is a click away
WHOLE = 250  # characters up to which a clause without parts is quoted whole: its plain sentence is about all of it


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of a document (依据): `document.text[start:end]`, inside its clause."""

    clause: Clause
    part: Part | None
    start: int
    end: int


def choose_evidence(
    query: Query, clause: Clause, index: Index, margin: float, named: Collection[str] = ()
) -> list[Evidence]:
    """The passages of one clause worth quoting, in the order of the text; never empty.

    `named` are ids of clauses and parts that were asked for as such: they are quoted whole, each word once. `margin` is
    how far below the best a passage may stay and still belong to the answer, for a question that asks for the whole
    clause: one whose every word has its counterpart in the title. The more it asks beyond the title, the less.
    """
    if clause.id in named:
        return list(_whole(clause))
    if asked := [part for part in clause.all_parts() if part.id in named]:
        return [Evidence(clause, part, part.start, part.end) for part in asked]
    passages = index.view(clause).passages
    if not clause.parts and len(clause.text) <= WHOLE:
        return [Evidence(clause, None, passages[0].start, passages[-1].end)]
    strengths = _strengths(query, clause, index)
    floor = strengths.max() - margin * max(index.maxsim_text(query, clause.title), 0.0)
    if clause.parts:
        best = sorted(range(len(passages)), key=lambda i: (-strengths[i], i))[:MAX_QUOTES]
        parts = [clause.parts[i] for i in sorted(best) if strengths[i] >= floor]
        return [Evidence(clause, part, part.start, part.end) for part in parts]
    kept = np.flatnonzero(strengths >= floor)
    # Sentences between two that are quoted are quoted too: a quote is one unbroken stretch.
    return [Evidence(clause, None, passages[kept[0]].start, passages[kept[-1]].end)]


def _whole(clause: Clause) -> Iterator[Evidence]:
    """The clause part by part, with what stands before, between and behind them; its title is no news."""
    if not clause.parts:
        yield Evidence(clause, None, clause.start, clause.end)
        return
    at = clause.body_start
    for part in (*clause.parts, None):
        start, end = at, part.start if part else clause.end
        words = clause.text[start - clause.start : end - clause.start]
        if words.strip(" \n。：:；;") not in ("", clause.title):
            start += len(words) - len(words.lstrip())
            yield Evidence(clause, None, start, start + len(words.strip()))
        if part:
            yield Evidence(clause, part, part.start, part.end)
            at = part.end


def _strengths(query: Query, clause: Clause, index: Index) -> NDArray[np.float64]:
    """How much each passage of the view speaks to the question, [passages]."""
    view, tokens = index.view(clause), frozenset(query.tokens)
    cosines = (view.passage_vectors @ query.vector).astype(np.float64)
    shares = [index.idf_share(tokens, passage.tokens) for passage in view.passages]
    said = np.zeros(len(shares))
    if clause.parts and (of_part := index.by_part(query, clause)):
        order = {part.id: position for position, part in enumerate(clause.all_parts())}
        said += [of_part.get(order[part.id], 0.0) for part in clause.parts]
    return cosines + shares + said
