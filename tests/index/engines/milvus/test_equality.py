"""Milvus names candidates and nothing more: hits, scores and sources equal the embedded engine's, to the last bit."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from corpus.records.record import PlainRecord
from index.building import build_index
from index.engines.contract import SCOPES, contract_corpus
from index.engines.milvus.cut import MOST
from index.index import Index
from index.retriever import EVERYTHING
from tests.bigram_encoder import BigramEncoder
from tests.index.engines.milvus.conftest import Opened

NAMES = ("shops", "subsidies", "fees")
PLACES = (("东州",), ("西州", "东州"), ())
QUESTIONS = ("门面装修到哪里备案", "办理", "去哪儿弄 register", "第三条")


def repeated_corpus() -> Corpus:
    """Forty clauses in four texts, so that ten tie, long ones among them, some with a record, one term everywhere."""
    texts = (
        "第{}项 办理门面装修备案，期限三个工作日。",
        "办理补贴申领，标准每户两千元。",
        "办理垃圾清运。" + "清运时段由物业公告，居民应当按时投放。" * 30,
        "办理 register a shop online。",
    )
    clauses = [
        Clause(f"{name}:{n * 7 % 41:02}", name, f"第{n}条", "办理", (), text, 0, len(text), PLACES[n % 3])
        for n in range(40)
        for name, text in [(NAMES[n % 3], texts[n % 4].format(n))]
    ]
    plain = {c.id: record(c.id) for c in clauses[::6]}
    return Corpus(tuple(Document(name, f"{name}办法", "") for name in NAMES), tuple(clauses), plain=plain)


def record(id_: str) -> PlainRecord:
    return PlainRecord(
        id_, "备案", "开店前先去街道登记", "Shops", "Register", ("去哪儿弄", "要多少钱"), (), ("门面",), 1
    )


@pytest.mark.parametrize("most", [MOST, 4])
@pytest.mark.parametrize("corpus", [contract_corpus(), repeated_corpus()], ids=["contract", "repeated"])
def test_hits_equal_those_of_the_embedded_engine_to_the_last_bit(opened: Opened, corpus: Corpus, most: int) -> None:
    embedded, other = build_index(corpus, BigramEncoder()), opened(corpus, most)
    assert list(other.legs) == list(embedded.legs)
    for query in embedded.read(QUESTIONS):
        for scope in (EVERYTHING, SCOPES[4], SCOPES[6]):
            for limit in (7,) if most < MOST else (1, 7, 100):
                for name, leg in embedded.legs.items():
                    hits = other.legs[name].search(query, limit=limit, scope=scope)
                    assert hits == leg.search(query, limit=limit, scope=scope), (name, query.text, scope, limit)
            assert other.search(query, limit=20, scope=scope) == embedded.search(query, limit=20, scope=scope)


@pytest.mark.parametrize("corpus", [repeated_corpus()], ids=["repeated"])
def test_any_clause_is_scored_as_the_embedded_engine_scores_it(opened: Opened, corpus: Corpus) -> None:
    embedded, other = build_index(corpus, BigramEncoder()), opened(corpus)
    everything = np.arange(len(corpus.clauses))
    for query in embedded.read(QUESTIONS):
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
    for query in embedded.read(QUESTIONS):
        assert other.search(query, limit=20) == embedded.search(query, limit=20)


def test_what_is_known_of_words_is_the_same(opened: Opened) -> None:
    corpus = replace(repeated_corpus(), plain={})
    embedded, other = build_index(corpus, BigramEncoder()), opened(corpus)
    assert other.vocabulary() == embedded.vocabulary()
    assert other.idf(["门面", "没有的词"]).tolist() == embedded.idf(["门面", "没有的词"]).tolist()
    assert other.version == embedded.version
