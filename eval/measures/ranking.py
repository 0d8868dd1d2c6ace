"""Ranking measures as values: each has a printed name, a definition and a source.

Computed by ir_measures (trec_eval underneath), so the figures are those of the literature; docs/decisions.md says
why. All lie in 0..1, higher is better, and a question with no result counts 0.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import ir_measures
import numpy as np
from ir_measures import RR, R, Success, nDCG
from numpy.typing import NDArray

_TREC = "trec_eval, NIST"
_MRR = "Voorhees, The TREC-8 Question Answering Track Report, 1999"
_NDCG = "Järvelin & Kekäläinen, Cumulated gain-based evaluation of IR techniques, TOIS 20(4), 2002"
_ANY = "1 where a relevant clause stands in the first {k}, else 0; many papers call this recall@{k}"
_SHARE = "share of the relevant clauses that stand in the first {k}"


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure per question; over questions, their mean."""

    name: str
    definition: str
    citation: str
    metric: ir_measures.Measure


RANKING = (
    *(Measure(f"success@{k}", _ANY.format(k=k), _TREC, Success @ k) for k in (1, 3, 5)),
    *(Measure(f"recall@{k}", _SHARE.format(k=k), _TREC, R @ k) for k in (5, 10, 100)),
    Measure("mrr@10", "1 / rank of the first relevant clause in the first 10, else 0", _MRR, RR @ 10),
    Measure(
        "ndcg@10", "sum of 1 / log2(rank + 1) over relevant clauses in the first 10, by its maximum", _NDCG, nDCG @ 10
    ),
)
DEPTH = 100  # results a search must return for every measure above to be exact


def per_question(
    relevant: Sequence[Collection[str]], found: Sequence[Sequence[str]], measures: Sequence[Measure] = RANKING
) -> NDArray[np.float64]:
    """Values of shape [questions, measures].

    `relevant[i]` are the ids that answer question i, never empty; `found[i]` the ids returned, best first.
    Raises ValueError where a question has no relevant id: ranking measures are undefined for it.
    """
    if not all(relevant):
        raise ValueError("a question without relevant ids has no ranking measure; leave it out")
    truth = {str(row): dict.fromkeys(ids, 1) for row, ids in enumerate(relevant)}
    run = {str(row): _descending(ids) for row, ids in enumerate(found)}
    column = {measure.metric: number for number, measure in enumerate(measures)}
    values = np.zeros((len(relevant), len(measures)))
    for value in ir_measures.iter_calc(list(column), truth, run) if truth else ():
        values[int(value.query_id), column[value.measure]] = value.value
    return values


def _descending(ids: Sequence[str]) -> Mapping[str, float]:
    """Scores that repeat the order given: trec_eval sorts by score and would break ties its own way."""
    return {id_: -float(rank) for rank, id_ in reversed(list(enumerate(ids)))}
