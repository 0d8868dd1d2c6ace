"""Choosing what to quote: the parts or sentences of a clause that speak to the question.

A passage is judged by its meaning (cosine with the question, under its clause's title), by the question's own words in
it and, a part, by its plain-language record; each is at most 1, higher is better.
"""

from collections.abc import Collection
from dataclasses import dataclass

from corpus.clause import Clause, Part
from index.index import Index
from index.query import Query
from index.view import ClauseView

# How far below the best a passage may stay and still belong to the answer, for a question that asks for the whole
# clause: one whose every word has its counterpart in the title. The more it asks beyond the title, the less.
MARGIN = 0.6
MOST = 3  # quotes from one clause
WHOLE = 250  # characters up to which a clause without points is quoted whole: its plain sentence is about all of it


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stretch of a document (依据): `document.text[start:end]`, inside its clause."""

    clause: Clause
    part: Part | None
    start: int
    end: int


def choose_evidence(question: str, clause: Clause, index: Index, named: Collection[str] = ()) -> list[Evidence]:
    """The passages of one clause worth quoting, in the order of the text; never empty.

    `named` are ids of clauses and parts that were asked for as such: they are quoted whole, point by point where a
    clause has points.
    """
    if clause.id in named and clause.parts:
        return [Evidence(clause, part, part.start, part.end) for part in clause.parts]
    if clause.id in named:
        return [Evidence(clause, None, clause.start, clause.end)]
    for part in clause.parts:
        if part.id in named:
            return [Evidence(clause, part, part.start, part.end)]
    view, query = index.view(clause), index.read([question])[0]
    passages = [(passage.start, passage.end) for passage in view.passages]
    if not clause.parts and len(clause.text) <= WHOLE:
        return [Evidence(clause, None, passages[0][0], passages[-1][1])]
    strengths = _strengths(query, view, index)
    floor = max(strengths) - MARGIN * max(index.maxsim_text(query, clause.title), 0.0)
    if clause.parts:
        best = sorted(range(len(passages)), key=lambda i: (-strengths[i], i))[:MOST]
        kept = sorted(i for i in best if strengths[i] >= floor)
        return [Evidence(clause, clause.parts[i], *passages[i]) for i in kept]
    kept = [i for i, strength in enumerate(strengths) if strength >= floor]
    # Sentences between two that are quoted are quoted too: a quote is one unbroken stretch.
    return [Evidence(clause, None, passages[kept[0]][0], passages[kept[-1]][1])]


def _strengths(query: Query, view: ClauseView, index: Index) -> list[float]:
    cosines = view.passage_vectors @ query.vector
    asked = frozenset(query.tokens)
    shares = [index.idf_share(asked, passage.tokens) for passage in view.passages]
    told = index.by_part(query, view.clause) if view.clause.parts else {}
    return [float(cosines[i]) + shares[i] + told.get(i, 0.0) for i in range(len(shares))]
