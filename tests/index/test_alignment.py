import numpy as np
import pytest

from index.alignment import Alignment
from index.index import Index
from index.text.tokenizer import words

QUERIES = [
    "没贷过款的小店咋能贷到款",
    "不动产抵押权注销登记",
    "how do I get first-loan support",
    "12345热线升级了多少功能",
]


@pytest.mark.parametrize("query", QUERIES)
def test_a_score_is_the_weighted_mean_of_the_best_counterparts(index: Index, query: str) -> None:
    clause = index.corpus.clause("anhui-2023-4:1.3")
    asked, said = words(query), words(clause.text)
    weights = index.text.lexical.weights.idf_of(asked)
    best = [
        max(float(a @ s) for s in index.encoder.encode_documents(said)) for a in index.encoder.encode_queries(asked)
    ]
    found = Alignment(index).scores(query, [clause.text])
    assert found == pytest.approx([np.average(best, weights=weights)], abs=1e-5)


def test_a_clause_that_holds_every_word_scores_one(index: Index) -> None:
    clause = index.corpus.clause("harbin-66:26")
    assert Alignment(index).scores(clause.title, [clause.text]) == pytest.approx([1], abs=1e-5)


def test_a_word_without_a_counterpart_lowers_the_score(index: Index) -> None:
    text = index.corpus.clause("anhui-2023-4:1.3").text
    alignment = Alignment(index)
    assert alignment.scores("首贷户贷款的利率", [text]) < alignment.scores("首贷户贷款", [text])
