"""Development figures, by value on tables small enough to check by hand."""

import numpy as np
import pytest

from index.encoder.training.dataset import TokenBags
from index.encoder.training.devsets import DevSet
from index.encoder.training.evaluation import embed, figures, ranking

TABLE = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype=np.float32)


def _bags(*rows: list[int]) -> TokenBags:
    return TokenBags(np.array([i for row in rows for i in row], np.int64), np.cumsum([0, *map(len, rows)]))


def test_rows_are_of_unit_length_or_zero() -> None:
    assert embed(_bags([3], [], [1, 1]), TABLE) == pytest.approx(np.array([[0.5**0.5, 0.5**0.5], [0, 0], [1, 0]]))


def test_a_document_scores_by_its_best_passage() -> None:
    passages = _bags([1], [2], [3])  # document 0 has the first two, document 1 the last
    dev = DevSet("d", _bags([2], [3]), (frozenset({0}), frozenset({1})), passages, np.array([0, 0, 1]), ())
    assert ranking(dev, TABLE) == [[0, 1], [1, 0]]


def test_success_and_recall_by_value() -> None:
    passages = _bags([1], [2], [3])
    relevant = (frozenset({1, 0}), frozenset({0}))
    cuts = (("success", 1), ("recall", 1), ("recall", 3))
    dev = DevSet("d", _bags([2], [2]), relevant, passages, np.arange(3), cuts)
    assert figures(dev, TABLE) == {"d success@1": 0.5, "d recall@1": 0.25, "d recall@3": 1.0}


def test_a_question_within_a_document_finds_nothing_else() -> None:
    passages = _bags([1], [2], [3])
    scopes = np.array([5]), np.array([5, 7, 7])
    dev = DevSet("d", _bags([2]), (frozenset({0}),), passages, np.arange(3), (("success", 1),), *scopes)
    assert ranking(dev, TABLE)[0][0] == 0
    assert figures(dev, TABLE) == {"d success@1": 1.0}
