import unicodedata
from collections.abc import Sequence
from typing import Literal

import numpy as np
import pytest
from numpy.typing import NDArray

from index.index import Index
from index.lexicon.expansion import load_lexicon
from index.query import QueryReader, read_text
from index.text.normalizer import normalize
from index.text.tokenizer import tokenize, words
from tests.bigram_encoder import BigramEncoder

TEXTS = ["没贷过款的小店咋能贷到款", "首貸戶有贴息吗？", "how do I get a business license", "", "？！"]


class Counting(BigramEncoder):
    """Notes each call."""

    def __init__(self) -> None:
        self.calls: list[list[str]] = []

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.calls.append(list(texts))
        return super().encode_queries(texts)


def test_all_texts_and_their_words_are_one_call_of_the_encoder_and_nothing_comes_twice() -> None:
    encoder = Counting()
    QueryReader(encoder, load_lexicon()).read([*TEXTS, TEXTS[0]])
    [call] = encoder.calls
    assert len(set(call)) == len(call)
    assert set(call) == {one for text in TEXTS for one in (normalize(text), *words(text))}


def test_a_text_is_normalised_once(monkeypatch: pytest.MonkeyPatch, index: Index) -> None:
    seen: list[str] = []
    original = unicodedata.normalize

    def counted(form: Literal["NFKC"], text: str) -> str:
        seen.append(text)
        return original(form, text)

    index.read(TEXTS[:1])  # the dictionaries are loaded
    monkeypatch.setattr(unicodedata, "normalize", counted)
    [query] = index.read(TEXTS[:1])
    index.search(query, limit=10)
    assert seen.count(TEXTS[0]) <= 2  # before and behind the conversion to simplified characters
    assert set(seen) == {TEXTS[0]}


@pytest.mark.parametrize("text", TEXTS)
def test_a_query_holds_what_its_text_says(index: Index, text: str) -> None:
    [query] = index.read([text])
    assert (query.text, query.normal) == (text, normalize(text))
    assert list(query.tokens) == tokenize(text)
    assert list(query.words) == words(text)
    assert query.expansions == index.lexicon.expand(normalize(text))
    assert np.array_equal(query.vector, index.encoder.encode_queries([normalize(text)])[0])
    assert np.array_equal(query.word_vectors, index.encoder.encode_queries(list(query.words)))


def test_a_query_does_not_depend_on_the_texts_beside_it(index: Index) -> None:
    for alone, beside in zip((index.read([text])[0] for text in TEXTS), index.read(TEXTS), strict=True):
        assert alone.tokens == beside.tokens
        assert np.array_equal(alone.vector, beside.vector)
        assert np.array_equal(alone.word_vectors, beside.word_vectors)


def test_a_query_and_its_text_find_the_same(index: Index) -> None:
    for query in index.read(TEXTS):
        assert index.search(query, limit=20) == index.search(query.text, limit=20)


def test_without_a_lexicon_there_are_no_expansions() -> None:
    assert read_text("房本丢了", None).expansions == ()
    assert read_text("房本丢了", load_lexicon()).expansions
