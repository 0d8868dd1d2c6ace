"""The log of a run: one JSON line an entry, with the losses by source and the development figures."""

import json
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoder.training.devsets import DevSet
from index.encoder.training.evaluation import figures
from index.encoder.training.folder import dequantize, quantize


class Log:
    """Gathers losses between entries; `write` appends them with the figures of the table as it would be stored."""

    def __init__(self, path: Path, dev: list[DevSet]) -> None:
        self._path = path
        self._dev = dev
        self._losses: dict[str, list[float]] = {}
        self._started = time.monotonic()

    def add(self, source: str, loss: float) -> None:
        """Note the loss of one batch of a source, in nats."""
        self._losses.setdefault(source, []).append(loss)

    def measure(self, table: NDArray[np.float32]) -> dict[str, float]:
        """Development figures of the stored form of a table."""
        stored = dequantize(*quantize(table))
        return {name: round(value, 4) for dev in self._dev for name, value in figures(dev, stored).items()}

    def write(self, name: str, step: int, table: NDArray[np.float32]) -> None:
        """Append an entry for training `name` at `step` and start gathering anew."""
        entry = {
            "training": name,
            "step": step,
            "seconds": round(time.monotonic() - self._started),
            "dev": self.measure(table),
            "loss": {source: round(float(np.mean(losses)), 3) for source, losses in sorted(self._losses.items())},
        }
        with self._path.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(entry, ensure_ascii=False) + "\n")
        self._losses.clear()
