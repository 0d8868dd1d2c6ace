from collections.abc import Mapping
from pathlib import Path

import pytest

from assistant.answer import Answer, Citation, Reason, Status, Understood
from assistant.thresholds import thresholds_table
from eval.fitting.thresholds import (
    GRIDS,
    Grid,
    citation_f1,
    fit_threshold,
    quotes_right,
    read_table,
    right_outcomes,
    unsourced,
    write_back,
)
from eval.questions.questionset import LabelledQuestion

TABLE = """# What decides what.

[second_place]  # of two
value = 0.8
meaning = "when another place is cited"
chosen_on = "eval/questions/own.jsonl"
figure = ""

[off_topic]
value = 0.25  # by reading answers
meaning = "below it nothing was found"
chosen_on = "reading answers"
figure = "none"
"""
RIGHT = LabelledQuestion("q", "问", ("d:1",), relevant_parts=("d:1.1",))
NONE = LabelledQuestion("r", "问", ())


def _answer(*clause_ids: str, part: str | None = None) -> Answer:
    citations = tuple(Citation(n, id_, part, "", "", (), "文", 0, 1, 1.0) for n, id_ in enumerate(clause_ids, 1))
    status = Status.ANSWERED if citations else Status.NO_ANSWER
    reason = None if citations else Reason.NOT_IN_DOCUMENTS
    return Answer("a", "问", "zh", status, reason, "", citations, (), 0.5, Understood("问"), "v", ())


def test_figures_are_those_computed_by_hand() -> None:
    answered = [(RIGHT, _answer("d:1", "d:2")), (RIGHT, _answer("d:2")), (RIGHT, _answer()), (NONE, _answer())]
    assert right_outcomes(answered) == 0.5
    assert right_outcomes([(NONE, _answer("d:1"))]) == 0
    assert citation_f1(answered[:3]) == pytest.approx((2 / 3 + 0 + 0) / 3)
    quoted = LabelledQuestion("q", "问", ("d:1",), relevant_parts=("d:1.1",), quote="文")
    parts = [(quoted, _answer("d:1", part="d:1.1")), (quoted, _answer("d:1", part="d:1.2"))]
    assert quotes_right(parts) == pytest.approx((0.5 + 1) / 2)


def _answer_under(question: LabelledQuestion, thresholds: Mapping[str, float]) -> Answer:
    """The answer of an assistant that cites a wrong clause beside the right one below .65, and nothing above .85."""
    assert question.answerable
    value = thresholds["second_place"]
    return _answer() if value > 0.85 else _answer("d:1", "d:2") if value < 0.65 else _answer("d:1")


GRID = Grid("second_place", (0.6, 0.7, 0.9), lambda question: question.answerable, citation_f1)


@pytest.mark.parametrize(("current", "best"), [(0.6, 0.7), (0.95, 0.7), (0.8, 0.8)])
def test_the_best_value_wins_and_of_equal_ones_the_nearest_to_the_current(current: float, best: float) -> None:
    fitted = fit_threshold(GRID, current, [RIGHT, NONE], _answer_under)
    assert fitted is not None
    assert fitted.value == best
    assert fitted.figures[0.7] == 1
    assert str(fitted).startswith("citation f1 over 1 questions at 0.6: 0.667, 0.7: 1.000")


def test_questions_that_do_not_concern_a_threshold_do_not_move_it() -> None:
    assert fit_threshold(GRID, 0.6, [NONE], _answer_under) is None


def test_values_and_figures_are_written_back_and_nothing_else_changes(tmp_path: Path) -> None:
    path = tmp_path / "thresholds.toml"
    path.write_text(TABLE, encoding="utf-8")
    fitted = fit_threshold(GRID, 0.6, [RIGHT], _answer_under)
    assert fitted is not None
    write_back(path, [fitted], "eval/questions/own.jsonl")
    written = path.read_text(encoding="utf-8")
    expected = TABLE.replace("value = 0.8", "value = 0.7").replace('figure = ""', f'figure = "{fitted}"')
    assert written == expected
    assert read_table(path)["second_place"] == {
        "value": 0.7,
        "meaning": "when another place is cited",
        "chosen_on": "eval/questions/own.jsonl",
        "figure": str(fitted),
    }


def test_an_entry_without_a_source_or_a_figure_is_named() -> None:
    whole = {"value": 1, "meaning": "m", "chosen_on": "c", "figure": "f"}
    table = {"whole": whole, "bare": {"value": 1}, "blank": {**whole, "figure": " "}}
    assert unsourced(table) == ["bare", "blank"]


def test_no_threshold_is_fitted_twice() -> None:
    names = [grid.name for grid in GRIDS]
    assert len(set(names)) == len(names)


def test_every_shipped_threshold_says_what_it_was_chosen_on_and_the_figure_there() -> None:
    assert unsourced(thresholds_table()) == []
