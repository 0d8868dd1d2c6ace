import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import InputError
from eval.comparison import Comparison, compare
from eval.questions.questionset import LabelledQuestion
from eval.saved import SavedRun, read_run
from eval.summary import summarise
from tests.eval.answered import LOAN, after, answer, before, result


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return compare(before().run, after().run)


def test_a_run_is_read_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    path.write_text(json.dumps(before().to_dict(), ensure_ascii=False), encoding="utf-8")
    assert read_run(path) == before().run


@pytest.mark.parametrize(
    ("content", "fault"), [("{", "JSON"), ('{"questions": 3}', "index_version"), (None, "No such")]
)
def test_what_is_no_run_is_refused_with_what_to_do(tmp_path: Path, content: str | None, fault: str) -> None:
    path = tmp_path / "run.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=fault) as raised:
        read_run(path)
    assert str(path) in str(raised.value)
    assert "policyqa eval --json" in str(raised.value)


def test_only_common_questions_are_compared_and_the_rest_is_counted(comparison: Comparison) -> None:
    assert (comparison.common, comparison.only_before, comparison.only_after) == (4, 0, 1)
    assert comparison.index_versions == ("v1", "v2")


def test_questions_that_turned_are_listed_with_what_was_cited(comparison: Comparison) -> None:
    (gained,) = comparison.gained
    assert (gained.id, gained.before.cited, gained.after.cited) == ("q 1", ("d:9",), ("d:1", "d:9"))
    assert [(one.id, one.before.status, one.after.cited) for one in comparison.lost] == [
        ("q2", "answered", ()),
        ("q3", "no_answer", ("d:5",)),
    ]
    assert comparison.cited_otherwise == ()


def test_figures_stand_before_and_after_with_tests_where_they_are_means(comparison: Comparison) -> None:
    figures = {(one.of, one.measure): one for one in comparison.figures}
    first = figures["hybrid", "success@1"]
    assert (first.n, first.before, first.after) == (3, 1 / 3, 2 / 3)
    assert first.student is not None
    assert 0 < first.student < 1
    false = figures["answers", "false_answers"]
    assert (false.n, false.before, false.after, false.student) == (1, 0.0, 1.0, 1.0)
    assert figures["answers", "answered_right"].before == figures["answers", "answered_right"].after
    assert figures["answers", "citation_precision"].fisher is None


def test_the_same_run_twice_has_changed_nothing() -> None:
    same = compare(before().run, before().run)
    assert (same.gained, same.lost, same.cited_otherwise) == ((), (), ())
    assert {one.student for one in same.figures if one.student is not None} == {1.0}
    assert all(one.before == one.after for one in same.figures)


def test_another_question_under_the_same_id_is_not_compared_and_other_labels_are_told() -> None:
    run = before().run
    first, second, *rest = run.results
    changed = replace(run, results=(replace(first, question="另一问"), replace(second, relevant=("d:9",)), *rest))
    comparison = compare(run, changed)
    assert (comparison.common, comparison.reworded, comparison.relabelled) == (3, 1, 1)


def test_runs_without_answers_turn_by_their_first_result() -> None:
    def run(*found: str) -> SavedRun:
        return summarise([result(LOAN, found, None)], index_version="v", encoder="e").run

    (gained,) = compare(run("d:9", "d:1"), run("d:1")).gained
    assert (gained.before.cited, gained.after.cited) == (("d:9",), ("d:1",))
    assert {one.of for one in compare(run("d:9"), run("d:1")).figures} == {"bm25", "hybrid"}


def test_nothing_in_common_is_said_and_no_error() -> None:
    other = [result(LabelledQuestion("z", "别的", ("d:1",)), ("d:1",), answer("d:1"))]
    comparison = compare(before().run, summarise(other, index_version="v", encoder="e").run)
    assert (comparison.common, comparison.only_before, comparison.only_after, comparison.figures) == (0, 4, 1, ())
