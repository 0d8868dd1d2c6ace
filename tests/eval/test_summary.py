import json

import pytest

from assistant.answer import Answer, Citation, Reason, Status, Understood
from eval.measures.answers import FIGURES
from eval.questions.questionset import GoldAnswer, LabelledQuestion
from eval.results import QuestionResult
from eval.summary import Evaluation, latency, summarise

BOTH = ("bm25", "hybrid")


def _answer(*clause_ids: str) -> Answer:
    citations = tuple(Citation(n, id_, None, "", "", (), "文", 0, 1, 1.0) for n, id_ in enumerate(clause_ids, 1))
    status = Status.ANSWERED if citations else Status.NO_ANSWER
    reason = None if citations else Reason.NOT_IN_DOCUMENTS
    return Answer(
        "a", "问", "zh", status, reason, "", citations, (), 0.8 if citations else 0.1, Understood("问"), "v", ()
    )


def _results() -> list[QuestionResult]:
    easy = LabelledQuestion("q1", "一", ("d:1",), tags=("easy",), language="zh")
    hard = LabelledQuestion("q2", "二", ("d:2",), tags=("hard",), language="en", related=("d:7",))
    none = LabelledQuestion("q3", "三", (), tags=("unanswerable",), language="zh")
    return [
        QuestionResult(easy, {"bm25": ("d:1", "d:2"), "hybrid": ("d:1",)}, 1.0, _answer("d:1"), 2.0),
        QuestionResult(hard, {"bm25": ("d:2",), "hybrid": ("d:7", "d:8", "d:9", "d:2")}, 3.0, _answer("d:7"), 4.0),
        QuestionResult(none, {"bm25": ("d:3",), "hybrid": ("d:3",)}, 2.0, _answer("d:3", "d:3"), 3.0),
    ]


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    return summarise(_results(), index_version="v", encoder="e")


def test_ranking_measures_are_means_over_answerable_questions(evaluation: Evaluation) -> None:
    bm25, hybrid = evaluation.overall.legs["bm25"]["success@1"], evaluation.overall.legs["hybrid"]["success@1"]
    assert bm25 is not None
    assert hybrid is not None
    assert (bm25.value, hybrid.value) == (1.0, 0.5)
    assert (hybrid.low, hybrid.high) == (0.0, 1.0)


def test_the_json_object_has_the_keys_of_the_contract(evaluation: Evaluation) -> None:
    result = json.loads(json.dumps(evaluation.to_dict()))
    assert result["questions"] == 3
    assert (result["index_version"], result["encoder"]) == ("v", "e")
    assert set(result["legs"]) == set(BOTH)
    assert result["legs"]["bm25"]["success@1"] == {"value": 1.0, "low": 1.0, "high": 1.0}
    assert set(result["answers"]) == set(FIGURES)
    assert (result["answers"]["coverage"], result["answers"]["answered_right"]) == (1.0, 0.5)
    assert result["answers"]["quote_recall"] is None
    assert result["latency_ms"]["search"]["p50"] == 2.0
    assert result["latency_ms"]["ask"]["p50"] == 3.0


def test_every_wrong_answer_is_listed_with_what_it_cites(evaluation: Evaluation) -> None:
    wrong = evaluation.to_dict()["wrong_answers"]
    assert [(one["id"], one["relevant"], one["cited"], one["confidence"]) for one in wrong] == [
        ("q2", ("d:2",), ("d:7",), 0.8),
        ("q3", (), ("d:3",), 0.8),
    ]
    (only,) = evaluation.to_dict()["reliability"]
    assert (only["n"], round(only["right"], 3)) == (3, 0.333)


def test_tags_and_languages_have_their_own_figures(evaluation: Evaluation) -> None:
    by_tag = evaluation.to_dict()["by_tag"]
    assert {tag: group["n"] for tag, group in by_tag.items()} == {
        "easy": 1,
        "language:zh": 2,
        "hard": 1,
        "language:en": 1,
        "unanswerable": 1,
    }
    assert by_tag["hard"]["legs"]["hybrid"]["recall@5"]["value"] == 1.0
    assert by_tag["unanswerable"]["legs"]["hybrid"]["success@1"] is None
    assert by_tag["unanswerable"]["answers"]["false_answers"] == 1.0
    assert by_tag["easy"]["answers"]["false_answers"] is None


def test_misses_are_late_answers_of_the_last_leg_and_false_answers(evaluation: Evaluation) -> None:
    assert evaluation.to_dict()["misses"] == [
        {"id": "q2", "question": "二", "relevant": ("d:2",), "found": ("d:7", "d:8", "d:9", "d:2"), "near": True},
        {"id": "q3", "question": "三", "relevant": (), "found": ("d:3",), "near": False},
    ]


def test_what_the_parser_has_lost_counts_as_not_found() -> None:
    lost = LabelledQuestion("q4", "四", (), answers=(GoldAnswer("d", "一行表格"),))
    result = QuestionResult(lost, {"hybrid": ("d:1",)}, 1.0, _answer("d:1"), 1.0)
    both = summarise([_results()[0], result], index_version="v", encoder="e").to_dict()
    assert both["legs"]["hybrid"]["success@1"]["value"] == 0.5
    assert (both["answers"]["coverage"], both["answers"]["answered_right"]) == (1.0, 0.5)
    assert [miss["id"] for miss in both["misses"]] == [wrong["id"] for wrong in both["wrong_answers"]] == ["q4"]


def test_without_answers_every_figure_of_answers_is_null() -> None:
    results = [QuestionResult(one.question, one.found, one.search_ms) for one in _results()]
    result = summarise(results, index_version="v", encoder="e").to_dict()
    assert result["answers"] == dict.fromkeys(FIGURES)
    assert result["latency_ms"]["ask"] is None
    assert [miss["id"] for miss in result["misses"]] == ["q2"]


def test_percentiles_interpolate_and_nothing_has_none() -> None:
    assert latency([1.0, 2.0, 3.0]) == {"p50": 2.0, "p95": 2.9, "p99": 2.98}
    assert latency([]) is None
