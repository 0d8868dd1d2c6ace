"""Hard negatives."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.encoder.training.dataset import tokenize
from index.encoder.training.evaluation import embed
from index.encoder.training.negatives import Encode, draw, mine
from index.encoder.training.sources import Pair

PAIRS = [
    Pair("贷款怎么办理", "贷款业务由窗口受理"),
    Pair("贷款怎么办理", "贷款当场办结"),
    Pair("用电怎么办理", "用电业务由窗口受理"),
]
POOL = [f"{topic}业务由窗口{n}受理" for topic in ("社保", "户口", "贷款", "税务") for n in range(20)]


@pytest.fixture
def encode(tokenizer: Tokenizer) -> Encode:
    table = np.random.default_rng(1).normal(size=(tokenizer.get_vocab_size(), 16)).astype(np.float32)

    def encoded(texts: Sequence[str]) -> NDArray[np.float32]:
        return embed(tokenize(texts, tokenizer, 99), table)

    return encoded


def test_every_pair_gets_distinct_negatives(encode: Encode) -> None:
    mined = mine(PAIRS, POOL, encode, each=4, seed=1)
    for pair in PAIRS:
        negatives = [m.negative for m in mined if (m.query, m.passage) == (pair.query, pair.passage)]
        assert 0 < len(negatives) == len(set(negatives)) <= 4


def test_a_right_passage_is_never_a_negative(encode: Encode) -> None:
    right = {(pair.query, pair.passage) for pair in PAIRS}
    assert not any((m.query, m.negative) in right for m in mine(PAIRS, POOL, encode, each=50, seed=1))


def test_negatives_score_below_the_true_passage_or_low(encode: Encode) -> None:
    for m in mine(PAIRS, POOL, encode, each=50, seed=1):
        query, passage, negative = encode([m.query, m.passage, str(m.negative)])
        assert query @ negative < max(0.95 * (query @ passage), 0.3) + 1e-6


def test_a_small_pool_is_no_error(encode: Encode) -> None:
    assert mine(PAIRS, [], encode, each=2, seed=1) == []


def test_drawn_negatives_come_from_the_pool() -> None:
    drawn = draw(PAIRS, POOL, 2, seed=1)
    assert len(drawn) == 2 * len(PAIRS)
    assert all(m.negative in POOL for m in drawn)
