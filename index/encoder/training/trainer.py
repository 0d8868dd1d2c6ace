"""The contrastive loop: mean of piece vectors, cosine, softmax over the batch.

The loss is multiple-negatives ranking in both directions (Henderson et al. 2017, section 4.4; Gao et al. 2021 for
the scaled cosine), with texts known to be equal masked out.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from index.encoder.training.dataset import Batch, TokenBags


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """Numbers of one run; a checkpoint opens only under the config that wrote it."""

    vocabulary: int = 48_000
    dimension: int = 512
    batch: int = 2048
    draft_steps: int = 300
    steps: int = 500
    members: int = 4  # models trained one after the other and merged
    rate: float = 5e-3
    scale: float = 20.0
    dropout: float = 0.3  # share of pieces left out of every text, anew in every batch
    decay: float = 0.0  # of pieces' own vectors, a step in units of the rate: what is rare stays near its characters
    seed: int = 13


class PieceTable(nn.Module):
    """Vectors of pieces, each the sum of its own and those of the characters and bigrams inside it.

    Rare pieces learn from the characters they share with common ones (Bojanowski et al. 2017, subword sums over
    pieces). The sum is merged_table into one vector a piece when the model is saved, so serving costs nothing more.
    """

    def __init__(self, pieces: int, units: TokenBags, dimension: int) -> None:
        super().__init__()
        self.own = nn.Parameter(torch.randn(pieces, dimension) * 0.03)
        self.shared = nn.Parameter(torch.randn(int(units.ids.max(initial=0)) + 1, dimension) * 0.03)
        self.units = units

    def rows(self, ids: NDArray[np.int64]) -> Tensor:
        """Vectors of the given pieces, [len(ids), dimension]."""
        units = self.units.take(ids)
        own = functional.embedding(torch.from_numpy(ids), self.own)
        return own + _bag(self.shared, units.ids, units.offsets)

    def encode(self, *groups: TokenBags) -> list[Tensor]:
        """Unit vectors of each group's texts; the piece vectors are summed once for all groups."""
        joined = np.concatenate([group.ids for group in groups])
        present, inverse = np.unique(joined, return_inverse=True)
        table, start, encoded = self.rows(present.astype(np.int64)), 0, []
        for group in groups:
            ids = inverse[start : start + len(group.ids)]
            start += len(group.ids)
            encoded.append(functional.normalize(_bag(table, ids, group.offsets), dim=1))
        return encoded

    def merged_table(self) -> NDArray[np.float32]:
        """The table to ship, float32 [pieces, dimension]; the unknown piece (row 0) is zero."""
        with torch.no_grad():
            table: NDArray[np.float32] = self.rows(np.arange(len(self.own))).numpy().copy()
        table[0] = 0
        return table


def _bag(table: Tensor, ids: NDArray[np.integer], offsets: NDArray[np.integer]) -> Tensor:
    wide = torch.from_numpy(ids.astype(np.int64)), torch.from_numpy(offsets.astype(np.int64))
    return functional.embedding_bag(wide[0], table, wide[1], mode="mean", include_last_offset=True)


def loss_of(table: PieceTable, batch: Batch, scale: float) -> Tensor:
    """Mean cross entropy of query → passage over passages and negatives, and of passage → query, in nats."""
    queries, passages = table.encode(batch.queries, batch.passages)
    scores = (queries @ passages.T) * scale
    scores = scores.masked_fill(torch.from_numpy(batch.same), -torch.inf)
    target = torch.arange(len(queries))
    back = functional.cross_entropy(scores[:, : len(queries)].T, target)
    return (functional.cross_entropy(scores, target) + back) / 2


class Trainer:
    """One run: table, optimiser and position; `step` moves it, `save` and `restore` let it be interrupted."""

    def __init__(self, config: TrainingConfig, pieces: int, units: TokenBags, steps: int) -> None:
        torch.manual_seed(config.seed)
        self.config, self.steps, self.done = config, steps, 0
        self.table = PieceTable(pieces, units, config.dimension)
        groups: list[dict[str, Any]] = [
            {"params": [self.table.own], "weight_decay": config.decay},
            {"params": [self.table.shared], "weight_decay": 0.0},
        ]
        self.optimizer = torch.optim.AdamW(groups, lr=config.rate, fused=True)

    def step(self, batch: Batch) -> float:
        """One update; returns the loss before it. The rate falls linearly to zero after a short rise."""
        rise = min(1.0, (self.done + 1) / max(1, self.steps // 50))
        for group in self.optimizer.param_groups:
            group["lr"] = self.config.rate * rise * max(0.0, 1 - self.done / self.steps)
        self.optimizer.zero_grad(set_to_none=True)
        loss = loss_of(self.table, batch, self.config.scale)
        loss.backward()  # type: ignore[no-untyped-call]
        self.optimizer.step()
        self.done += 1
        return loss.item()

    def save(self, path: Path) -> None:
        """Write a checkpoint; the old one stays until the new one is whole."""
        half_written = path.with_suffix(".tmp")
        state = {"table": self.table.state_dict(), "optimizer": self.optimizer.state_dict(), "done": self.done}
        torch.save(state, half_written)
        half_written.replace(path)

    def restore(self, path: Path) -> None:
        """Continue from a checkpoint of the same config."""
        state = torch.load(path, weights_only=True)
        self.table.load_state_dict(state["table"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.done = state["done"]
