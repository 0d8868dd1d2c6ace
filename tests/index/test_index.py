"""The statistics of an index, and that nothing outlives it."""

import gc
import weakref
from collections import Counter

import pytest

from corpus.corpus import Corpus
from index.building import build_index
from index.index import Index
from index.layer import record_lines
from index.text.tokenizer import tokenize
from tests.bigram_encoder import BigramEncoder


def test_frequency_counts_the_clauses_of_each_layer(index: Index) -> None:
    weights = index.text.lexical.weights
    in_texts = Counter(word for word in weights.vocabulary for _ in range(weights.frequency(word)))
    said: dict[int, set[str]] = {}
    for line in record_lines(index.corpus, index.table):
        said.setdefault(line.clause, set()).update(tokenize(line.text))
    in_records = Counter(word for tokens in said.values() for word in tokens)
    assert index.vocabulary() == in_texts + in_records
    for word in ("首贷", "营业执照", "没有这个词"):
        assert index.frequency(word) == in_texts[word] + in_records[word]


def test_a_word_of_the_records_alone_is_not_one_of_the_texts(index: Index) -> None:
    alone = next(word for word in index.vocabulary() if not index.text.lexical.weights.frequency(word))
    assert index.contains(alone)
    assert not index.contains(alone, records=False)
    assert not index.without_plain().contains(alone)
    assert index.without_plain().frequency(alone) == 0


def test_idf_shares_add_up(index: Index) -> None:
    tokens = ["首贷", "抵押权", "没有这个词"]
    idf = index.idf(tokens)
    assert idf[2] == pytest.approx(index.text.lexical.weights.rarest)
    assert index.idf_share(set(tokens), {"首贷"}) == pytest.approx(idf[0] / idf.sum())


def test_the_records_of_a_part_answer_for_it(index: Index) -> None:
    clause = index.corpus.clause("anhui-2023-4:1.3")
    [query] = index.read(["首贷户有没有财政贴息"])
    best = index.by_part(query, clause)
    assert set(best) == {-1, *range(len(clause.parts))}
    assert index.without_plain().by_part(query, clause) == {}
    assert index.has_records(clause)
    assert not index.without_plain().has_records(clause)


def test_an_index_that_nobody_holds_is_gone(corpus: Corpus) -> None:
    built = build_index(corpus, BigramEncoder())
    [query] = built.read(["首贷户有没有财政贴息"])
    hits = built.search(query, limit=5)
    built.view(hits[0].clause).sentence_vectors.any()
    built.maxsim_text(query, hits[0].clause.title)
    built.sentences(hits[0].clause.text)
    gone = weakref.ref(built)
    del built, hits
    gc.collect()
    assert gone() is None
