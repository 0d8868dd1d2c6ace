from collections.abc import Mapping, Sequence

import pytest

from corpus.clause import Clause
from index.fusion import CONSTANT, FusedRetriever
from index.retriever import EVERYTHING, Hit, LegScore, Scope


def clause(name: str) -> Clause:
    return Clause(f"d:{name}", "d", name, name, (), name, 0, 1)


class Fixed:
    """A leg that always ranks the same clauses."""

    def __init__(self, name: str, order: Sequence[str]) -> None:
        self._hits = [Hit(clause(c), 1.0 / r, {name: LegScore(r, 1.0 / r)}) for r, c in enumerate(order, 1)]

    def search(self, query: str, *, limit: int, scope: Scope = EVERYTHING) -> list[Hit]:
        return [hit for hit in self._hits if scope.admits(hit.clause)][:limit] if query else []


def fuse(one: Sequence[str], two: Sequence[str], weights: Mapping[str, float]) -> list[tuple[str, float]]:
    fused = FusedRetriever({"one": Fixed("one", one), "two": Fixed("two", two)}, lambda _: weights)
    return [(hit.clause.number, hit.score) for hit in fused.search("q", limit=10)]


def test_a_clause_gets_its_weighted_reciprocal_ranks() -> None:
    best = (1 + 0.5) / (CONSTANT + 1)
    expected = {
        "b": (1 / (CONSTANT + 2) + 0.5 / (CONSTANT + 1)) / best,
        "a": 1 / (CONSTANT + 1) / best,
        "c": 0.5 / (CONSTANT + 2) / best,
    }
    assert dict(fuse("ab", "bc", {"one": 1, "two": 0.5})) == pytest.approx(expected)


def test_first_in_every_leg_scores_one() -> None:
    assert fuse("ab", "ac", {"one": 1, "two": 0.3})[0] == ("a", pytest.approx(1))


def test_a_leg_without_weight_adds_nothing() -> None:
    assert [name for name, _ in fuse("ab", "cd", {"one": 0, "two": 1})] == ["c", "d"]


def test_without_any_weight_there_is_no_hit() -> None:
    assert fuse("ab", "cd", {"one": 0, "two": 0}) == []


def test_equal_scores_are_ordered_by_id() -> None:
    assert [name for name, _ in fuse("b", "a", {"one": 1, "two": 1})] == ["a", "b"]
