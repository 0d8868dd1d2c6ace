"""What lies in the folder of a saved index."""

from pathlib import Path


def current(folder: Path) -> Path:
    return folder / (folder / "CURRENT").read_text().split()[0]


def generations(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_dir())
