"""Positions and order against the definitions: `Scope.admits` and `retriever.ranked`."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.clause import Clause
from index.clause_table import ClauseTable, different
from index.retriever import EVERYTHING, UNPLACED, Hit, Scope, ranked

places = st.sets(st.sampled_from(["东州", "西州", "南州"]))
names = st.sampled_from(["a", "b", "c"])
clauses = st.lists(st.tuples(names, places), max_size=20).map(
    lambda rows: [
        Clause(f"{document}:{(7 * i) % 23}", document, "", "", (), "", 0, 0, tuple(sorted(where)))
        for i, (document, where) in enumerate(rows)
    ]
)
admitted = st.frozensets(st.sampled_from(["东州", "西州", UNPLACED]))
scopes = st.builds(
    Scope,
    st.none() | st.frozensets(st.sampled_from(["a", "b", "z"])),
    st.none() | admitted,
    admitted,  # what is preferred leaves nothing out
)


@given(clauses, scopes)
def test_positions_inside_a_scope_are_those_that_it_admits(rows: list[Clause], scope: Scope) -> None:
    inside = ClauseTable(rows).inside(scope)
    expected = [position for position, clause in enumerate(rows) if scope.admits(clause)]
    assert (list(range(len(rows))) if inside is None else inside.tolist()) == expected


def test_everything_is_no_positions_at_all() -> None:
    assert ClauseTable([]).inside(EVERYTHING) is None
    assert ClauseTable([]).inside(Scope(preferred=frozenset({"东州"}))) is None


def test_scopes_that_differ_in_what_is_preferred_share_their_positions() -> None:
    table = ClauseTable([Clause("a:1", "a", "", "", (), "", 0, 0, (place,)) for place in ("东州", "西州")])
    east = frozenset({"东州"})
    inside = table.inside(Scope(jurisdictions=east))
    assert inside is table.inside(Scope(jurisdictions=east, preferred=frozenset({"西州"})))
    assert inside is not None
    assert inside.tolist() == [0]


@given(clauses, st.data(), st.integers(-1, 25))
def test_best_first_is_the_one_total_order(rows: list[Clause], data: st.DataObject, limit: int) -> None:
    scores = data.draw(st.lists(st.sampled_from([-1.0, 0.0, 0.5]), min_size=len(rows), max_size=len(rows)))
    order = ClauseTable(rows).best_first(np.arange(len(rows)), np.array(scores), limit)
    expected = ranked((Hit(clause, score) for clause, score in zip(rows, scores, strict=True)), max(limit, 0))
    assert [rows[i].id for i in order] == [hit.clause.id for hit in expected]


@pytest.mark.parametrize("asked", [Scope(frozenset({"a"})), Scope(None, frozenset({"东州"}))])
def test_a_scope_is_not_asked_clause_by_clause(asked: Scope, monkeypatch: pytest.MonkeyPatch) -> None:
    table = ClauseTable([Clause("a:1", "a", "", "", (), "", 0, 0, ("东州",))])
    monkeypatch.setattr(Scope, "admits", lambda *_: pytest.fail("a predicate over every clause"))
    assert table.inside(asked) == [0]


@given(st.lists(st.integers(0, 40), max_size=60))
def test_different_positions_are_those_of_a_set_in_order(positions: list[int]) -> None:
    assert different(np.array(positions, np.intp)).tolist() == sorted(set(positions))
