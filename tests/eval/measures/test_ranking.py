import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.measures.ranking import DEPTH, RANKING, per_question

NAMES = [measure.name for measure in RANKING]
IDS = st.sampled_from([f"d:{n}" for n in range(30)])
RELEVANT = st.sets(IDS, min_size=1, max_size=5)
FOUND = st.lists(IDS, unique=True, max_size=30)


def _one(relevant: set[str], found: list[str]) -> dict[str, float]:
    return dict(zip(NAMES, per_question([relevant], [found])[0].tolist(), strict=True))


def test_the_names_are_those_of_the_contract_and_each_is_defined_and_cited() -> None:
    expected = "success@1 success@3 success@5 recall@5 recall@10 recall@100 mrr@10 ndcg@10"
    assert expected.split() == NAMES
    assert all(measure.definition and measure.citation for measure in RANKING)


def test_values_equal_those_computed_by_hand() -> None:
    values = _one({"a", "b"}, ["x", "a", "y", "z", "w", "b"])
    best = 1 + 1 / math.log2(3)
    assert values == pytest.approx(
        {
            "success@1": 0,
            "success@3": 1,
            "success@5": 1,
            "recall@5": 0.5,
            "recall@10": 1,
            "recall@100": 1,
            "mrr@10": 0.5,
            "ndcg@10": (1 / math.log2(3) + 1 / math.log2(7)) / best,
        }
    )


def test_a_question_with_no_result_counts_zero_and_stays_in_the_mean() -> None:
    values = per_question([{"a"}, {"b"}], [["a"], []])
    assert values[1].tolist() == [0.0] * len(NAMES)
    assert values.mean(axis=0).tolist() == [0.5] * len(NAMES)


def test_ranks_beyond_the_cut_do_not_count() -> None:
    found = [f"x{n}" for n in range(DEPTH)]
    assert _one({"a"}, [*found[:10], "a"])["mrr@10"] == 0
    assert _one({"a"}, [*found[:99], "a"])["recall@100"] == 1
    assert _one({"a"}, [*found, "a"])["recall@100"] == 0


def test_a_question_without_relevant_ids_is_refused() -> None:
    with pytest.raises(ValueError, match="without relevant ids"):
        per_question([{"a"}, set()], [["a"], ["a"]])


def test_no_question_gives_no_row() -> None:
    assert per_question([], []).shape == (0, len(NAMES))


@given(RELEVANT, FOUND)
def test_measures_are_bounded_and_grow_with_k(relevant: set[str], found: list[str]) -> None:
    values = _one(relevant, found)
    assert all(0 <= value <= 1 for value in values.values())
    assert values["success@1"] <= values["success@3"] <= values["success@5"]
    assert values["recall@5"] <= values["recall@10"] <= values["recall@100"]
    assert values["success@1"] <= values["mrr@10"]


@given(RELEVANT, FOUND)
def test_success_recall_and_mrr_equal_their_definitions(relevant: set[str], found: list[str]) -> None:
    values = _one(relevant, found)
    ranks = [rank for rank, id_ in enumerate(found, 1) if id_ in relevant]
    for k in (1, 3, 5):
        assert values[f"success@{k}"] == any(rank <= k for rank in ranks)
    for k in (5, 10, 100):
        assert values[f"recall@{k}"] == pytest.approx(sum(rank <= k for rank in ranks) / len(relevant))
    assert values["mrr@10"] == pytest.approx(max((1 / rank for rank in ranks if rank <= 10), default=0))


@given(RELEVANT, FOUND)
def test_relevant_first_is_perfect_and_no_order_is_better(relevant: set[str], found: list[str]) -> None:
    ideal = sorted(relevant) + [id_ for id_ in found if id_ not in relevant]
    assert per_question([relevant], [ideal])[0] == pytest.approx(np.ones(len(NAMES)))


@given(st.lists(st.tuples(RELEVANT, FOUND), min_size=1, max_size=5))
def test_questions_do_not_influence_each_other(pairs: list[tuple[set[str], list[str]]]) -> None:
    together = per_question([relevant for relevant, _ in pairs], [found for _, found in pairs])
    alone = np.vstack([per_question([relevant], [found]) for relevant, found in pairs])
    assert together == pytest.approx(alone)
