import json
from importlib import resources

import numpy as np
import pytest
from scipy.optimize import minimize

from eval.fitting.adapter import MODELS, NGRAMS, SIGNALS, WORDING, Sample
from eval.fitting.confidence import (
    FOLDS,
    LEAST_SEEN,
    PRIOR,
    WORDING_PENALTY,
    Floats,
    fit,
    fit_wording,
    importance,
    left_out,
    out_of_fold,
    predict,
    to_arrays,
    to_table,
    with_wording,
)
from index.encoder.encoder import Encoder


def _samples(number: int = 60) -> list[Sample]:
    """Questions that are right where they say 有吗 and wrong where they say 会怎样."""
    rng = np.random.default_rng(4)
    return [
        Sample(
            signals={name: float(rng.random()) for name in SIGNALS},
            vector=rng.normal(0, 0.1, 4),
            ngrams=["首贷", "有吗" if i % 2 else "会怎样", f"只有{i}"],
            answerable=bool(i % 2),
            right=bool(i % 2),
        )
        for i in range(number)
    ]


def test_a_signal_that_tells_gets_weight_and_one_that_misleads_gets_none() -> None:
    numbers = np.random.default_rng(1)
    right = numbers.random(400) < 0.5
    telling = right + numbers.normal(0, 0.7, 400)
    misleading = -1.0 * right + numbers.normal(0, 0.7, 400)
    weights = fit(np.column_stack([telling, misleading]), right, np.ones(400))
    assert weights[1] > 1
    assert weights[2] == 0


def test_a_signal_that_never_changes_gets_no_weight() -> None:
    right = np.arange(40) % 2 == 0
    weights = fit(np.column_stack([right + np.arange(40) / 40, np.full(40, 0.7)]), right, np.ones(40))
    assert weights[1] > 0
    assert weights[2] == 0


def test_probabilities_match_the_shares_they_stand_for() -> None:
    numbers = np.random.default_rng(2)
    signal = numbers.random(4000)
    right = numbers.random(4000) < signal
    predicted = out_of_fold(signal[:, None], right, np.ones(4000))
    assert predicted.mean() == pytest.approx(right.mean(), abs=0.02)
    for low in (0.2, 0.4, 0.6):
        inside = (predicted > low) & (predicted <= low + 0.2)
        assert right[inside].mean() == pytest.approx(predicted[inside].mean(), abs=0.07)


def test_a_prediction_is_the_logistic_of_the_weighted_signals() -> None:
    assert predict(np.array([0.0, 2.0]), np.array([[-1.0], [0.0], [1.0]])).tolist() == pytest.approx(
        [0.1192, 0.5, 0.8808], abs=1e-4
    )


def test_the_wording_model_minimises_the_mean_loss_and_its_penalty() -> None:
    samples = to_arrays(_samples())
    sign = np.where(samples.right, 1.0, -1.0)

    def loss(weights: Floats) -> float:
        margin = sign * (weights[0] + samples.wording @ weights[1:])
        return float(np.logaddexp(0, -margin).mean() + WORDING_PENALTY * weights[1:] @ weights[1:])

    expected = minimize(loss, np.zeros(samples.wording.shape[1] + 1)).x
    assert fit_wording(samples.wording, samples.answerable, samples.weights) == pytest.approx(expected[1:], abs=0.01)


def test_what_is_said_in_the_same_way_gets_the_weight() -> None:
    samples = to_arrays(_samples())
    assert list(samples.ngrams) == ["会怎样", "有吗", "首贷"], (
        f"an n-gram in fewer than {LEAST_SEEN} questions has none"
    )
    weights = dict(
        zip(samples.ngrams, fit_wording(samples.wording, samples.answerable, samples.weights)[-3:], strict=True)
    )
    assert weights["会怎样"] < 0 < weights["有吗"]


def test_the_wording_of_a_question_comes_from_a_model_fitted_without_it() -> None:
    samples = to_arrays(_samples())
    values = with_wording(samples)
    column = SIGNALS.index(WORDING)
    assert np.array_equal(np.delete(values, column, axis=1), np.delete(samples.values, column, axis=1))
    turned = to_arrays(
        [*_samples()[:-1], Sample(_samples()[-1].signals, np.zeros(4), ["会怎样"], answerable=True, right=True)]
    )
    mine, others = with_wording(turned)[:, column], values[:, column]
    fold = np.random.default_rng(0).permutation(60) % FOLDS == (np.random.default_rng(0).permutation(60) % FOLDS)[-1]
    fold[-1] = False
    assert mine[fold] == pytest.approx(others[fold]), "its own label does not reach the others of its fold"


def test_samples_count_so_that_as_many_are_answerable_as_in_use() -> None:
    samples = _samples()[:50] + [one for one in _samples() if not one.answerable]
    weights = importance(samples, 0.5)
    answerable = np.array([one.answerable for one in samples])
    assert weights[answerable].sum() / weights.sum() == pytest.approx(PRIOR)
    assert weights.sum() == pytest.approx(0.5 * len(samples))
    assert importance([one for one in samples if one.answerable]).tolist() == [1.0] * int(answerable.sum())


def test_a_sample_of_weight_two_counts_as_two() -> None:
    numbers = np.random.default_rng(3)
    values, right = numbers.random((40, 2)), numbers.random(40) < 0.5
    twice = fit(np.concatenate([values, values[:10]]), np.concatenate([right, right[:10]]), np.ones(50))
    weighted = fit(values, right, np.r_[np.full(10, 2.0), np.ones(30)])
    assert weighted == pytest.approx(twice, rel=0.1, abs=0.05), "but for the spread, which every row counts once in"


def test_who_is_left_out_is_judged_by_a_model_of_the_others() -> None:
    samples = to_arrays(_samples())
    others = np.arange(60) < 40
    found = left_out(samples, with_wording(samples), others)
    assert found.shape == (20,)
    assert found[samples.right[~others]].min() > found[~samples.right[~others]].max()


def test_the_table_holds_weights_by_name_and_leaves_light_ngrams_out() -> None:
    samples = to_arrays(_samples())
    table = to_table(samples, with_wording(samples))
    assert list(table["weights"]) == ["bias", *SIGNALS]
    assert len(table["vector"]) == 4
    assert {"会怎样", "有吗"} <= set(table[NGRAMS])
    assert all(abs(weight) >= 0.005 for weight in table[NGRAMS].values())


def test_the_shipped_model_was_fitted_to_the_shipped_encoder_and_signals(encoder: Encoder) -> None:
    model = json.loads(resources.files("assistant.confidence").joinpath("model.json").read_text(encoding="utf-8"))
    assert model["encoder"] == encoder.fingerprint
    for name in MODELS:
        weights = model[name]["weights"]
        assert set(weights) == {"bias", *SIGNALS}
        assert all(weight >= 0 for key, weight in weights.items() if key != "bias")
        assert len(model[name]["vector"]) == encoder.dimension
        assert model[name][NGRAMS]
