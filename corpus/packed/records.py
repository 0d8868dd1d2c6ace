"""Byte strings one behind the other in one file, each by its number."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Records:
    """Record n is `data[starts[n]:starts[n + 1]]`. Both arrays may be mapped."""

    data: NDArray[np.uint8]
    starts: NDArray[np.int64]  # [records + 1]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> bytes:
        return self.data[self.starts[number] : self.starts[number + 1]].tobytes()

    def size(self, number: int) -> int:
        """How many bytes a record has."""
        return int(self.starts[number + 1] - self.starts[number])


def records_of(contents: Iterable[bytes]) -> Records:
    """Records in memory."""
    every = list(contents)
    starts = np.zeros(len(every) + 1, np.int64)
    np.cumsum([len(one) for one in every], out=starts[1:])
    return Records(np.frombuffer(b"".join(every), np.uint8), starts)
