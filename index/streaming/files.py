"""Arrays in files of their own: written through a map, sealed, and mapped again."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import NDArray

from index.faults import damaged, unreadable

Seal = dict[str, Any]  # {"bytes": size, "sha256": of all, "sample": of some blocks}
_BLOCK = 4096  # bytes
_SAMPLED = 64  # blocks of a file that are read when it is opened, evenly spread, its first and its last among them


class ArrayFiles:
    """The arrays of one generation, in a folder. Each is a file, so that it can be mapped."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def create(self, name: str, dtype: Any, shape: tuple[int, ...]) -> NDArray[Any]:  # noqa: ANN401  (as numpy's)
        """An array to be filled, zero at first; it lies in the file and not in memory."""
        if 0 in shape:  # nothing to map
            np.save(self.folder / f"{name}.npy", np.zeros(shape, dtype))
            return np.zeros(shape, dtype)
        return open_memmap(self.folder / f"{name}.npy", "w+", np.dtype(dtype), shape)

    def save(self, name: str, array: NDArray[Any]) -> None:
        """Write an array that is in memory."""
        np.save(self.folder / f"{name}.npy", array)

    def save_json(self, name: str, value: object) -> None:
        """Write a plain value."""
        (self.folder / f"{name}.json").write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")

    def load(self, name: str) -> NDArray[Any]:
        """A mapped array, read only. Raises IndexDamagedError."""
        path = self.folder / f"{name}.npy"
        try:
            found = np.load(path, mmap_mode="r") if path.stat().st_size > _BLOCK else np.load(path)
        except (OSError, ValueError) as error:
            raise unreadable(path, error) from error
        return np.asarray(found)

    def holds(self, name: str) -> bool:
        """Whether there is an array of this name."""
        return (self.folder / f"{name}.npy").exists()

    def load_json(self, name: str) -> Any:  # noqa: ANN401  (any plain value)
        """A plain value. Raises IndexDamagedError."""
        path = self.folder / f"{name}.json"
        try:
            return json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise unreadable(path, error) from error

    def seals(self) -> dict[str, Seal]:
        """The seal of every file, each written to the disk itself before."""
        return {path.name: _seal(path) for path in sorted(self.folder.iterdir())}


def check_seals(folder: Path, seals: dict[str, Seal], *, whole: bool = False) -> None:
    """Compare files with their seals, by their size and some of their blocks, or `whole`.

    Raises IndexDamagedError, naming the file, when one is missing, truncated or altered.
    """
    for name, seal in seals.items():
        path = folder / name
        try:
            same = path.stat().st_size == seal["bytes"]
            same = same and (_sha256(path) == seal["sha256"] if whole else _sample(path) == seal["sample"])
        except FileNotFoundError as error:
            raise damaged(path, "不见了", "is missing") from error
        except OSError as error:
            raise unreadable(path, error) from error
        if not same:
            raise damaged(path, "被截断或改动过", "is truncated or altered")


def _seal(path: Path) -> Seal:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    return {"bytes": path.stat().st_size, "sha256": _sha256(path), "sample": _sample(path)}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sample(path: Path) -> str:
    digest, size = hashlib.sha256(), path.stat().st_size
    with path.open("rb", buffering=0) as file:
        for start in sorted({*np.linspace(0, max(size - _BLOCK, 0), _SAMPLED, dtype=np.int64).tolist()}):
            file.seek(start)
            digest.update(file.read(_BLOCK))
    return digest.hexdigest()
