"""Laws of the corpus: what is found by its id, and what stands beside it."""

import pytest

from corpus.corpus import Corpus
from corpus.errors import NotFoundError
from corpus.load import load_corpus


def test_a_part_is_found_with_its_clause() -> None:
    corpus = load_corpus()
    clause, part = corpus.find("anhui-2023-4:1.3.4")
    assert (clause.id, part) == ("anhui-2023-4:1.3", clause.parts[3])
    assert corpus.find("harbin-66:26") == (corpus.clause("harbin-66:26"), None)
    with pytest.raises(NotFoundError):
        corpus.find("harbin-66:26.1")


def test_neighbours_lie_in_the_same_document(corpus: Corpus) -> None:
    first, last = corpus.clause("harbin-66:1"), corpus.clause("anhui-2023-4:4.5")
    assert corpus.neighbour(first, 1) == corpus.clause("harbin-66:2")
    assert corpus.neighbour(first, -1) is None
    assert corpus.neighbour(last, 1) is None
    assert corpus.clause_of("anhui-2023-4:4.5.1") == last
    assert corpus.clause_of("harbin-66:99") is None


def test_a_corpus_is_searched_through_what_it_was_made_of(second_corpus: Corpus) -> None:
    assert second_corpus.places == ()
    assert second_corpus.clauses_with_records == ()
    clause, part = second_corpus.find("Yunze_Lake 湖泊条例:3.1.2.1")
    assert part is not None
    assert second_corpus.clause_of(part.id) == clause
    assert second_corpus.clause_by_id(part.id) is None
