"""The contrastive loop."""

from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch
from tokenizers import Tokenizer

from index.encoder.training.dataset import Batch, PairSet, batches
from index.encoder.training.evaluation import embed
from index.encoder.training.subwords import piece_units
from index.encoder.training.trainer import Trainer, TrainingConfig, loss_of

CONFIG = TrainingConfig(dimension=16, batch=32, rate=0.02, seed=3)


@pytest.fixture
def drawn(sets: list[PairSet]) -> list[Batch]:
    return [batch for n in range(8) for batch in batches(sets, CONFIG.batch, np.random.default_rng(n))]


def _trainer(tokenizer: Tokenizer, steps: int) -> Trainer:
    return Trainer(CONFIG, tokenizer.get_vocab_size(), piece_units(tokenizer), steps)


def test_training_lowers_the_loss(drawn: list[Batch], tokenizer: Tokenizer) -> None:
    trainer = _trainer(tokenizer, len(drawn))
    losses = [trainer.step(batch) for batch in drawn]
    assert np.mean(losses[-5:]) < 0.6 * np.mean(losses[:5])


def test_an_interrupted_run_ends_as_an_uninterrupted_one(
    drawn: list[Batch], tokenizer: Tokenizer, tmp_path: Path
) -> None:
    whole = _trainer(tokenizer, 10)
    for batch in islice(drawn, 10):
        whole.step(batch)
    first = _trainer(tokenizer, 10)
    for batch in islice(drawn, 4):
        first.step(batch)
    first.save(tmp_path / "checkpoint.pt")
    second = _trainer(tokenizer, 10)
    second.restore(tmp_path / "checkpoint.pt")
    assert second.done == 4
    for batch in islice(drawn, 4, 10):
        second.step(batch)
    assert np.array_equal(whole.table.merged_table(), second.table.merged_table())


def test_the_folded_table_encodes_like_the_trained_one(drawn: list[Batch], tokenizer: Tokenizer) -> None:
    trainer = _trainer(tokenizer, 10)
    trainer.step(drawn[0])
    with torch.no_grad():
        (trained,) = trainer.table.encode(drawn[1].passages)
    assert np.abs(embed(drawn[1].passages, trainer.table.merged_table()) - trained.numpy()).max() < 1e-5


def test_the_unknown_piece_is_zero(tokenizer: Tokenizer) -> None:
    assert not _trainer(tokenizer, 1).table.merged_table()[0].any()


def test_a_masked_twin_does_not_count_as_wrong(drawn: list[Batch], tokenizer: Tokenizer) -> None:
    table = _trainer(tokenizer, 1).table
    batch = next(batch for batch in drawn if batch.same.any())
    counted = Batch(batch.source, batch.queries, batch.passages, np.zeros_like(batch.same))
    assert float(loss_of(table, batch, 20).detach()) < float(loss_of(table, counted, 20).detach())


def test_the_rate_rises_and_then_falls_to_nothing(drawn: list[Batch], tokenizer: Tokenizer) -> None:
    trainer = _trainer(tokenizer, 100)
    rates = []
    for batch in (drawn * 2)[:100]:
        trainer.step(batch)
        rates.append(trainer.optimizer.param_groups[0]["lr"])
    assert rates[0] < max(rates)
    assert 0 < rates[-1] < CONFIG.rate / 50


def test_decay_shrinks_own_vectors_and_leaves_those_of_characters(drawn: list[Batch], tokenizer: Tokenizer) -> None:
    free = _trainer(tokenizer, 10)
    held = Trainer(replace(CONFIG, decay=1.0), tokenizer.get_vocab_size(), piece_units(tokenizer), 10)
    free.step(drawn[0])
    held.step(drawn[0])
    untouched = np.setdiff1d(
        np.arange(tokenizer.get_vocab_size()), np.union1d(drawn[0].queries.ids, drawn[0].passages.ids)
    )
    before = free.table.own[untouched].detach()
    assert torch.allclose(held.table.own[untouched], before * (1 - CONFIG.rate), atol=1e-6)
    assert torch.equal(held.table.shared, free.table.shared)
