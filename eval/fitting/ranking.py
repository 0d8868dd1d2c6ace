"""The re-ranker's model, fitted so that the right clause of those found comes first.

A linear model under the listwise softmax (Cao et al., ICML 2007) with an L2 penalty on weights in units of each
feature's spread. Gradient-boosted trees (LambdaRank) and more features were no better; see docs/decisions.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from assistant.service import Assistant
from eval.fitting.adapter import look_up
from eval.questions.questionset import LabelledQuestion
from index.reranking.reranker import DEPTH

PENALTY = 0.001  # of a squared weight beside the mean loss of a question: from .0003 to .003 is as good out of fold
SPREAD = 15.0  # what the weights are divided by: logits in one unit of a fused score

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FoundList:
    """The first clauses found for one question."""

    features: Sequence[Mapping[str, float]]  # of each
    right: NDArray[np.bool_]  # [clauses]
    source: str  # what is left out together: the document that answers


@dataclass(frozen=True, slots=True)
class Ranked:
    """How often the right clause is first, and among the first three, of all answerable questions."""

    first: float
    first_three: float

    def __str__(self) -> str:
        return f"{self.first:.3f} / {self.first_three:.3f}"


def collect_lists(assistant: Assistant, questions: Sequence[LabelledQuestion]) -> list[FoundList]:
    """Of every answerable question what is found; one that is refused or names a clause is left out."""
    lists = []
    for question in questions:
        if not question.relevant:
            continue
        found = look_up(assistant, question)
        hits = [hit for hit in found.hits if hit.features][:DEPTH]
        right = np.array([hit.clause.id in question.relevant for hit in hits], dtype=bool)
        if not found.reading.references.ids:
            source = assistant.corpus.clause(question.relevant[0]).document_id
            lists.append(FoundList([hit.features for hit in hits], right, source))
    return lists


class RankingData:
    """Lists of several corpora as arrays."""

    def __init__(self, lists: Sequence[FoundList], weights: Sequence[float]) -> None:
        self.names = sorted({name for one in lists for features in one.features for name in features})
        self.values = np.array([[f.get(name, 0.0) for name in self.names] for one in lists for f in one.features])
        self.right = np.concatenate([one.right for one in lists]).astype(float)
        self.lengths = np.array([len(one.right) for one in lists])
        self.weights = np.array(weights)
        self.spread = self.values.std(axis=0)
        self.spread[self.spread < 1e-9] = np.inf

    def fit(self, chosen: NDArray[np.bool_]) -> Floats:
        """Weights [features], in units of their spread, by the chosen lists, bool [lists], that hold a right clause."""
        chosen = chosen & (self._sums(self.right) > 0)
        rows = np.repeat(chosen, self.lengths)
        design, lengths = self.values[rows] / self.spread, self.lengths[chosen]
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        wanted = self.right[rows] / np.repeat(np.add.reduceat(self.right[rows], starts), lengths)
        share = np.repeat(self.weights[chosen] / self.weights[chosen].sum(), lengths)

        def loss(weights: Floats) -> tuple[float, Floats]:
            scores = design @ weights
            scores -= np.repeat(np.maximum.reduceat(scores, starts), lengths)
            logs = scores - np.repeat(np.log(np.add.reduceat(np.exp(scores), starts)), lengths)
            gradient = design.T @ (share * (np.exp(logs) - wanted)) + 2 * PENALTY * weights
            return float(-(share * wanted) @ logs + PENALTY * weights @ weights), gradient

        found: Floats = minimize(loss, np.zeros(design.shape[1]), jac=True, method="L-BFGS-B").x
        return found

    def ranks(self, weights: Floats) -> NDArray[np.int64]:
        """Of each list the rank of its first right clause, from 1; one that holds none has the largest number."""
        scores = self.values / self.spread @ weights
        found = np.full(len(self.lengths), np.iinfo(np.int64).max)
        for number, (start, length) in enumerate(zip(self._starts(), self.lengths, strict=True)):
            if self.right[start : start + length].any():
                order = np.argsort(-scores[start : start + length], kind="stable")
                found[number] = 1 + int(np.argmax(self.right[start : start + length][order]))
        return found

    def to_table(self, weights: Floats) -> dict[str, Any]:
        """The model as `model.json` holds it; its mean score over the first clauses is that of the fused score."""
        raw = weights / self.spread / SPREAD
        named = {name: round(float(w), 5) for name, w in zip(self.names, raw, strict=True) if abs(w) > 1e-5}
        scores = self.values @ raw
        best = np.array([scores[s : s + n].max() for s, n in zip(self._starts(), self.lengths, strict=True) if n])
        fused = self.values[:, self.names.index("fused")]
        first = np.array([fused[s : s + n].max() for s, n in zip(self._starts(), self.lengths, strict=True) if n])
        return {"bias": round(float(first.mean() - best.mean()), 5), "temperature": 1 / SPREAD, "weights": named}

    def _starts(self) -> NDArray[np.int64]:
        return np.concatenate([[0], np.cumsum(self.lengths)[:-1]])

    def _sums(self, values: Floats) -> Floats:
        ends = np.concatenate([[0], np.cumsum(values)])
        starts = self._starts()
        return np.asarray(ends[starts + self.lengths] - ends[starts])


def ranked(ranks: NDArray[np.int64]) -> Ranked:
    """Figures of these ranks."""
    return Ranked(float((ranks == 1).mean()), float((ranks <= 3).mean()))
