"""Pairs as token ids, and their batches."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from index.encoder.training.dataset import PairSet, TokenBags, Tokens, batches, count_batches, load_pairs, tokenize
from index.encoder.training.mixture import Source, read_pairs
from index.encoder.training.sources import Pair


def _bags(*rows: list[int]) -> TokenBags:
    return TokenBags(np.array([i for row in rows for i in row], np.int64), np.cumsum([0, *map(len, rows)]))


def _rows(bags: TokenBags) -> list[list[int]]:
    return [bags.ids[start:end].tolist() for start, end in pairwise(bags.offsets)]


def test_take_gives_the_rows_in_the_asked_order() -> None:
    bags = _bags([1, 2], [], [3], [4, 5, 6])
    assert _rows(bags.take(np.array([3, 1, 0, 0]))) == [[4, 5, 6], [], [1, 2], [1, 2]]


def test_join_puts_one_after_the_other() -> None:
    assert _rows(_bags([1], [2, 3]).join(_bags([], [4]))) == [[1], [2, 3], [], [4]]


def test_thinning_leaves_short_texts_whole_and_order_alone() -> None:
    bags = _bags(list(range(1, 101)), [7, 7], [])
    long, *rest = _rows(bags.dropout(0.5, np.random.default_rng(1)))
    assert rest == [[7, 7], []]
    assert 30 < len(long) < 70
    assert long == sorted(long)
    assert _rows(bags.dropout(0.0, np.random.default_rng(1))) == _rows(bags)


def test_tokens_are_limited_and_never_unknown(tokenizer: Tokenizer) -> None:
    bags = tokenize(["贷款怎么办理", "☃", "贷款" * 50], tokenizer, 5)
    lengths = np.diff(bags.offsets).tolist()
    assert lengths[1] == 0
    assert lengths[2] == 5
    assert bags.ids.all()


def test_writing_variants_have_the_same_tokens(tokenizer: Tokenizer) -> None:
    first, second = _rows(tokenize(["營業執照　ＷＯＲＤａ", "营业执照 worda"], tokenizer, 99))
    assert first == second


def test_a_text_is_cut_once_and_alike_every_time(tokenizer: Tokenizer) -> None:
    tokens, texts = Tokens(tokenizer), ["贷款怎么办理", "☃", "贷款" * 50, "", "贷款怎么办理"]
    assert _rows(tokens.bags(texts, 5)) == _rows(tokenize(texts, tokenizer, 5))
    assert _rows(tokens.bags(texts[::-1], 20)) == _rows(tokenize(texts[::-1], tokenizer, 20))
    assert _rows(tokens.bags([], 5)) == []


def test_pairs_come_from_the_cache_once_made(
    data: Path, mixture: tuple[Source, ...], tokenizer: Tokenizer, tmp_path: Path
) -> None:
    pairs = read_pairs(mixture[0], data / f"{mixture[0].file}.jsonl.gz", 1)
    made = load_pairs(tmp_path, "pairs", lambda: pairs, Tokens(tokenizer), key="a", copies=1)
    kept = load_pairs(tmp_path, "pairs", list, Tokens(tokenizer), key="a", copies=2)
    assert (kept.key, kept.copies) == ("a", 2)
    assert len(load_pairs(tmp_path, "pairs", lambda: pairs[:3], Tokens(tokenizer), key="b", copies=1).queries) == 3, (
        "another key, other pairs"
    )
    assert _rows(made.passages) == _rows(kept.passages)
    assert np.array_equal(made.query_keys, kept.query_keys)


def test_a_pass_sees_every_pair_as_often_as_its_copies(sets: list[PairSet]) -> None:
    seen = list(batches(sets, 20, np.random.default_rng(1)))
    pairs = {name: sum(len(batch.queries) for batch in seen if batch.source == name) for name in ("questions", "words")}
    assert pairs == {"questions": 160, "words": 80}
    assert len(seen) == count_batches(sets, 20)


def test_the_last_batch_is_counted_as_it_is_drawn(sets: list[PairSet]) -> None:
    for size in (7, 21, 64, 300, 1000):
        assert len(list(batches(sets, size, np.random.default_rng(1)))) == count_batches(sets, size)


def test_equal_texts_in_a_batch_are_not_each_others_negatives(sets: list[PairSet]) -> None:
    for batch in batches(sets[1:], 40, np.random.default_rng(1)):
        texts = [
            {tuple(query), tuple(passage)}
            for query, passage in zip(_rows(batch.queries), _rows(batch.passages), strict=True)
        ]
        equal = [[one == other and i != j for j, other in enumerate(texts)] for i, one in enumerate(texts)]
        assert batch.same.any()
        # a pair turned around (zh → en) is as true as the pair but shares neither its query nor its passage
        assert not (batch.same & ~np.array(equal)).any()
        assert not batch.same.diagonal().any()


def test_negatives_stand_behind_the_passages(tokenizer: Tokenizer, tmp_path: Path) -> None:
    pairs = [Pair(f"贷款{n}", f"社保{n}", "户口") for n in range(8)]
    hard = load_pairs(tmp_path, "hard", lambda: pairs, Tokens(tokenizer), key="a", copies=1)
    (batch,) = batches([hard], 8, np.random.default_rng(1))
    assert len(batch.queries) == 8
    assert len(batch.passages) == 16
    assert batch.same.shape == (8, 16)
    assert not batch.same[:, 8:].any()


def test_whole_documents_stay_in_one_batch(tokenizer: Tokenizer, tmp_path: Path) -> None:
    pairs = [Pair(f"贷款{n}", f"社保{n}", group=str(n % 6)) for n in range(60)]
    scattered = load_pairs(tmp_path, "pairs", lambda: pairs, Tokens(tokenizer), key="a")
    rows = replace(scattered, whole=True).order(np.random.default_rng(1))
    assert sorted(rows.tolist()) == list(range(60))
    documents = [scattered.groups[part].tolist() for part in rows.reshape(6, 10)]
    assert all(len(set(document)) == 1 for document in documents)
    assert [document[0] for document in documents] != sorted(document[0] for document in documents)
    assert np.any(np.diff(rows[:10]) < 0), "in random order within a document"
    assert len(set(scattered.groups[scattered.order(np.random.default_rng(1))[:10]].tolist())) > 1
