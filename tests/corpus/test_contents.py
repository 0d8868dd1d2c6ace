"""The tree of a document's headings and clauses."""

import pytest

from corpus.clause import Clause
from corpus.contents import Heading, contents, in_order
from corpus.corpus import Corpus


def _clause(number: int, *path: str) -> Clause:
    return Clause(f"d:{number}", "d", f"第{number}条", "", path, "", number, number)


@pytest.mark.parametrize("name", ["corpus", "second_corpus"])
def test_every_clause_stands_once_in_order_below_its_own_headings(name: str, request: pytest.FixtureRequest) -> None:
    corpus: Corpus = request.getfixturevalue(name)
    for document in corpus.documents:
        own = [clause for clause in corpus.clauses if clause.document_id == document.id]
        above: list[str] = []
        found = []
        for depth, entry in in_order(contents(own)):
            above[depth:] = []
            if isinstance(entry, Heading):
                above.append(entry.text)
            else:
                found.append(entry)
                assert tuple(above) == entry.path
        assert found == own


def test_headings_are_counted_through_and_one_that_comes_again_is_another() -> None:
    tree = contents([_clause(1, "甲", "子"), _clause(2, "甲"), _clause(3), _clause(4, "甲", "子")])
    headings = [(entry.position, entry.text) for _, entry in in_order(tree) if isinstance(entry, Heading)]
    assert headings == [(1, "甲"), (2, "子"), (3, "甲"), (4, "子")]
    first = tree[0]
    assert isinstance(first, Heading)
    assert [clause.id for clause in first.clauses()] == ["d:1", "d:2"]


def test_nothing_has_no_contents() -> None:
    assert contents(()) == ()
