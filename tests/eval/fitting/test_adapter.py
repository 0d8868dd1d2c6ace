import numpy as np
import pytest

from assistant.confidence.wording import Phrasing
from assistant.service import Assistant
from corpus.errors import InputError
from eval.fitting.adapter import SIGNALS, answer_under, collect
from eval.fitting.confidence import to_arrays
from eval.questions.questionset import LabelledQuestion


def _questions(*texts: str) -> list[LabelledQuestion]:
    return [LabelledQuestion(f"q{i}", text, ("anhui-2023-4:1.3",)) for i, text in enumerate(texts)]


def test_only_questions_that_are_judged_by_what_is_found_are_samples(assistant: Assistant) -> None:
    samples = collect(assistant, _questions("首贷怎么申请", "第26条讲什么", "你好", "垃圾分类怎么分"))
    assert [sample.right for sample in samples] == [True, False]
    assert all(tuple(sample.signals) == SIGNALS for sample in samples)
    assert all(np.linalg.norm(sample.vector) == pytest.approx(1, abs=1e-4) for sample in samples)


def test_a_wording_counts_as_much_as_it_did_when_it_was_fitted(assistant: Assistant) -> None:
    samples = collect(assistant, _questions("首贷有贴息吗", "首贷贴息吗", "首贷有吗", "首贷吗"))
    arrays = to_arrays(samples)
    weights = np.random.default_rng(0).normal(size=arrays.wording.shape[1])
    dimension = len(weights) - len(arrays.ngrams)
    model = Phrasing(weights[:dimension].astype(np.float32), dict(zip(arrays.ngrams, weights[dimension:], strict=True)))
    known = {ngram for ngram in samples[0].ngrams if ngram in model.runs}
    assert known
    weight = sum(model.runs[ngram] for ngram in known) * 8 / np.sqrt(len(samples[0].ngrams))
    expected = weight + samples[0].vector @ weights[:dimension]
    assert float((arrays.wording @ weights)[0]) == pytest.approx(expected, abs=1e-6)


def test_the_shipped_thresholds_give_the_shipped_answer(assistant: Assistant) -> None:
    (question,) = _questions("首贷怎么申请")
    assert answer_under(assistant)(question, {}).text == assistant.ask(question.question).text
    with pytest.raises(InputError, match="thresholds"):
        answer_under(assistant)(question, {"stands_alone": 0.5})
