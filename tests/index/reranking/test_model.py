import numpy as np
import pytest

from index.reranking.model import RerankingModel, load_model


def test_a_score_is_the_weighted_sum_and_what_the_model_does_not_know_counts_for_nothing() -> None:
    model = RerankingModel(0.5, {"a": 2.0, "b": -1.0, "absent": 9.0}, 0.1)
    features = {"a": np.array([1.0, 2.0]), "b": np.array([0.5, 0.0], np.float32), "unknown": np.array([7.0, 7.0])}
    assert model.scores(features, 2) == pytest.approx([2.0, 4.5])
    assert model.scores({}, 3).tolist() == [0.5] * 3


def test_the_shipped_model_is_read_once_and_finite() -> None:
    model = load_model()
    assert model is load_model()
    assert np.isfinite([model.bias, model.temperature, *model.weights.values()]).all()
    assert model.temperature > 0
    assert model.weights["preferred_place"] > 0
