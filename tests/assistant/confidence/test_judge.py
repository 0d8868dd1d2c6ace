from dataclasses import asdict

import pytest

from assistant.confidence.model import load_model
from assistant.service import Assistant


def test_confidence_is_the_models_probability_of_the_signals(assistant: Assistant) -> None:
    result = assistant.look_up("怎么申请首贷").result
    for hit in (result.hits[0], result.hits[7]):
        records = assistant.index.has_records(hit.clause)
        expected = load_model().probability(asdict(assistant.judge.signals(result, hit)), records=records)
        assert assistant.judge.confidence(result, hit) == expected
    assert assistant.judge.confidence(result) == assistant.judge.confidence(result, result.hits[0])


@pytest.mark.parametrize(("question", "confidence"), [("北京怎么申请首贷", 0), ("你好", 0), ("哈尔滨措施第33条", 1)])
def test_nothing_is_weighed_where_the_outcome_is_known(assistant: Assistant, question: str, confidence: float) -> None:
    result = assistant.look_up(question).result
    assert assistant.judge.confidence(result) == confidence


def test_without_records_the_other_weights_count(assistant: Assistant) -> None:
    bare = Assistant(assistant.index.without_plain(), assistant.settings)
    result = bare.look_up("怎么申请首贷").result
    expected = load_model().probability(asdict(bare.judge.signals(result)), records=False)
    assert bare.judge.confidence(result) == expected
