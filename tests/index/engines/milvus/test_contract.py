"""The laws of `Retriever` over Milvus, as milvus-lite runs it in this process, and equality with the embedded engine.

What a build has written never changes, so tests share it: each corpus is written once, and once more for the law that
a second build gives equal hits.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from corpus.records.record import PlainRecord
from index.building import build_index
from index.engines.contract import QUERIES, SCOPES, Build, RetrieverContract, contract_corpus
from index.engines.milvus.connection import Address, Connection
from index.engines.milvus.engine import MilvusEngine
from index.index import Index
from index.retriever import EVERYTHING, Retriever
from index.store import open_index, save_index
from tests.bigram_encoder import BigramEncoder

Opened = Callable[..., Index]
SHALLOW = 4  # rows in one answer: less than half of the clauses, so that every search is deepened and divided


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Connection:
    return Connection(Address(str(tmp_path_factory.mktemp("milvus") / "contract.db")))


@pytest.fixture(scope="module")
def opened(connection: Connection, tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """An index that was built, placed in Milvus, and opened by an engine that gives so many rows in one answer."""
    folders: dict[object, Path] = {}

    def open_one(corpus: Corpus, most: int = 16_384, *, again: bool = False) -> Index:
        key = corpus.clauses, tuple(corpus.plain), again
        engine = MilvusEngine(connection, most=most)
        if key not in folders:
            folders[key] = tmp_path_factory.mktemp("index")
            save_index(build_index(corpus, BigramEncoder()), folders[key], engine)
        return open_index(folders[key], corpus, BigramEncoder(), engine=engine)

    return open_one


class MilvusContract(RetrieverContract):
    """Of one leg, or of all together."""

    leg = ""
    most = 16_384

    def of(self, index: Index) -> Retriever:
        return index.legs[self.leg] if self.leg else index

    @pytest.fixture
    def build(self, opened: Opened) -> Build:
        return lambda corpus: self.of(opened(corpus, self.most))

    @pytest.fixture
    def reopened(self, opened: Opened) -> Retriever:
        return self.of(opened(contract_corpus(), self.most, again=True))


class TestMilvusBM25(MilvusContract):
    leg = "bm25"


class TestMilvusDense(MilvusContract):
    leg = "dense"


class TestMilvusFused(MilvusContract):
    scores_depend_on_scope = True


class TestMilvusBM25InShortAnswers(MilvusContract):
    leg = "bm25"
    most = SHALLOW


class TestMilvusDenseInShortAnswers(MilvusContract):
    leg = "dense"
    most = SHALLOW


def repeated_corpus() -> Corpus:
    """Forty clauses in four texts, so that ten tie, long ones among them, some with a record, one term everywhere."""
    texts = (
        "第{}项 办理门面装修备案，期限三个工作日。",
        "办理补贴申领，标准每户两千元。",
        "办理垃圾清运。" + "清运时段由物业公告，居民应当按时投放。" * 30,
        "办理 register a shop online。",
    )
    clauses = [
        Clause(f"d{n % 3}:{n * 7 % 41:02}", f"d{n % 3}", f"第{n}条", "办理", (), text, 0, len(text), (f"p{n % 5}",))
        for n in range(40)
        for text in [texts[n % 4].format(n)]
    ]
    plain = {c.id: record(c.id) for c in clauses[::6]}
    return Corpus(tuple(Document(f"d{n}", f"办法{n}", "") for n in range(3)), tuple(clauses), plain=plain)


def record(id_: str) -> PlainRecord:
    return PlainRecord(
        id_, "备案", "开店前先去街道登记", "Shops", "Register", ("去哪儿弄", "要多少钱"), (), ("门面",), 1
    )


@pytest.mark.parametrize("most", [16_384, SHALLOW])
@pytest.mark.parametrize("corpus", [contract_corpus(), repeated_corpus()], ids=["contract", "repeated"])
def test_hits_equal_those_of_the_embedded_engine_to_the_last_bit(opened: Opened, corpus: Corpus, most: int) -> None:
    embedded, other = build_index(corpus, BigramEncoder()), opened(corpus, most)
    assert list(other.legs) == list(embedded.legs)
    for query in embedded.read([*QUERIES, "办理", "去哪儿弄门面"]):
        for scope in (EVERYTHING, *SCOPES):
            for limit in (1, 7, 100):
                for name, leg in embedded.legs.items():
                    hits = other.legs[name].search(query, limit=limit, scope=scope)
                    assert hits == leg.search(query, limit=limit, scope=scope), (name, query.text, scope, limit)
            assert other.search(query, limit=20, scope=scope) == embedded.search(query, limit=20, scope=scope)


@pytest.mark.parametrize("corpus", [repeated_corpus()], ids=["repeated"])
def test_any_clause_is_scored_as_the_embedded_engine_scores_it(opened: Opened, corpus: Corpus) -> None:
    embedded, other = build_index(corpus, BigramEncoder()), opened(corpus)
    everything = np.arange(len(corpus.clauses))
    for query in embedded.read(QUERIES):
        for name, leg in embedded.legs.items():
            ours, theirs = (one.open(query)(3, EVERYTHING) for one in (leg, other.legs[name]))
            np.testing.assert_array_equal(theirs.score_clauses(everything), ours.score_clauses(everything))
            assert theirs.upper_bound == ours.upper_bound
            assert [theirs.source(c) for c in theirs.top] == [ours.source(c) for c in ours.top]
        for clause in corpus.clauses_with_records:
            assert other.by_part(query, clause) == embedded.by_part(query, clause)


@pytest.mark.parametrize("looked_at", [Index.without_plain, Index.without_induced, Index.without_reranking])
def test_what_is_not_looked_at_is_left_out_as_of_the_embedded_engine(
    opened: Opened, looked_at: Callable[[Index], Index]
) -> None:
    corpus = repeated_corpus()
    embedded, other = looked_at(build_index(corpus, BigramEncoder())), looked_at(opened(corpus))
    for query in embedded.read(QUERIES):
        assert other.search(query, limit=20) == embedded.search(query, limit=20)


def test_what_is_known_of_words_is_the_same(opened: Opened) -> None:
    corpus = replace(repeated_corpus(), plain={})
    embedded, other = build_index(corpus, BigramEncoder()), opened(corpus)
    assert other.vocabulary() == embedded.vocabulary()
    assert other.idf(["门面", "没有的词"]).tolist() == embedded.idf(["门面", "没有的词"]).tolist()
    assert other.version == embedded.version
