"""Choosing what to quote: the points and sentences of a clause that answer, with what belongs to them.

A unit is judged as the first clauses are put in order: by a linear model over how the question's words match it
(`evidence.json`), here with the cosine of its plain-language record too. Scores are logarithms of odds over four.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from assistant.composition.bounds import amounts_in, bounds_in
from assistant.composition.stretches import Evidence, items_of, joined, nearest_first
from assistant.composition.whose_places import elsewhere
from corpus.clause import Clause
from index.index import Index
from index.query import Query
from index.quotable import Unit, body_of
from index.reranking.model import RerankingModel
from index.text.normalizer import normalize

MAX_QUOTES = 3  # from one clause: more is no longer read, and the whole clause is a click away
WHOLE = 350  # characters up to which a clause is quoted whole, unless points of it answer alone
LIST = 300  # characters up to which a list is quoted in one stretch, where its first words are what answers
_ITEMS = 2  # of a longer one, items quoted with them
_BOUND = 1.0  # by how much a unit with a bound for a number of the question comes before others
_ELSEWHERE = 0.5  # by how much a unit about another place than that asked for stays behind one about this
_SENTENCES = 2.0  # how much further than a point a sentence may stay below the best: it claims no address of its own


def choose_evidence(
    query: Query,
    clause: Clause,
    index: Index,
    margin: float,
    named: Collection[str] = (),
    *,
    places: Sequence[str] = (),
    model: RerankingModel | None = None,
) -> list[Evidence]:
    """The stretches of one clause worth quoting, the nearest first, behind it the others as they stand; never empty.

    `named` are ids of clauses and parts that were asked for as such: they are quoted whole, each word once. `margin` is
    how far below the best a point may stay and still be quoted. Where the clause says what one of the `places` asked
    about does, what others do stands behind. The shipped model unless another is given, to measure it.
    """
    if clause.id in named:
        return list(_whole(clause))
    if asked := [part for part in clause.all_parts() if part.id in named]:
        return [Evidence(clause, part, part.start, part.end) for part in asked]
    units = index.units(clause).all
    if len(units) == 1 or (not clause.parts and len(clause.text) <= WHOLE):
        return [Evidence(clause, None, *body_of(clause))]
    scores = (model or load_model()).scores(unit_features(query, clause, index), len(units))
    if kinds := {one.kind for one in amounts_in(query.normal)}:
        scores = scores + _BOUND * np.array([any(b.kind in kinds for b in bounds_in(normalize(u.text))) for u in units])
    if places:
        scores = scores - _ELSEWHERE * elsewhere([unit.text for unit in units], clause.jurisdiction, places)
    return quote_units(clause, units, scores, margin)


def quote_units(clause: Clause, units: Sequence[Unit], scores: NDArray[np.float64], margin: float) -> list[Evidence]:
    """What to quote of a clause whose units have these scores, [units]; higher is better."""
    behind = scores.max() - scores
    order = np.argsort(behind, kind="stable").tolist()
    best = order[0]
    if len(clause.text) <= WHOLE and not _answer_alone([units[i] for i in order if behind[i] <= margin]):
        return [Evidence(clause, None, *body_of(clause))]
    near = [i for i in order if behind[i] <= (margin if units[i].is_part else _SENTENCES * margin)]
    items = items_of(units, best)
    if items and units[items[-1]].end - units[best].start <= LIST:
        return [Evidence(clause, units[best].part, units[best].start, units[items[-1]].end)]
    few = [i for i in order if i in items][:_ITEMS]
    found = joined(clause, units, list(dict.fromkeys([best, *few, *near]))[:MAX_QUOTES], MAX_QUOTES)
    return nearest_first(found, units[best])


def _answer_alone(best: Sequence[Unit]) -> bool:
    """Whether these are points that are read without the rest of a short clause: of a list one, else a few."""
    few = len(best) == 1 or (len(best) <= MAX_QUOTES and not any(unit.under for unit in best))
    return few and all(unit.is_part for unit in best)


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


def unit_features(query: Query, clause: Clause, index: Index) -> dict[str, NDArray[np.floating]]:
    """By name, how each unit of a clause speaks to the question, [units]; `record` where points of it have records."""
    units = index.units(clause).all
    features = index.match_units(query, clause)
    if clause.parts and (of_part := index.by_part(query, clause)):
        order = {part.id: position for position, part in enumerate(clause.all_parts())}
        features["record"] = np.array([of_part.get(order[u.part.id], 0.0) if u.part else 0.0 for u in units])
    return features


@cache
def load_model() -> RerankingModel:
    """The shipped model."""
    file = resources.files("assistant.composition").joinpath("evidence.json")
    table = json.loads(file.read_text(encoding="utf-8"))
    return RerankingModel(0.0, table["weights"], table["temperature"])
