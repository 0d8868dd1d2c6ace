from dataclasses import asdict, fields, replace

import pytest

from assistant.confidence.model import ConfidenceModel, WordingModels, load_model
from assistant.confidence.signals import Signals

NAMES = [field.name for field in fields(Signals)]
MIDDLING = Signals(0.5, 0.7, 0.6, 1.0, 1.0, 1.0, 1.0, 0.5, -0.5)


KINDS = pytest.mark.parametrize(("records", "few"), [(True, False), (True, True), (False, False)])


@KINDS
def test_the_probability_is_the_logistic_of_the_weighted_sum(records: bool, few: bool) -> None:
    weights = {"bias": -1.0, "cosine": 3.0, "wording": 0.5}
    with_records, few_records, without = (weights if one else {} for one in (records and not few, few, not records))
    model = ConfidenceModel(with_records, few_records, without, load_model().wording)
    assert model.probability({"cosine": 0.5, "wording": -1.0}, records=records, few=few) == pytest.approx(0.5)
    assert model.probability({"cosine": 1.0, "wording": 0.0}, records=records, few=few) == pytest.approx(0.880797)


def test_the_model_weighs_every_signal_and_nothing_else() -> None:
    model = load_model()
    for weights in (model.with_records, model.few_records, model.without_records):
        assert set(weights) == {"bias", *NAMES}


@KINDS
@pytest.mark.parametrize("name", NAMES)
def test_no_signal_lowers_confidence_by_growing(name: str, records: bool, few: bool) -> None:
    model, more = load_model(), replace(MIDDLING, **{name: getattr(MIDDLING, name) + 0.1})
    least = model.probability(asdict(MIDDLING), records=records, few=few)
    assert model.probability(asdict(more), records=records, few=few) >= least


def test_clauses_with_and_without_records_have_wording_models_of_their_own() -> None:
    wording = load_model().wording
    assert isinstance(wording, WordingModels)
    assert wording.of(records=True) is wording.with_records
    assert wording.of(records=False) is wording.without_records
    assert wording.with_records.ngrams != wording.without_records.ngrams


@KINDS
def test_signals_that_are_not_counted_change_nothing(records: bool, few: bool) -> None:
    model = load_model()
    counted = model.counted(records=records, few=few)
    only = {name: value if name in counted else 0.0 for name, value in asdict(MIDDLING).items()}
    assert model.probability(only, records=records, few=few) == model.probability(
        asdict(MIDDLING), records=records, few=few
    )
    assert counted < {"bias", *NAMES}
