"""Several tables into one."""

import numpy as np
import pytest
from numpy.typing import NDArray

from index.encoder.training.dataset import PairSet, TokenBags
from index.encoder.training.ensemble import merge, samples_of
from index.encoder.training.evaluation import embed


def _texts(count: int, pieces: int) -> TokenBags:
    rng = np.random.default_rng(1)
    return TokenBags(rng.integers(1, pieces, count * 5), np.arange(0, count * 5 + 1, 5))


def _table(seed: int, dimension: int) -> NDArray[np.float32]:
    return np.random.default_rng(seed).normal(size=(50, dimension)).astype(np.float32)


def _cosines(texts: TokenBags, table: NDArray[np.float32]) -> NDArray[np.float32]:
    vectors = embed(texts, table)
    return vectors @ vectors.T


def test_one_table_only_turns() -> None:
    texts = _texts(30, 50)
    assert np.abs(_cosines(texts, merge([_table(1, 8)], texts, 8)) - _cosines(texts, _table(1, 8))).max() < 1e-4


def test_a_table_twice_says_what_it_says_once() -> None:
    texts = _texts(30, 50)
    merged = merge([_table(1, 8), 3 * _table(1, 8)], texts, 8)
    assert merged.shape == (50, 8)
    assert np.abs(_cosines(texts, merged) - _cosines(texts, _table(1, 8))).max() < 1e-4


def test_cutting_keeps_cosines_better_than_half_of_the_dimensions() -> None:
    texts = _texts(200, 50)
    low_rank = _table(1, 3) @ np.random.default_rng(2).normal(size=(3, 16)).astype(np.float32) + 0.05 * _table(3, 16)
    whole = _cosines(texts, low_rank)
    cut = np.abs(_cosines(texts, merge([low_rank], texts, 4)) - whole).mean()
    assert cut < 0.5 * np.abs(_cosines(texts, low_rank[:, :4]) - whole).mean()


def test_samples_take_both_sides_of_every_source(sets: list[PairSet]) -> None:
    assert len(samples_of(sets, 1)) == 4 * 80


@pytest.mark.parametrize("dimension", [4, 12])
def test_the_unknown_piece_stays_zero(dimension: int) -> None:
    first, second = _table(1, 8), _table(2, 8)
    first[0] = second[0] = 0
    assert not merge([first, second], _texts(30, 50), dimension)[0].any()
