"""Development figures, by value on tables small enough to check by hand."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from index.encoder.training.dataset import TokenBags
from index.encoder.training.evaluation import DevSet, embed, figures, load_dev_sets, ranking

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


def test_absent_benchmarks_are_skipped(tmp_path: Path, tokenizer: Tokenizer) -> None:
    assert load_dev_sets(tmp_path, tokenizer) == []


def test_a_law_is_found_by_its_title_or_text(tmp_path: Path) -> None:
    words = Tokenizer(WordLevel({"[UNK]": 0, "loan": 1, "tax": 2}, unk_token="[UNK]"))
    words.pre_tokenizer = Whitespace()
    laws = [{"id": "law-1", "title": "loan", "text": "rules"}, {"id": "law-2", "title": "act", "text": "tax"}]
    with gzip.open(tmp_path / "laws_corpus.jsonl.gz", "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in laws)
    question = {"question": "loan?", "relevant": ["law-1"]}
    (tmp_path / "stard_dev.jsonl").write_text(json.dumps(question) + "\n", encoding="utf-8")
    (dev,) = load_dev_sets(tmp_path, words)
    assert figures(dev, TABLE[:3]) == {"stard recall@10": 1.0, "stard recall@100": 1.0}
    assert ranking(dev, TABLE[:3]) == [[0, 1]]
