"""How likely the best clause answers the question: a logistic model over evidence one can look at.

Fused scores only order clauses of one question; whether the best of them answers is decided on what each leg
saw. The weights in `confidence.json` are fitted by `python -m eval.calibrate` on this project's own questions.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources

from index import bm25, dense
from index.alignment import Alignment, aligned_text
from index.retriever import Hit
from index.tokenizer import token_set


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for the best hit; each field, taken alone, grows with the likelihood that it answers."""

    cosine: float  # of the question and the best unit of the clause, -1..1
    cosine_lead: float  # over the best other clause
    words: float  # share of the question's idf mass found in the clause, 0..1
    counterparts: float  # mean over the question's words of the cosine with the nearest word of the clause
    agreement: float  # 1 / worse rank of the clause in the two legs, 0..1


def signals(query: str, hits: Sequence[Hit], alignment: Alignment) -> Signals:
    """Signals for the first of `hits`, which must not be empty."""
    best = hits[0]
    cosines = [hit.legs[dense.NAME].score for hit in hits[1:] if dense.NAME in hit.legs]
    cosine = best.legs[dense.NAME].score if dense.NAME in best.legs else 0.0
    ranks = [leg.rank for leg in best.legs.values()]
    return Signals(
        cosine=cosine,
        cosine_lead=cosine - max(cosines, default=0.0),
        words=alignment.index.text.lexical.weights.share(token_set(query), token_set(best.clause.text)),
        counterparts=alignment.scores(query, [aligned_text(best.clause)])[0],
        agreement=1 / max(ranks) if {bm25.NAME, dense.NAME} <= best.legs.keys() else 0.0,
    )


@cache
def _model() -> Mapping[str, Mapping[str, float]]:
    text = resources.files("assistant").joinpath("confidence.json").read_text(encoding="utf-8")
    model: Mapping[str, Mapping[str, float]] = json.loads(text)
    return model


def probability(evidence: Signals, language: str) -> float:
    """Calibrated probability that the clause answers, 0..1; a model per language, since BM25 is blind to English."""
    weights = _model()[language]
    logit = weights["bias"] + sum(weights[name] * value for name, value in asdict(evidence).items())
    return 1 / (1 + math.exp(-logit))
