"""A linear model of features: what each is worth beside the fused score.

`model.json` is fitted by `python -m eval.fitting` so that, of the clauses found for a question, the right one comes
first: the listwise softmax of Cao et al., "Learning to Rank" (ICML 2007). The weights are divided by one number, so
that scores lie about where fused scores do.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class RerankingModel:
    """score = bias + sum of weight × feature; one that is absent counts for nothing."""

    bias: float
    weights: Mapping[str, float]
    temperature: float  # of the softmax over scores that the weights were fitted by

    def scores(self, features: Mapping[str, Values], size: int) -> NDArray[np.float64]:
        """Of `size` clauses from features of as many, float64 [size]; higher is better."""
        total = np.full(size, self.bias)
        for name, values in features.items():
            if weight := self.weights.get(name):
                total += weight * values
        return total


@cache
def load_model() -> RerankingModel:
    """The shipped model."""
    table = json.loads(resources.files("index.reranking").joinpath("model.json").read_text(encoding="utf-8"))
    return RerankingModel(table["bias"], table["weights"], table["temperature"])
