import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Choice, Citation, Reason, Status, Understood
from eval.measures.answers import FIGURES, Outcome, auroc, figures, score_answer, table
from eval.questions.questionset import GoldAnswer, LabelledQuestion

NAN = math.nan


def _citation(number: int, clause_id: str, quote: str = "原文", part_id: str | None = None) -> Citation:
    return Citation(number, clause_id, part_id, "", "", (), quote, 0, len(quote), 1.0)


def _answer(*citations: Citation, confidence: float = 0.9) -> Answer:
    status = Status.ANSWERED if citations else Status.NO_ANSWER
    reason = None if citations else Reason.NOT_IN_DOCUMENTS
    return Answer("a", "问", "zh", status, reason, "", citations, (), confidence, Understood("问"), "v", ())


def _outcome(answerable: bool, answered: bool, confidence: float = 0.5, right: bool = True) -> Outcome:
    return Outcome(
        answerable, answered, confidence, int(answered), int(answered and right), answered and right, NAN, NAN
    )


def _figures(*outcomes: Outcome) -> dict[str, float]:
    return dict(zip(FIGURES, figures(table(outcomes)).tolist(), strict=True))


def test_an_answer_is_judged_by_its_clauses_quotes_and_parts() -> None:
    question = LabelledQuestion("q", "问", ("d:1", "d:2"), relevant_parts=("d:1.1", "d:1.2"), quote="银行 放款")
    answer = _answer(
        _citation(1, "d:1", "由银行\n放款。", "d:1.1"), _citation(2, "d:1", part_id="d:1.3"), _citation(3, "d:9")
    )
    assert score_answer(question, answer) == Outcome(True, True, 0.9, 2, 1, True, 1.0, 1 / 3)


def test_a_quote_must_stand_whole_in_one_citation() -> None:
    question = LabelledQuestion("q", "问", ("d:1",), quote="银行放款")
    assert score_answer(question, _answer(_citation(1, "d:1", "由银行"), _citation(2, "d:1", "放款"))).quote_found == 0


def test_where_the_file_gives_words_a_citation_is_right_by_its_own_quote() -> None:
    question = LabelledQuestion("q", "问", ("d:1", "d:2"), answers=(GoldAnswer("d", "由银行一次放款"),))
    right, elsewhere, other = (
        _citation(1, "d:2", "经审核，由银行 一次放款。"),
        _citation(2, "e:2", "由银行一次放款。"),
        _citation(3, "d:1", "另行通知。"),
    )
    outcome = score_answer(question, _answer(other, right, elsewhere))
    assert (outcome.cited, outcome.cited_relevant, outcome.first_relevant, outcome.quote_found) == (3, 1, False, 1)
    assert score_answer(question, _answer(right)).first_relevant
    assert score_answer(question, _answer(other)).quote_found == 0


def test_without_gold_quote_or_parts_there_is_nothing_to_compare() -> None:
    outcome = score_answer(LabelledQuestion("q", "问", ("d:1",)), _answer(_citation(1, "d:2")))
    assert math.isnan(outcome.quote_found)
    assert math.isnan(outcome.part_match)
    assert not outcome.first_relevant


def test_a_refusal_cites_nothing() -> None:
    outcome = score_answer(LabelledQuestion("q", "问", ()), _answer(confidence=0.1))
    assert (outcome.answerable, outcome.answered, outcome.cited, outcome.confidence) == (False, False, 0, 0.1)


def test_a_question_back_is_no_answer() -> None:
    asked = replace(
        _answer(), status=Status.CLARIFY, reason=None, choices=(Choice("甲", "甲怎么办"), Choice("乙", "乙怎么办"))
    )
    outcome = score_answer(LabelledQuestion("q", "问", ("d:1",)), asked)
    assert (outcome.answered, outcome.cited, outcome.first_relevant) == (False, 0, False)


def test_coverage_and_false_answers_are_shares_of_their_own_questions() -> None:
    values = _figures(_outcome(True, True), _outcome(True, True), _outcome(True, False), _outcome(False, True))
    assert values["coverage"] == pytest.approx(2 / 3)
    assert values["answered_right"] == pytest.approx(2 / 3)
    assert values["false_answers"] == 1


def test_citation_precision_counts_what_false_answers_cite() -> None:
    values = _figures(_outcome(True, True), _outcome(False, True, right=False))
    assert values["citation_precision"] == 0.5


def test_quotes_and_parts_are_judged_over_answered_questions_only() -> None:
    given_, refused = Outcome(True, True, 0.9, 1, 1, True, 1.0, 0.5), Outcome(True, False, 0.1, 0, 0, False, 0.0, 0.0)
    values = _figures(given_, refused)
    assert values["quote_recall"] == 1
    assert values["part_accuracy"] == 0.5


def test_auroc_is_the_share_of_pairs_in_the_right_order_ties_half() -> None:
    values = _figures(_outcome(True, True, 0.9), _outcome(True, True, 0.4), _outcome(False, False, 0.4))
    assert values["auroc"] == 0.75


def test_auroc_of_right_answers_leaves_the_other_answerable_questions_out() -> None:
    given_, wrong = _outcome(True, True, 0.9), _outcome(True, True, 0.3, right=False)
    values = _figures(given_, wrong, _outcome(True, False, 0.1), _outcome(False, False, 0.4))
    assert values["auroc_right"] == 1
    assert values["auroc"] == pytest.approx(1 / 3)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 4)), min_size=1, max_size=12))
def test_auroc_equals_a_count_of_all_pairs(marked: list[tuple[bool, int]]) -> None:
    right, confidence = np.array([r for r, _ in marked]), np.array([c / 4 for _, c in marked])
    pairs = [(a > b) + (a == b) / 2 for a in confidence[right] for b in confidence[~right]]
    assert auroc(confidence, right) == pytest.approx(np.mean(pairs) if pairs else NAN, nan_ok=True)


def test_ece_is_the_mean_gap_between_confidence_and_correctness() -> None:
    sure_and_right, sure_and_wrong = _outcome(True, True, 1.0), _outcome(True, True, 1.0, right=False)
    assert _figures(sure_and_right)["ece"] == 0
    assert _figures(sure_and_wrong)["ece"] == 1
    assert _figures(sure_and_right, sure_and_wrong)["ece"] == 0.5
    assert _figures(_outcome(True, True, 0.75), _outcome(True, True, 0.25, right=False))["ece"] == pytest.approx(0.25)


def test_figures_that_do_not_apply_are_nan() -> None:
    values = _figures(_outcome(True, False))
    assert [name for name, value in values.items() if not math.isnan(value)] == ["coverage", "answered_right"]
    assert np.isnan(figures(table([]))).all()


OUTCOMES = st.builds(
    Outcome,
    answerable=st.booleans(),
    answered=st.booleans(),
    confidence=st.floats(0, 1),
    cited=st.integers(1, 4),
    cited_relevant=st.integers(0, 1),
    first_relevant=st.booleans(),
    quote_found=st.sampled_from([0.0, 1.0, NAN]),
    part_match=st.floats(0, 1) | st.just(NAN),
)


def _share(values: list[float]) -> float:
    return sum(values) / len(values) if values else NAN


@given(st.lists(OUTCOMES, max_size=20))
def test_every_figure_equals_its_definition(outcomes: list[Outcome]) -> None:
    yes = [one for one in outcomes if one.answerable]
    given_ = [one for one in outcomes if one.answered]
    both = [one for one in yes if one.answered]
    expected = {
        "coverage": _share([one.answered for one in yes]),
        "answered_right": _share([one.cited_relevant > 0 for one in yes]),
        "false_answers": _share([one.answered for one in outcomes if not one.answerable]),
        "citation_precision": sum(one.cited_relevant for one in given_) / sum(one.cited for one in given_)
        if given_
        else NAN,
        "quote_recall": _share([one.quote_found for one in both if not math.isnan(one.quote_found)]),
        "part_accuracy": _share([one.part_match for one in both if not math.isnan(one.part_match)]),
    }
    values = _figures(*outcomes)
    assert {name: values[name] for name in expected} == pytest.approx(expected, nan_ok=True)
    assert all(math.isnan(values[name]) or 0 <= values[name] <= 1 for name in ("auroc", "auroc_right", "ece"))
