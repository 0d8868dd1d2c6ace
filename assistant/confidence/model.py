"""How likely the best clause answers the question: a logistic model over evidence one can look at.

Fused scores only order clauses of one question. Whether the best of them answers is decided on the signals of
signals.py, with weights for clauses with plain-language records, with records that hold few ways of asking, and
without. `model.json` is fitted by `python -m eval.fitting` on this project's own questions.
"""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from assistant.confidence.wording import WordingModel


@dataclass(frozen=True, slots=True)
class WordingModels:
    """The models of how a question is put."""

    with_records: WordingModel
    without_records: WordingModel

    def of(self, *, records: bool) -> WordingModel:
        """The one for clauses with plain-language records, or without."""
        return self.with_records if records else self.without_records


@dataclass(frozen=True, slots=True)
class ConfidenceModel:
    """Weights of the signals by name, with a bias, and the wording models that one of the signals comes from."""

    with_records: Mapping[str, float]
    few_records: Mapping[str, float]
    without_records: Mapping[str, float]
    wording: WordingModels

    def probability(self, signals: Mapping[str, float], *, records: bool, few: bool = False) -> float:
        """Calibrated probability that the clause answers, 0..1; `few`: whether its records hold few ways of asking."""
        weights = self._weights(records=records, few=few)
        logit: float = weights["bias"] + sum(weights[name] * value for name, value in signals.items())
        return 1 / (1 + math.exp(-logit))

    def counted(self, *, records: bool, few: bool) -> frozenset[str]:
        """The names of the signals that have a weight there; whatever the others are, they change nothing."""
        return frozenset(name for name, weight in self._weights(records=records, few=few).items() if weight)

    def _weights(self, *, records: bool, few: bool) -> Mapping[str, float]:
        return (self.few_records if few else self.with_records) if records else self.without_records


def _content() -> str:
    return resources.files("assistant.confidence").joinpath("model.json").read_text(encoding="utf-8")


@cache
def fingerprint() -> str:
    """Sixteen hexadecimal digits of the shipped model."""
    return hashlib.sha256(_content().encode()).hexdigest()[:16]


@cache
def load_model() -> ConfidenceModel:
    """The shipped model."""
    table: Mapping[str, Any] = json.loads(_content())
    wording = [
        WordingModel(np.array(table[name]["vector"], dtype=np.float32), table[name]["ngrams"])
        for name in ("with_records", "without_records")
    ]
    return ConfidenceModel(
        table["with_records"]["weights"],
        table["few_records"]["weights"],
        table["without_records"]["weights"],
        WordingModels(*wording),
    )
