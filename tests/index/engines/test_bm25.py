from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from corpus.corpus import Corpus
from index.engines.bm25 import bm25_weights, indexed_text, weighted_terms
from index.engines.bm25_query import top_positions
from index.index import Index
from index.query import text_query
from index.text.tokenizer import tokenize

words = st.text("甲乙丙丁戊己", min_size=1, max_size=1)
texts = st.lists(st.lists(words, min_size=1, max_size=12), min_size=8, max_size=20)


@given(texts=texts, query=st.lists(words | st.just("unknown"), max_size=8))
def test_scores_equal_rank_bm25(texts: list[list[str]], query: list[str]) -> None:
    ours = bm25_weights(texts).postings(Counter(query)).scores(len(texts))
    assert ours == pytest.approx(BM25Okapi(texts).get_scores(query), rel=1e-5, abs=1e-6)


@pytest.mark.parametrize(
    "query", ["没贷过款的小店咋能贷到款", "税务注销 税务注销 预检", "企业", "how to cancel a mortgage"]
)
def test_scores_equal_rank_bm25_over_the_shipped_clauses(corpus: Corpus, query: str) -> None:
    texts = [indexed_text(clause, corpus.document(clause.document_id).title) for clause in corpus.clauses]
    ours = bm25_weights(texts).postings(Counter(tokenize(query))).scores(len(texts))
    assert ours == pytest.approx(BM25Okapi(texts).get_scores(tokenize(query)), rel=1e-5, abs=1e-5)


def test_matching_is_not_a_positive_score() -> None:
    # A term in exactly half of the texts has idf 0: it matches, and scores nothing.
    texts = [["甲", "乙"], ["甲", "丙"], ["丁", "戊"], ["己", "戊"]]
    weights = bm25_weights(texts)
    assert weights.postings({"甲": 1.0}).scores(4).tolist() == [0, 0, 0, 0]
    assert weights.postings({"甲": 1.0}).matched(4).tolist() == [True, True, False, False]


@pytest.mark.parametrize("texts", [[], [[]], [[], []]])
def test_an_empty_corpus_scores_nothing(texts: list[list[str]]) -> None:
    weights = bm25_weights(texts)
    assert weights.postings({"甲": 1.0}).scores(len(texts)).tolist() == [0.0] * len(texts)
    assert not weights.postings({"甲": 1.0}).matched(len(texts)).any()
    assert weights.idf_share({"甲"}, {"甲"}) == 0


@given(texts=texts, query=st.sets(words | st.just("unknown")))
def test_a_share_is_a_share(texts: list[list[str]], query: set[str]) -> None:
    weights = bm25_weights(texts)
    found = [set(text) for text in texts]
    shares = np.array([weights.idf_share(query, tokens) for tokens in found])
    assert ((shares >= 0) & (shares <= 1 + 1e-9)).all()
    assert weights.idf_share(query, set()) == 0


def test_an_unknown_word_counts_as_much_as_the_rarest_known_one() -> None:
    texts = [[*"甲乙"], [*"甲丙"], [*"甲丁"], [*"戊己"], [*"庚辛"], [*"壬癸"], [*"子丑"], [*"寅卯"]]
    weights = bm25_weights(texts)
    assert weights.idf_share({"乙", "unknown"}, weights.vocabulary.keys()) == pytest.approx(0.5)


@given(scores=st.lists(st.integers(-3, 6).map(float), max_size=30), limit=st.integers(-1, 40))
def test_the_best_positive_scores_and_all_ties_with_the_last(scores: list[float], limit: int) -> None:
    found = set(top_positions(np.array(scores), limit).tolist())
    positive = sorted((s for s in scores if s > 0), reverse=True)
    expected = positive[: max(limit, 0)]
    last = expected[-1] if expected else float("inf")
    assert found == {i for i, s in enumerate(scores) if s > 0 and s >= last}


@pytest.mark.parametrize("query", ["首贷", "没贷过款的小店咋能贷到款", "how do I get first-loan support", "办理"])
def test_a_lexical_hit_shares_a_token_and_a_clause_that_shares_one_is_a_hit(index: Index, query: str) -> None:
    leg = index.text.lexical
    titles = {document.id: document.title for document in index.corpus.documents}
    wanted = weighted_terms(text_query(query, index.lexicon), leg.weights.vocabulary).counts.keys()
    sharing = {c.id for c in index.corpus.clauses if wanted & set(indexed_text(c, titles[c.document_id]))}
    assert {hit.clause.id for hit in leg.search(query, limit=500)} == sharing
