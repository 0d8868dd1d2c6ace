import json
from importlib import resources
from pathlib import Path

import numpy as np
import pytest

from assistant.confidence.model import question_vector, whole_text
from assistant.confidence.wording import Phrasing
from assistant.service import Assistant
from eval.fitting.confidence import NAMES, PRIOR, fit, fit_phrasing, out_of_fold, predict, prior_shift, samples
from index.encoder.encoder import Encoder


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
    model = json.loads(resources.files("assistant.confidence").joinpath("model.json").read_text(encoding="utf-8"))
    assert model["encoder"] == encoder.fingerprint
    for name in ("plain", "bare"):
        weights = model[name]["weights"]
        assert set(weights) == {"bias", *NAMES}
        assert all(weight >= 0 for key, weight in weights.items() if key != "bias")
        assert len(model[name]["vector"]) == encoder.dimension
        assert model[name]["runs"]


def test_the_bias_moves_to_the_share_of_questions_that_are_answered_in_use() -> None:
    as_in_use = np.arange(100) < 100 * PRIOR
    assert prior_shift(as_in_use) == pytest.approx(0)
    assert prior_shift(np.array([True, False])) == pytest.approx(np.log(PRIOR / (1 - PRIOR)))


def test_what_is_said_in_the_same_way_gets_the_weight(assistant: Assistant, tmp_path: Path) -> None:
    rows = [
        {
            "id": f"q{i}",
            "question": f"{clause.title[:12]}{'会怎样' if i % 2 else '有吗'}",
            "relevant": [] if i % 2 else [clause.id],
        }
        for i, clause in enumerate(assistant.corpus.clauses[:40])
    ]
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    judged = samples(assistant, file)
    weights = fit_phrasing(judged.phrased, judged.right)[-len(judged.runs) :]
    by_run = dict(zip(judged.runs, weights, strict=True))
    assert by_run["会怎样"] < 0 < by_run["有吗"]


def test_a_phrasing_counts_as_much_as_it_did_when_it_was_fitted(assistant: Assistant, tmp_path: Path) -> None:
    file = tmp_path / "questions.jsonl"
    rows = [
        {"id": f"q{i}", "question": q, "relevant": []}
        for i, q in enumerate(["首贷有贴息吗", "首贷贴息吗", "首贷有吗", "首贷吗"])
    ]
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    judged = samples(assistant, file)
    weights = np.random.default_rng(0).normal(size=judged.phrased.shape[1])
    dimension = len(weights) - len(judged.runs)
    model = Phrasing(weights[:dimension].astype(np.float32), dict(zip(judged.runs, weights[dimension:], strict=True)))
    found = assistant.look_up("首贷有贴息吗")
    vector = question_vector("首贷有贴息吗", assistant.index)
    said = whole_text(found, assistant.index)
    assert model.logit("首贷有贴息吗", vector, said) == pytest.approx(float((judged.phrased @ weights)[0]), abs=1e-4)
