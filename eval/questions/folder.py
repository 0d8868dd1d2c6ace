"""The folder of an office's saved questions: what lies in it, and how a file there is replaced in one step."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from corpus.errors import InputError, QuestionFileError
from corpus.readers.folder import is_litter

SAVED, KNOWN = "saved.jsonl", "known.jsonl"
TABLES = (".csv", ".xlsx")
FORMATS = (".jsonl", *TABLES)
_LOCK = ".lock"


class QuestionFolder:
    """It need not exist before something is written."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def files(self) -> Iterator[Path]:
        """The question files, in order of their names. Raises QuestionFileError for what is none."""
        if not self.path.is_dir():
            return
        for path in sorted(self.path.iterdir()):
            if is_litter(path.name) or path.name == KNOWN or path.is_dir():
                continue
            if path.suffix.lower() not in FORMATS:
                raise QuestionFileError(
                    f"{path}:1: 不是问题文件，请另存为 .jsonl、.csv 或 .xlsx，或移出这个文件夹。"
                    "Not a question file; save it as .jsonl, .csv or .xlsx, or move it out of this folder."
                )
            if path.suffix.lower() in TABLES or path.stat().st_size:
                yield path

    def lines(self, name: str) -> list[str]:
        """The lines of a file as it stands; none where there is no such file."""
        path = self.path / name
        return path.read_text(encoding="utf-8-sig").split("\n") if path.exists() else []

    def write(self, name: str, lines: list[str]) -> None:
        """Put these lines in the place of a file."""
        draft = self.path / f".{name}.new"
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            file.write("".join(f"{line}\n" for line in lines if line.strip()))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self.path / name)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else writes meanwhile. Raises InputError where nothing can be written."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with FileLock(self.path / _LOCK):
                yield
        except (OSError, NotImplementedError) as error:  # the latter: a file system without locks
            raise InputError(
                f"无法写入 {self.path}（{error}），请腾出空间或改正权限后再试。"
                "Cannot write there; make room or correct the permissions, then try again."
            ) from error
