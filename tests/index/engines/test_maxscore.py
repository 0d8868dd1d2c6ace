"""MaxScore, compiled and not, against adding up every posting: the same clauses, the same scores, to the last bit."""

import sys
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from corpus.clause import Clause
from index import engines
from index.clause_table import ClauseTable
from index.engines import bm25, bm25_query, maxscore
from index.engines.bm25 import BM25Retriever, bm25_weights
from index.engines.bm25_query import postings_of
from index.engines.maxscore import best_clauses, exact_scores
from index.engines.terms import Term, Terms
from index.retriever import EVERYTHING, Scope

SIZE = 400
LOAD = maxscore.compiled.__wrapped__


@pytest.fixture(autouse=True, params=["arrays", "compiled"])
def at_once(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A threshold is looked for from the first postings on."""
    assert maxscore.compiled()
    if request.param == "arrays":
        monkeypatch.setattr(maxscore, "compiled", lambda: None)
    monkeypatch.setattr(maxscore, "_FIRST", 1)
    monkeypatch.setattr(maxscore, "_LIKELY", 1.0)


def terms_of(lists: Sequence[tuple[NDArray[np.int32], NDArray[np.float32], float]]) -> Terms:
    """Of each term its clauses, its weights and how often it is asked for."""
    ends = np.cumsum([0, *(len(clauses) for clauses, _, _ in lists)]).tolist()
    return Terms(
        np.concatenate([clauses for clauses, _, _ in lists]),
        np.concatenate([weights for _, weights, _ in lists]),
        starts=ends[:-1],
        ends=ends[1:],
        times=[count for _, _, count in lists],
        highest=[count * float(weights.max()) for _, weights, count in lists],
    )


def some_terms(seed: int, number: int, size: int = SIZE) -> Terms:
    """Rare and frequent terms; weights of three sizes, so that many clauses tie."""
    numbers = np.random.default_rng(seed)
    made = []
    for frequency in numbers.choice([1, 3, size // 20, size // 4, 3 * size // 4], number):
        clauses = np.sort(numbers.choice(size, frequency, replace=False)).astype(np.int32)
        weights = (numbers.choice([1.0, 1.3, 2.0], frequency) * np.log(1 + size / frequency)).astype(np.float32)
        made.append((clauses, weights, float(numbers.choice([0.5, 1, 2]))))
    return terms_of(made)


# What a test alters is the same for all of its examples.
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    seed=st.integers(0, 10**6),
    number=st.integers(1, 25),
    limit=st.integers(1, 60),
    share=st.sampled_from([None, 0.02, 0.5]),
    looked_up=st.sampled_from([0, 5, 10**6]),
)
def test_nothing_is_lost(seed: int, number: int, limit: int, share: float | None, looked_up: int) -> None:
    query = some_terms(seed, number)
    marks = None if share is None else np.random.default_rng(seed).random(SIZE) < share
    scores = postings_of(query).scores(SIZE)
    inside = scores if marks is None else np.where(marks, scores, 0.0)
    best = np.sort(inside[inside > 0])[::-1]
    wanted = np.flatnonzero((inside > 0) & (inside >= (best[min(limit, len(best)) - 1] if len(best) else 1)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(maxscore, "_LOOKED_UP", looked_up)
        found = best_clauses(query, limit, SIZE, marks)
        again = best_clauses(query, limit, SIZE, marks)
    assert set(wanted) <= set(found)
    assert (np.diff(found) > 0).all()
    assert (inside[found] > 0).all()
    assert (exact_scores(query, found) == scores[found]).all()
    assert found.tolist() == again.tolist()  # nothing of a search is left for the next one


@pytest.mark.parametrize("seed", range(20))
def test_a_search_over_long_lists_loses_nothing(seed: int) -> None:
    size, limit = 150_000, (1, 40, 1000)[seed % 3]
    query = some_terms(seed, 12 + seed, size)
    marks = np.random.default_rng(seed).random(size) < 0.1 if seed % 2 else None
    scores = postings_of(query).scores(size)
    inside = scores if marks is None else np.where(marks, scores, 0.0)
    found = best_clauses(query, limit, size, marks)
    assert set(np.flatnonzero(inside >= np.sort(inside)[-limit])) <= set(found)
    assert (np.diff(found) > 0).all()
    assert len(found) < 3 * limit + 10
    assert (exact_scores(query, found) == scores[found]).all()
    mixed = np.random.default_rng(seed).permutation(size)[:500]
    assert (exact_scores(query, mixed) == scores[mixed]).all()


def test_only_an_index_of_many_postings_compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[bool] = []
    monkeypatch.setattr(maxscore, "compiled", lambda: loaded.append(True))
    weights = bm25_weights([["甲", "乙"], ["乙"]])
    weights.warm_up()
    assert not loaded
    monkeypatch.setattr(bm25, "PRUNED", 2)
    weights.warm_up()
    assert loaded


def test_where_there_is_no_numba_arrays_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "index.engines.compiled", None)
    monkeypatch.delattr(engines, "compiled", raising=False)
    assert LOAD() is None


def test_long_lists_are_not_added_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(maxscore, "compiled", lambda: None)
    clauses = np.arange(SIZE, dtype=np.int32)
    rare = [(clauses[start : start + 5], np.full(5, 9, np.float32), 1.0) for start in range(3)]
    frequent = [(clauses, np.full(SIZE, 0.1, np.float32), 1.0) for _ in range(5)]
    added: list[int] = []
    whole = maxscore._Search._add

    def add(self: maxscore._Search, term: Term) -> int:
        added.append(len(term.clauses))
        return whole(self, term)

    monkeypatch.setattr(maxscore._Search, "_add", add)
    found = best_clauses(terms_of([*frequent, *rare]), 3, SIZE, None)
    assert set(found) >= {2, 3, 4}
    assert added == [5, 5, 5]


WORDS = "甲乙丙丁戊己庚辛壬癸"


@pytest.mark.parametrize("few", [False, True])
@pytest.mark.parametrize("limit", [1, 7, 100, 1000])
@pytest.mark.parametrize(
    "scope",
    [
        EVERYTHING,
        Scope(documents=frozenset({"d3"})),
        Scope(documents=frozenset(f"d{number}" for number in range(0, 30, 2))),
        Scope(jurisdictions=frozenset({"东州"})),
        Scope(documents=frozenset({"nowhere"})),
    ],
)
def test_searched_or_added_up_a_query_has_equal_hits(
    scope: Scope, limit: int, few: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = np.random.default_rng(17)
    often = np.arange(1, len(WORDS) + 1.0) ** -1.5
    texts = [list(numbers.choice(list(WORDS), 8, p=often / often.sum())) for _ in range(SIZE)]
    clauses = [
        Clause(
            f"d{at // 13}:{99 - at % 13}", f"d{at // 13}", "", "", (), "".join(text), 0, 8, ("东州",) * (at % 3 == 0)
        )
        for at, text in enumerate(texts)
    ]
    leg = BM25Retriever(ClauseTable(clauses), bm25_weights(texts), None)
    summed = [leg.search(query, limit=limit, scope=scope) for query in ("甲", "己庚辛壬癸", "甲乙丙丁戊己庚辛壬癸")]
    monkeypatch.setattr(bm25_query, "PRUNED", -1)
    monkeypatch.setattr(bm25_query.BM25Query, "_few", lambda *_: few)
    searched = [leg.search(query, limit=limit, scope=scope) for query in ("甲", "己庚辛壬癸", "甲乙丙丁戊己庚辛壬癸")]
    assert searched == summed
