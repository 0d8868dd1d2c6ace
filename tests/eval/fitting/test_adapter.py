import numpy as np
import pytest

from assistant.confidence.wording import WordingModel
from assistant.service import Assistant
from eval.fitting.adapter import SIGNALS, answer_under, collect
from eval.fitting.confidence import to_arrays
from eval.questions.questionset import LabelledQuestion


def _questions(*texts: str) -> list[LabelledQuestion]:
    return [LabelledQuestion(f"q{i}", text, ("anhui-2023-4:1.3",)) for i, text in enumerate(texts)]


def test_only_questions_that_are_judged_by_what_is_found_are_samples(assistant: Assistant) -> None:
    samples = collect(
        assistant, _questions("首贷怎么申请", "第26条讲什么", "你好", "垃圾分类怎么分", "深圳首贷怎么申请")
    )
    assert [sample.right for sample in samples] == [True, False]
    assert all(sample.answerable for sample in samples)
    assert all(tuple(sample.signals) == SIGNALS for sample in samples)
    assert all(np.linalg.norm(sample.vector) == pytest.approx(1, abs=1e-4) for sample in samples)


def test_a_wording_counts_as_much_as_it_did_when_it_was_fitted(assistant: Assistant) -> None:
    arrays = to_arrays(collect(assistant, _questions("首贷有贴息吗", "首贷贴息吗", "首贷有吗", "首贷吗")))
    weights = np.random.default_rng(0).normal(size=arrays.wording.shape[1])
    dimension = len(weights) - len(arrays.ngrams)
    by_ngram = dict(zip(arrays.ngrams, weights[dimension:], strict=True))
    model = WordingModel(weights[:dimension].astype(np.float32), by_ngram)
    found = assistant.look_up("首贷有贴息吗").result
    clause = assistant.index.view(found.hits[0].clause).normal_with_records
    logit = model.logit(found.reading.normal, found.reading.alone.vector, clause)
    assert logit == pytest.approx(float((arrays.wording @ weights)[0]), abs=1e-4)


def test_changed_thresholds_change_the_answer_and_no_change_changes_nothing(assistant: Assistant) -> None:
    (question,) = _questions("哈尔滨和滁州的不动产登记有什么不同")
    answer = answer_under(assistant)
    assert answer(question, {}).text == assistant.ask(question.question).text
    wide, narrow = (dict.fromkeys(("side_by_side", "equally_good"), value) for value in (0.0, 1.0))
    cited = [{citation.clause_id for citation in answer(question, one).citations} for one in (wide, narrow)]
    assert len(cited[0]) > len(cited[1]) > 0
