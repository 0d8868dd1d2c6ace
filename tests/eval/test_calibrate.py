import json
from importlib import resources

import numpy as np
import pytest

from eval.calibrate import NAMES, fit, out_of_fold, predict
from index.encoder import Encoder


def test_a_signal_that_tells_gets_weight_and_one_that_misleads_gets_none() -> None:
    numbers = np.random.default_rng(1)
    right = numbers.random(400) < 0.5
    telling = right + numbers.normal(0, 0.7, 400)
    misleading = -1.0 * right + numbers.normal(0, 0.7, 400)
    weights = fit(np.column_stack([telling, misleading]), right)
    assert weights[1] > 1
    assert weights[2] == 0


def test_probabilities_match_the_shares_they_stand_for() -> None:
    numbers = np.random.default_rng(2)
    signal = numbers.random(4000)
    right = numbers.random(4000) < signal
    predicted = out_of_fold(signal[:, None], right)
    assert predicted.mean() == pytest.approx(right.mean(), abs=0.02)
    assert right[predicted > 0.8].mean() > 0.8


def test_a_prediction_is_a_probability() -> None:
    assert predict(np.array([0.0, 2.0]), np.array([[-1.0], [0.0], [1.0]])).tolist() == pytest.approx(
        [0.1192, 0.5, 0.8808], abs=1e-4
    )


def test_the_shipped_model_was_fitted_to_the_shipped_encoder_and_signals(encoder: Encoder) -> None:
    model = json.loads(resources.files("assistant").joinpath("confidence.json").read_text(encoding="utf-8"))
    assert model["encoder"] == encoder.fingerprint
    assert set(model["plain"]) == set(model["bare"]) == {"bias", *NAMES}
    assert all(weight >= 0 for name in ("plain", "bare") for key, weight in model[name].items() if key != "bias")
