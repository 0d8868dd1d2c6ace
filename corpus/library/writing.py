"""Writing files so that a crash leaves the old one or the new one."""

import os
from pathlib import Path


def write(path: Path, data: bytes) -> None:
    """Write bytes to the disk itself. Raises OSError."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def put(path: Path, data: bytes) -> None:
    """Write a file as a whole, in place of what is there, under a hidden name first. Raises OSError."""
    new = path.with_name(f".new-{path.name}")
    new.parent.mkdir(exist_ok=True)
    write(new, data)
    new.replace(path)
