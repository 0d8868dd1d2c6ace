"""Hard negatives."""

from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from index.training.negatives import mine, write_pairs
from index.training.sources import Pair, read_rows, triplet

PAIRS = [
    Pair("贷款怎么办理", "贷款业务由窗口受理"),
    Pair("贷款怎么办理", "贷款当场办结"),
    Pair("用电怎么办理", "用电业务由窗口受理"),
]
POOL = [f"{topic}业务由窗口{n}受理" for topic in ("社保", "户口", "贷款", "税务") for n in range(20)]


@pytest.fixture
def mined(tokenizer: Tokenizer) -> list[Pair]:
    table = np.random.default_rng(1).normal(size=(tokenizer.get_vocab_size(), 16)).astype(np.float32)
    return mine(PAIRS, POOL, tokenizer, table, each=4, seed=1)


def test_every_pair_gets_distinct_negatives(mined: list[Pair]) -> None:
    for pair in PAIRS:
        negatives = [m.negative for m in mined if (m.query, m.passage) == (pair.query, pair.passage)]
        assert 0 < len(negatives) == len(set(negatives)) <= 4


def test_a_right_passage_is_never_a_negative(mined: list[Pair]) -> None:
    right = {(pair.query, pair.passage) for pair in PAIRS}
    assert not any((pair.query, pair.negative) in right for pair in mined)


def test_written_negatives_read_back_as_triplets(mined: list[Pair], tmp_path: Path) -> None:
    write_pairs(mined, tmp_path / "hard.jsonl.gz")
    from random import Random  # noqa: PLC0415

    assert list(triplet(read_rows(tmp_path / "hard.jsonl.gz"), Random(1))) == mined
