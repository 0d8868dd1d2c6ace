from collections.abc import Sequence

import pytest

from assistant.confidence.calibration import Calibration
from assistant.confidence.model import fingerprint
from assistant.service import Assistant
from corpus.errors import InputError
from eval.fitting.calibration import FEWEST, calibrate
from eval.questions.questionset import LabelledQuestion


def _asked(assistant: Assistant, *, answerable: bool) -> Sequence[LabelledQuestion]:
    """Every clause by its title, labelled as answered by it or by nothing."""
    return [
        LabelledQuestion(f"{answerable}{i}", f"{clause.title}怎么办理", (clause.id,) if answerable else ())
        for i, clause in enumerate(assistant.corpus.clauses)
    ]


def test_where_the_documents_answer_less_than_thought_confidence_sinks(assistant: Assistant) -> None:
    right, wrong = _asked(assistant, answerable=True), _asked(assistant, answerable=False)
    few, many = calibrate(assistant, [*right, *wrong]), calibrate(assistant, [*right, *wrong[:15]])
    assert few.calibration.shift < many.calibration.shift
    assert few.calibration(0.9) < many.calibration(0.9)
    assert few.after.error < few.before.error
    assert few.calibration.model == fingerprint()
    assert few.calibration.questions > FEWEST


def test_too_few_questions_are_refused_with_the_number_wanted(assistant: Assistant) -> None:
    right, wrong = _asked(assistant, answerable=True), _asked(assistant, answerable=False)
    for some in (right[:10], [*right, *wrong[:3]], right):
        with pytest.raises(InputError, match=str(FEWEST)):
            calibrate(assistant, some)


def test_a_correction_changes_the_confidence_and_never_the_order(assistant: Assistant) -> None:
    lower = Assistant(assistant.index, assistant.settings, calibration=Calibration(0.8, -2.0))
    questions = ("怎么申请首贷", "房贷还清后怎么注销抵押登记", "垃圾分类怎么分", "第26条讲什么")
    before, after = ([one.look_up(text).confidence for text in questions] for one in (assistant, lower))
    assert after[0] < before[0]
    assert after[-1] == before[-1] == 1.0, "a clause asked for by its number is no estimate"
    assert sorted(range(4), key=before.__getitem__) == sorted(range(4), key=after.__getitem__)
    assert lower.uncalibrated().look_up(questions[0]).confidence == before[0]
