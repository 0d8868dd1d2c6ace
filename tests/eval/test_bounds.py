import pytest

from corpus.errors import FloorError, InputError
from eval.bounds import demand, read_floors, shortfalls
from eval.summary import summarise
from tests.eval.answered import LOAN, before, result

LEGS = ("bm25", "hybrid")


def test_a_measure_is_of_the_last_leg_or_the_one_named_and_figures_of_answers_have_none() -> None:
    floors = read_floors(["success@1=0.9", "bm25:mrr@10 = .5", "coverage=1"], LEGS)
    assert [(one.leg, one.measure, one.least, one.name) for one in floors] == [
        ("hybrid", "success@1", 0.9, "hybrid:success@1"),
        ("bm25", "mrr@10", 0.5, "bm25:mrr@10"),
        ("", "coverage", 1.0, "coverage"),
    ]


@pytest.mark.parametrize(
    "written", ["succes@1=0.9", "dense:mrr@10=0.5", "false_answers=0.1", "ece=0", "bm25:coverage=1", "=1"]
)
def test_an_unknown_name_is_refused_with_the_names_there_are(written: str) -> None:
    with pytest.raises(InputError, match=r"success@1, .*ndcg@10, coverage, .*bm25"):
        read_floors([written], LEGS)


@pytest.mark.parametrize(
    "written", ["coverage", "coverage=", "coverage=high", "coverage=90", "coverage=-1", "coverage=nan"]
)
def test_a_value_is_a_number_from_0_to_1(written: str) -> None:
    with pytest.raises(InputError, match="NAME=VALUE"):
        read_floors([written], LEGS)


def test_every_floor_that_is_not_reached_is_named_with_its_figure() -> None:
    floors = read_floors(["success@1=0.3", "coverage=0.9", "hybrid:success@3=0.67"], LEGS)
    assert [str(one).split("，")[0] for one in shortfalls(before(), floors)] == [
        "coverage = 0.6667",
        "hybrid:success@3 = 0.6667",
    ]
    demand(before(), floors[:1])
    with pytest.raises(FloorError, match=r"coverage = 0\.6667") as raised:
        demand(before(), floors)
    assert raised.value.exit_code == 1


def test_what_cannot_be_measured_is_not_reached() -> None:
    evaluation = summarise([result(LOAN, ("d:1",), None)], index_version="v", encoder="e")
    (short,) = shortfalls(evaluation, read_floors(["coverage=0"], LEGS))
    assert "no question" in str(short)
