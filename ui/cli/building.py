"""Building the index of a corpus in one file, with a bar that says how far it is and how long it takes."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.text import Text

from assistant.settings import Settings
from index.encoder.encoder import load_encoder
from index.streaming.building import Built, build_stream
from index.streaming.encoding import cores
from index.streaming.rows import RowsFile


class BuildBar:
    """A bar on stderr by how much of the file has been read. Satisfies `streaming.building.Progress`."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("编码 encoding", documents=0, kept=0)
        self._documents = 0

    def source(self, size: int) -> None:
        self._bar.update(self._task, total=size)

    def read(self, position: int, documents: int) -> None:
        self._documents += documents
        self._bar.update(self._task, completed=position, documents=self._documents)

    def step(self, chinese: str, english: str) -> None:
        self._bar.update(self._task, description=f"{chinese} {english}")
        if not self._bar.console.is_terminal:
            print(f"{chinese} {english} …", file=sys.stderr)


class _Rate(ProgressColumn):
    """How many documents have been encoded, and how many a second."""

    def render(self, task: Task) -> Text:
        documents, seconds = task.fields["documents"], task.elapsed or 0.0
        rate = documents / seconds if seconds else 0.0
        return Text(f"{documents} 份 documents，{rate:.0f}/s")


@contextmanager
def build_bar() -> Iterator[BuildBar]:
    """A bar for as long as an index is built; single lines where stderr is no terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), _Rate(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        yield BuildBar(bar)


def build_rows(settings: Settings, rows: RowsFile, workers: int | None = None) -> Built:
    """Build the index of a file of rows, on all cores unless told otherwise.

    Raises DocumentError naming file and line, StoreError, EncoderError.
    """
    encoder = load_encoder(settings.encoder)
    with build_bar() as bar:
        many = workers or cores()
        return build_stream(rows, settings.index, encoder, model=settings.encoder, workers=many, progress=bar)
