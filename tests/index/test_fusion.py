from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from corpus.clause import Clause
from index.building import build_index
from index.clause_table import ClauseTable
from index.engines.contract import Build, RetrieverContract, contract_corpus
from index.fusion import DEPTH, FusedRetriever
from index.lexicon.expansion import load_lexicon
from index.query import Query, QueryReader
from index.retriever import EVERYTHING, Retriever, Scope, Source
from index.scorer import Ranker, Scores
from index.store import open_index, save_index
from tests.bigram_encoder import BigramEncoder

NAMES = ["a", "b", "c", "late", *(f"x{i:03}" for i in range(3 * DEPTH))]
TABLE = ClauseTable([Clause(f"d:{name}", "d", name, name, (), name, 0, 1) for name in NAMES])
READER = QueryReader(BigramEncoder(), load_lexicon())


class Fixed:
    """A leg that always gives the same scores, and 0 to what it does not list; `covers` are all it knows."""

    def __init__(self, scores: Mapping[str, float], upper_bound: float, covers: list[str] | None = None) -> None:
        self._scores = np.full(len(NAMES), 0.0 if covers is None else np.nan)
        for name in covers or ():
            self._scores[NAMES.index(name)] = 0.0
        for name, score in scores.items():
            self._scores[NAMES.index(name)] = score
        self._listed = np.array([NAMES.index(name) for name in scores], np.intp)
        self._upper_bound = upper_bound

    def open(self, query: Query) -> Ranker:
        assert query.text
        return self._rank

    def _rank(self, limit: int, scope: Scope) -> Scores:
        assert scope == EVERYTHING
        top = self._listed[TABLE.best_first(self._listed, self._scores[self._listed], limit)]
        return Scores(top, self._scores[top], self._upper_bound, self._scores.__getitem__, lambda _: Source())


def fuse(one: Fixed, two: Fixed, limit: int = 10) -> dict[str, float]:
    hits = FusedRetriever(TABLE, {"one": one, "two": two}, {"one": 0.6, "two": 0.4}, READER).search("q", limit=limit)
    return {hit.clause.number: hit.score for hit in hits}


def test_a_clause_gets_the_weighted_sum_of_its_scores_over_their_upper_bounds() -> None:
    found = fuse(Fixed({"a": 5, "b": 1}, 10), Fixed({"b": 0.9, "c": 0.5}, 1))
    assert found == pytest.approx({"b": 0.6 * 0.1 + 0.4 * 0.9, "a": 0.6 * 0.5, "c": 0.4 * 0.5})
    assert list(found) == ["b", "a", "c"]


def test_the_best_conceivable_clause_scores_one() -> None:
    assert fuse(Fixed({"a": 10}, 10), Fixed({"a": 1.0}, 1)) == pytest.approx({"a": 1.0})


def test_a_leg_far_from_its_upper_bound_decides_little() -> None:
    assert list(fuse(Fixed({"a": 0.5, "b": 0.1}, 10), Fixed({"b": 0.6, "a": 0.5}, 1))) == ["b", "a"]


def test_a_clause_that_one_leg_names_is_scored_by_the_other_beyond_its_depth() -> None:
    many = {f"x{i:03}": 9.0 - i / 100 for i in range(DEPTH)}
    found = fuse(Fixed(many | {"late": 1.0}, 10), Fixed({"late": 0.9}, 1), limit=2 * DEPTH)
    assert found["late"] == pytest.approx(0.6 * 0.1 + 0.4 * 0.9)


def test_a_leg_that_does_not_cover_a_clause_leaves_its_weight_to_the_others() -> None:
    found = fuse(Fixed({"a": 5, "b": 5}, 10), Fixed({"b": 0.25}, 1, covers=["b"]))
    assert found == pytest.approx({"a": 0.5, "b": 0.6 * 0.5 + 0.4 * 0.25})


def test_equal_scores_are_ordered_by_id() -> None:
    assert list(fuse(Fixed({"b": 5, "a": 5}, 10), Fixed({}, 1))) == ["a", "b"]


def test_a_leg_whose_upper_bound_is_zero_leaves_its_weight_to_the_others() -> None:
    assert fuse(Fixed({"a": 0.0}, 0), Fixed({"b": 0.5}, 1)) == pytest.approx({"b": 0.5, "a": 0.0})


def test_a_longer_list_extends_a_shorter_one_beyond_the_depth_of_the_legs() -> None:
    one = Fixed({f"x{i:03}": 9.0 - i / 100 for i in range(3 * DEPTH)}, 10)
    two = Fixed({f"x{i:03}": 0.1 + i / 1000 for i in range(3 * DEPTH)}, 1)
    longer = list(fuse(one, two, limit=3 * DEPTH))
    assert list(fuse(one, two, limit=20)) == longer[:20]


def test_nothing_found_is_nothing_fused() -> None:
    assert fuse(Fixed({}, 10), Fixed({}, 1)) == {}
    assert fuse(Fixed({"a": 5}, 10), Fixed({}, 1), limit=0) == {}


def test_a_hit_carries_what_each_leg_that_lists_it_said() -> None:
    legs = {"one": Fixed({"a": 5, "b": 1}, 10), "two": Fixed({"b": 0.9}, 1)}
    first, second = FusedRetriever(TABLE, legs, {"one": 0.6, "two": 0.4}, READER).search("q", limit=2)
    assert {name: (said.rank, said.score) for name, said in first.legs.items()} == {"one": (2, 1.0), "two": (1, 0.9)}
    assert list(second.legs) == ["one"]
    assert "two" not in second.legs
    assert len(second.legs) == 1


def test_a_ranking_tells_what_share_of_its_upper_bound_each_leg_gave() -> None:
    legs = {"one": Fixed({"a": 5, "b": 1}, 10), "two": Fixed({"b": 0.9}, 1, covers=["b"]), "none": Fixed({"a": 0}, 0)}
    [query] = READER.read(["q"])
    weights = {"one": 0.6, "two": 0.4, "none": 9.0}
    found = FusedRetriever(TABLE, legs, weights, READER).open(query).search(limit=2)
    assert [hit.clause.number for hit in found] == ["a", "b"]
    assert {name: share.tolist() for name, share in found.shares.items()} == {
        "one": [0.5, 0.1],
        "two": [0.0, 0.9],
        "none": [0.0, 0.0],
    }


def test_a_ranking_in_another_order_keeps_what_was_said_of_each_clause() -> None:
    legs = {"one": Fixed({"a": 5, "b": 1}, 10), "two": Fixed({"b": 0.9}, 1)}
    [query] = READER.read(["q"])
    found = FusedRetriever(TABLE, legs, {"one": 0.6, "two": 0.4}, READER).open(query).search(limit=2)
    turned = found.reordered(np.array([1, 0]), np.array([7.0, 6.0]), {"x": np.array([0.5])})
    assert [(hit.clause.number, hit.score, hit.features) for hit in turned] == [("a", 7, {"x": 0.5}), ("b", 6, {})]
    assert turned[0].legs == found[1].legs
    assert turned.shares["two"].tolist() == [0.0, 0.9]
    assert turned[-1] == turned[1]
    assert turned[-1].features == {}


class TestFusion(RetrieverContract):
    """The fusion of an index by itself, before anybody puts the first in order."""

    scores_depend_on_scope = True

    @pytest.fixture
    def build(self) -> Build:
        return lambda corpus: build_index(corpus, BigramEncoder()).fused

    @pytest.fixture
    def reopened(self, tmp_path: Path) -> Retriever:
        save_index(build_index(contract_corpus(), BigramEncoder()), tmp_path)
        return open_index(tmp_path, contract_corpus(), BigramEncoder()).fused
