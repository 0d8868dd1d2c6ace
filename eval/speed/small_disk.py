"""A disk that is full when it is wanted: a file system of a few megabytes, in memory. Linux, and root alone."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_CHUNK = 4096


class SmallDisk:
    """A mounted file system. `fill` takes every byte that is left, `clear` gives them back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"

    def fill(self) -> None:
        """Leave no block free."""
        with self._ballast.open("ab", buffering=0) as file:
            try:
                while file.write(b"\0" * _CHUNK):
                    pass
            except OSError:
                return  # which is what is wanted

    def clear(self) -> None:
        """Give back what `fill` took."""
        self._ballast.unlink(missing_ok=True)


def can_mount() -> bool:
    """Whether this process may mount a file system."""
    with Path("/proc/self/status").open(encoding="ascii") as status:
        granted = next(int(line.split()[1], 16) for line in status if line.startswith("CapEff:"))
    return os.getuid() == 0 and bool(granted >> 21 & 1)  # CAP_SYS_ADMIN


@contextmanager
def small_disk(folder: Path, megabytes: int = 8) -> Iterator[SmallDisk]:
    """A file system of this size at this folder, gone at the end. Raises CalledProcessError where none is mounted."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "policyqa", folder], check=True)
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)
