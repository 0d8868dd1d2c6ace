"""Laws of the second encoder's leg: asked once a query, only where there is one, and in its own space."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.corpus import Corpus
from index.building import build_index
from index.clause_table import ClauseTable
from index.engines.contract import contract_corpus
from index.engines.passages import passages_of
from index.index import Index
from index.lexicon.expansion import load_lexicon
from index.query import QueryReader
from index.retriever import Scope
from index.second import NAME, build_second, short_passages
from tests.bigram_encoder import BigramEncoder


class HabitualEncoder(BigramEncoder):
    """Another dimension than the first encoder's, and every text much like every other; counts the queries."""

    name = "habitual"
    fingerprint = "habitual-1"
    dimension = 65

    def __init__(self) -> None:
        self.queries: list[str] = []

    def encode_documents(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.hstack([BigramEncoder().encode_documents(texts), np.full((len(texts), 1), 3, np.float32)])
        unit: NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.queries += texts
        return self.encode_documents(texts)


@pytest.fixture
def second() -> HabitualEncoder:
    return HabitualEncoder()


@pytest.fixture
def built(second: HabitualEncoder, bigram_encoder: BigramEncoder) -> Index:
    return build_index(contract_corpus(), bigram_encoder, second=second)


def test_a_query_is_encoded_once_for_all_its_searches(built: Index, second: HabitualEncoder) -> None:
    [query] = built.read(["门面装修备案"])
    assert not second.queries, "reading a query costs nothing yet"
    opened = built.open(query)
    for place in ("东州", "西州"):
        opened.search(limit=5, scope=Scope(jurisdictions=frozenset({place})))
    built.search(query, limit=5)
    built.legs[NAME].search("门面装修备案", limit=5)
    assert second.queries == ["门面装修备案"]


def test_a_blank_query_is_not_encoded(built: Index, second: HabitualEncoder) -> None:
    assert built.search("？！…", limit=5) == []
    assert not second.queries


def test_its_cosines_are_taken_from_the_mean(built: Index, second: HabitualEncoder) -> None:
    raw = second.encode_documents(["门面装修", "垃圾清运"])
    assert raw[0] @ raw[1] > 0.8
    hits = built.legs[NAME].search("门面装修", limit=99)
    assert len(hits) == len(built.corpus.clauses)
    assert hits[0].score > 0.3
    assert abs(np.mean([hit.score for hit in hits])) < 0.3


def test_without_it_an_index_is_as_one_that_never_had_it(built: Index, bigram_encoder: BigramEncoder) -> None:
    never = build_index(contract_corpus(), bigram_encoder)
    bare = built.without_second()
    assert never.second is None
    assert bare.version == never.version != built.version
    assert list(bare.legs) == list(never.legs)
    assert list(built.legs) == [*never.legs, NAME]
    assert bare.search("门面装修备案", limit=9) == never.search("门面装修备案", limit=9)
    assert built.without_plain().without_induced().second is built.second


@pytest.mark.parametrize("length", [1, 260, 261, 280, 481, 500])
def test_a_long_passage_is_several_that_leave_no_character_out(length: int) -> None:
    text = "".join(chr(0x4E00 + i) for i in range(length))
    clause = replace(contract_corpus().clauses[0], title=text[:1], text=text)
    first, *others = [one.text for one in short_passages([clause])]
    assert "".join((first, *(other[20:] for other in others))) == text
    assert all(20 < len(one) <= 260 for one in others)


def test_a_clause_that_is_divided_gives_its_beginning_and_its_divisions(corpus: Corpus) -> None:
    whole, short = passages_of(corpus.clauses), short_passages(corpus.clauses)
    divided = {one.clause for one in whole if one.field != "text"}
    assert divided
    heads = [(one.clause, one.text[:260]) for one in whole if one.field == "text" and one.clause in divided]
    assert [one[::3] for one in short if one.field == "text" and one.clause in divided] == heads
    assert list(dict.fromkeys(one[:3] for one in short)) == list(dict.fromkeys(one[:3] for one in whole))


@pytest.mark.parametrize("clauses", [0, 1])
def test_of_few_clauses_nothing_is_divided_by_nothing(bigram_encoder: BigramEncoder, clauses: int) -> None:
    few = contract_corpus().clauses[:clauses]
    table, reader = ClauseTable(few), QueryReader(bigram_encoder, load_lexicon())
    leg = build_second(few, table, HabitualEncoder(), reader)
    assert np.isfinite(leg.vectors.passages.vectors).all()
    assert len(leg.search("门面装修", limit=5)) == clauses
