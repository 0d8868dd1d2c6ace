from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from corpus.clause import Clause
from index.index import Index
from index.text.normalizer import normalize
from index.text.tokenizer import tokenize


@pytest.fixture(params=["anhui-2023-4:1.3", "harbin-66:26", "harbin-66:57"])
def clause(request: pytest.FixtureRequest, index: Index) -> Clause:
    return index.corpus.clause(request.param)


def test_texts_and_tokens_are_those_of_title_text_and_records(index: Index, clause: Clause) -> None:
    view = index.view(clause)
    text = f"{clause.title}\n{clause.text}"
    records = [line for record in index.corpus.records(clause) for _, line in record.lines()]
    assert view.normal == normalize(text)
    assert view.tokens == frozenset(tokenize(text))
    assert view.normal_with_records == normalize("\n".join([text, *records]))
    assert view.tokens_with_records == frozenset(tokenize("\n".join([text, *records])))


def test_where_records_are_not_looked_at_a_view_has_none(index: Index, clause: Clause) -> None:
    view = index.without_plain().view(clause)
    assert view.normal_with_records == view.normal
    assert view.tokens_with_records == view.tokens


def test_sentences_begin_with_the_title(index: Index, clause: Clause) -> None:
    view = index.view(clause)
    assert view.sentences[0] == normalize(clause.title)
    assert all(view.sentences[1:])
    assert np.array_equal(view.sentence_vectors, index.encoder.encode_documents(view.sentences))


def test_a_quote_is_cut_into_its_sentences(index: Index) -> None:
    sentences = index.sentences("一、当日办结； 不收费。\n第三十条")
    assert sentences.written == ("一、当日办结", "不收费", "第三十条")
    assert sentences.normal == ("一、当日办结", "不收费", "第30条")
    assert np.array_equal(sentences.vectors, index.encoder.encode_documents(sentences.normal))


def test_a_view_is_remembered_by_its_index_and_the_same_for_all_threads(index: Index, clause: Clause) -> None:
    with ThreadPoolExecutor(8) as pool:
        views = list(pool.map(lambda _: index.view(clause).sentence_vectors, range(32)))
    assert all(np.array_equal(views[0], view) for view in views)
    assert index.view(clause) is index.view(clause)
    assert index.view(clause) is not index.without_plain().view(clause)
