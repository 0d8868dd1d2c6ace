from dataclasses import asdict, fields, replace

import pytest

from assistant.confidence.model import ConfidenceModel, WordingModels, load_model
from assistant.confidence.signals import Signals

NAMES = [field.name for field in fields(Signals)]
MIDDLING = Signals(0.5, 0.7, 0.6, 1.0, 1.0, 1.0, 1.0, 0.5, -0.5)


@pytest.mark.parametrize("records", [True, False])
def test_the_probability_is_the_logistic_of_the_weighted_sum(records: bool) -> None:
    weights = {"bias": -1.0, "cosine": 3.0, "wording": 0.5}
    model = ConfidenceModel(weights if records else {}, {} if records else weights, load_model().wording)
    assert model.probability({"cosine": 0.5, "wording": -1.0}, records=records) == pytest.approx(0.5)
    assert model.probability({"cosine": 1.0, "wording": 0.0}, records=records) == pytest.approx(0.880797)


@pytest.mark.parametrize("records", [True, False])
def test_the_model_weighs_every_signal_and_nothing_else(records: bool) -> None:
    model = load_model()
    weights = model.with_records if records else model.without_records
    assert set(weights) == {"bias", *NAMES}


@pytest.mark.parametrize("records", [True, False])
@pytest.mark.parametrize("name", NAMES)
def test_no_signal_lowers_confidence_by_growing(name: str, records: bool) -> None:
    model, more = load_model(), replace(MIDDLING, **{name: getattr(MIDDLING, name) + 0.1})
    least = model.probability(asdict(MIDDLING), records=records)
    assert model.probability(asdict(more), records=records) >= least


def test_clauses_with_and_without_records_have_wording_models_of_their_own() -> None:
    wording = load_model().wording
    assert isinstance(wording, WordingModels)
    assert wording.of(records=True) is wording.with_records
    assert wording.of(records=False) is wording.without_records
    assert wording.with_records.ngrams != wording.without_records.ngrams
