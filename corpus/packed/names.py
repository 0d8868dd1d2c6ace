"""Names to numbers without a dictionary: sorted hashes, eight bytes a name and four for its number."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class HashedNames:
    """Names by their hashes, ascending. Two names may have one hash, so that what is found must be looked at."""

    hashes: NDArray[np.uint64]  # [names]
    numbers: NDArray[np.int32]  # [names] what each name stands for; those of one hash ascending

    def __len__(self) -> int:
        return len(self.hashes)

    def candidates(self, name: str) -> list[int]:
        """The numbers of names that may be this one, ascending; mostly none or one."""
        wanted = np.uint64(name_hash(name))
        first = int(np.searchsorted(self.hashes, wanted))
        found = []
        while first < len(self.hashes) and self.hashes[first] == wanted:
            found.append(int(self.numbers[first]))
            first += 1
        return found


def name_hash(name: str) -> int:
    """Sixty-four bits of a name."""
    return int.from_bytes(hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def hashes_of(names: Iterable[str]) -> NDArray[np.uint64]:
    """The hashes of names, in their order, [names]."""
    return np.fromiter(map(name_hash, names), np.uint64)


def sorted_names(hashes: NDArray[np.uint64], numbers: NDArray[np.int32]) -> HashedNames:
    """Names by their hashes and what each stands for, both [names]."""
    order = np.argsort(hashes, kind="stable")
    return HashedNames(hashes[order], numbers[order])
