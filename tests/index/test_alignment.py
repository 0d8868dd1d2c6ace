import numpy as np
import pytest

from index.alignment import DEPTH, Alignment, aligned_text
from index.hybrid import Index
from index.tokenizer import words

QUERIES = [
    "没贷过款的小店咋能贷到款",
    "不动产抵押权注销登记",
    "how do I get first-loan support",
    "12345热线升级了多少功能",
]


@pytest.mark.parametrize("query", QUERIES)
def test_a_score_is_the_weighted_mean_of_the_best_counterparts(index: Index, query: str) -> None:
    clause = index.corpus.clause("anhui-2023-4:1.3")
    asked, said = words(query), words(aligned_text(clause))
    weights = index.text.lexical.weights.idf_of(asked)
    best = [
        max(float(a @ s) for s in index.encoder.encode_documents(said)) for a in index.encoder.encode_queries(asked)
    ]
    found = Alignment(index).scores(query, [aligned_text(clause)])
    assert found == pytest.approx([np.average(best, weights=weights)], abs=1e-5)


def test_a_clause_that_holds_every_word_scores_one(index: Index) -> None:
    clause = index.corpus.clause("harbin-66:26")
    assert Alignment(index).scores(clause.title, [clause.text]) == pytest.approx([1], abs=1e-5)


def test_a_word_without_a_counterpart_lowers_the_score(index: Index) -> None:
    text = index.corpus.clause("anhui-2023-4:1.3").text
    alignment = Alignment(index)
    assert alignment.scores("首贷户贷款的利率", [text]) < alignment.scores("首贷户贷款", [text])


@pytest.mark.parametrize("query", QUERIES)
def test_reranking_orders_the_first_and_keeps_the_rest_behind(index: Index, query: str) -> None:
    hits = index.search(query, limit=50)
    reranked = Alignment(index).rerank(query, hits)
    assert {hit.clause.id for hit in reranked[:DEPTH]} == {hit.clause.id for hit in hits[:DEPTH]}
    assert reranked[DEPTH:] == hits[DEPTH:]
    scores = [hit.score for hit in reranked]
    assert scores == sorted(scores, reverse=True)


def test_nothing_found_is_nothing_reranked(index: Index) -> None:
    assert Alignment(index).rerank("首贷", []) == []
    assert Alignment(index).scores("？", ["首贷", "税务"]) == [0.0, 0.0]
    assert Alignment(index).scores("首贷", ["，"]) == [0.0]
