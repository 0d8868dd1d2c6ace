"""Which places in an engine belong to the generations of one folder, so that none is left behind.

A name is written down before anything is made under it. Whatever a build, a crash or a dropped generation leaves is
found by it: what is written down and named by no generation any more goes.
"""

import json
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from corpus.errors import EngineError
from index.engines.engine import Engine, Placed, Progress

PLACED = "COLLECTIONS"  # a file beside the generations
MANIFEST = "manifest.json"  # of an index, see `index.generation`
_LOG = logging.getLogger(__name__)


class Ledger:
    """The places of one folder of generations. Whoever writes is alone in the folder."""

    def __init__(self, folder: Path, engine: Engine, progress: Progress = lambda _done, _of: None) -> None:
        self.engine = engine
        self._folder = folder
        self._file = folder / PLACED
        self._progress = progress

    def place(self, index: Any) -> Placed:  # noqa: ANN401  (an `Index`, which stands above)
        """Write an index's postings and vectors to the engine. Raises EngineError, OSError."""
        layers = [layer for layer in (index.text, index.records, index.induced_of_all) if layer]
        recorded = index.records.semantic.covered if index.records else np.zeros(len(index.table), bool)
        return self.engine.place(
            index.version, layers, recorded, index.table, index.corpus, note=self._note, progress=self._progress
        )

    def show(self, generation: Path) -> None:
        """Let the engine's public name mean what a generation was placed as. Raises EngineError."""
        if placed := _placed(generation / MANIFEST):
            self.engine.show(placed)

    def sweep(self) -> None:
        """Drop what no generation names. Where the engine is away, the next sweep does it."""
        named = self.named()
        left: list[str] = []
        for name in self._noted():
            if name in named:
                left.append(name)
                continue
            try:
                self.engine.drop(name)
            except EngineError as error:
                left.append(name)
                _LOG.warning("%s", error)
        if left != self._noted():
            self._write(left)

    def named(self) -> set[str]:
        """What the generations in the folder name."""
        manifests = (path for pattern in ("*", "*/index") for path in self._folder.glob(f"{pattern}/{MANIFEST}"))
        return {str(placed["collection"]) for placed in map(_placed, manifests) if placed}

    def _note(self, name: str) -> None:
        self._write([*self._noted(), name])

    def _noted(self) -> Sequence[str]:
        try:
            return [str(name) for name in json.loads(self._file.read_bytes())]
        except (OSError, ValueError):
            return []

    def _write(self, names: Sequence[str]) -> None:
        draft = self._file.with_name(f"{PLACED}.new")
        draft.write_text(json.dumps(names, indent=1) + "\n", encoding="utf-8")
        draft.replace(self._file)


def by_tenths(say: Callable[[str], object]) -> Progress:
    """Says every tenth of the rows that have gone to an engine."""
    told = -1

    def progress(done: int, rows: int) -> None:
        nonlocal told
        if (tenth := done * 10 // max(rows, 1)) != told:
            told = tenth
            say(f"正在写入检索引擎 Writing to the engine: {tenth * 10} %")

    return progress


def _placed(manifest: Path) -> Placed | None:
    """What the manifest of an index says of its engine; None where there is none, or none that can be read."""
    try:
        placed: Placed | None = json.loads(manifest.read_bytes()).get("engine")
    except (OSError, ValueError):
        return None
    return placed
