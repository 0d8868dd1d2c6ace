from collections.abc import Mapping

import pytest

from corpus.clause import Clause
from index.fusion import DEPTH, FusedRetriever
from index.retriever import EVERYTHING, Scope, ranked
from index.scorer import Scored, Scores


def clause(name: str) -> Clause:
    return Clause(f"d:{name}", "d", name, name, (), name, 0, 1)


class Fixed:
    """A leg that always gives the same scores."""

    def __init__(self, scores: Mapping[str, float], ceiling: float) -> None:
        self._scored = [Scored(score, clause(c)) for c, score in scores.items()]
        self._ceiling = ceiling

    def score(self, query: str, *, limit: int, scope: Scope = EVERYTHING) -> Scores:
        assert query
        inside = [one for one in self._scored if scope.admits(one.clause)]
        score_of = {one.clause.id: one.score for one in inside}
        return Scores(
            ranked(inside, limit), self._ceiling, lambda some: [Scored(score_of.get(c.id, 0.0), c) for c in some]
        )


def fuse(one: Mapping[str, float], two: Mapping[str, float], limit: int = 10) -> dict[str, float]:
    legs = {"one": Fixed(one, 10.0), "two": Fixed(two, 1.0)}
    hits = FusedRetriever(legs, {"one": 0.6, "two": 0.4}).search("q", limit=limit)
    return {hit.clause.number: hit.score for hit in hits}


def test_a_clause_gets_the_weighted_sum_of_its_scores_over_their_ceilings() -> None:
    found = fuse({"a": 5, "b": 1}, {"b": 0.9, "c": 0.5})
    assert found == pytest.approx({"b": 0.6 * 0.1 + 0.4 * 0.9, "a": 0.6 * 0.5, "c": 0.4 * 0.5})
    assert list(found) == ["b", "a", "c"]


def test_the_best_conceivable_clause_scores_one() -> None:
    assert fuse({"a": 10}, {"a": 1.0}) == pytest.approx({"a": 1.0})


def test_a_leg_far_from_its_ceiling_decides_little() -> None:
    assert list(fuse({"a": 0.5, "b": 0.1}, {"b": 0.6, "a": 0.5})) == ["b", "a"]


def test_a_clause_that_one_leg_names_is_scored_by_the_other_beyond_its_depth() -> None:
    many = {f"x{i:03}": 9.0 - i / 100 for i in range(DEPTH)}
    found = fuse(many | {"late": 1.0}, {"late": 0.9}, limit=2 * DEPTH)
    assert found["late"] == pytest.approx(0.6 * 0.1 + 0.4 * 0.9)


def test_equal_scores_are_ordered_by_id() -> None:
    assert list(fuse({"b": 5, "a": 5}, {})) == ["a", "b"]


def test_a_leg_whose_ceiling_is_zero_leaves_its_weight_to_the_others() -> None:
    legs = {"one": Fixed({"a": 0.0}, 0.0), "two": Fixed({"b": 0.5}, 1.0)}
    hits = FusedRetriever(legs, {"one": 0.6, "two": 0.4}).search("q", limit=10)
    assert [(hit.clause.number, hit.score) for hit in hits] == [("b", pytest.approx(0.5)), ("a", 0)]


def test_a_longer_list_extends_a_shorter_one_beyond_the_depth_of_the_legs() -> None:
    one = {f"x{i:03}": 9.0 - i / 100 for i in range(3 * DEPTH)}
    two = {f"x{i:03}": 0.1 + i / 1000 for i in range(3 * DEPTH)}
    longer = list(fuse(one, two, limit=3 * DEPTH))
    assert list(fuse(one, two, limit=20)) == longer[:20]


def test_nothing_found_is_nothing_fused() -> None:
    assert fuse({}, {}) == {}
    assert fuse({"a": 5}, {}, limit=0) == {}
