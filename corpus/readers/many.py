"""Many files: what was kept is taken, the rest is read, several at a time where reading is another process's work."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from corpus.errors import DocumentError
from corpus.readers.cache import SourceCache
from corpus.readers.registry import Format, detect, read_document_file, read_source
from corpus.readers.source import Source

Outcome = Source | DocumentError
_MOST_AT_ONCE = 4  # recognising a scan takes 1 GB of memory
_IN_A_PROCESS = (Format.PDF, Format.OFFICE)  # a thread here only waits for it


def read_sources(paths: Sequence[Path], within: Path | None, kept: SourceCache) -> Iterator[tuple[Path, Outcome]]:
    """What each file holds, or why it cannot be read, as they come: those that take long at the end.

    None of them may be a link to a place outside the folder `within`.
    """
    slow: list[Path] = []
    for path in paths:
        outcome = _read(path, within, kept, patient=False)
        if outcome is None:
            slow.append(path)
        else:
            yield path, outcome
    if slow:
        yield from _read_at_once(slow, within, kept)


def _read_at_once(paths: Sequence[Path], within: Path | None, kept: SourceCache) -> Iterator[tuple[Path, Outcome]]:
    with ThreadPoolExecutor(min(_MOST_AT_ONCE, os.cpu_count() or 1)) as threads:
        waiting = {threads.submit(_read, path, within, kept): path for path in paths}
        for done in as_completed(waiting):
            if outcome := done.result():
                yield waiting[done], outcome


def _read(path: Path, within: Path | None, kept: SourceCache, *, patient: bool = True) -> Outcome | None:
    """What one file holds, or why it cannot be read; None where that takes long and nobody is `patient`."""
    try:
        data = read_document_file(path, within)
        format_ = detect(data, str(path))
        if format_ is Format.TEXT:  # read as fast as looked up
            return read_source(data, str(path))
        key = kept.key(data, format_)
        source = kept.get(key)
        if source is None and format_ in _IN_A_PROCESS and not patient:
            return None
        if source is None:
            source = read_source(data, str(path))
            kept.put(key, source)
        return source
    except DocumentError as error:
        return error
