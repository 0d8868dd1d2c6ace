"""Many files at once: what was kept is taken, the rest is read, by several processes where it is much."""

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

from corpus.errors import DocumentError
from corpus.readers.cache import SourceCache
from corpus.readers.registry import Format, detect, read_document_file, read_source
from corpus.readers.source import Source

Outcome = Source | DocumentError
_WORTH_PROCESSES = 8  # files; to start a process takes as long as to read some Word files
_MOST_PROCESSES = 4  # recognising a scan takes 1 GB of memory
_AT_ONCE = (Format.TEXT,)  # read as fast as looked up, so neither kept nor handed over


def read_sources(
    paths: Sequence[Path], within: Path | None, kept: SourceCache, on_read: Callable[[], None] = lambda: None
) -> dict[Path, Outcome]:
    """What each file holds, or why it cannot be read; `on_read` is called after each.

    None of them may be a link to a place outside the folder `within`.
    """
    found: dict[Path, Outcome] = {}
    keys: dict[Path, str] = {}
    for path in paths:
        try:
            data = read_document_file(path, within)
            format_ = detect(data, str(path))
            if format_ in _AT_ONCE:
                found[path] = read_source(data, str(path))
            elif source := kept.get(key := kept.key(data, format_)):
                found[path] = source
            else:
                keys[path] = key
        except DocumentError as error:
            found[path] = error
        if path in found:
            on_read()
    for path, outcome in _read(tuple(keys), within):
        found[path] = outcome
        if isinstance(outcome, Source):
            kept.put(keys[path], outcome)
        on_read()
    return found


def _read(paths: Sequence[Path], within: Path | None) -> Iterable[tuple[Path, Outcome]]:
    if len(paths) < _WORTH_PROCESSES:
        for path in paths:
            yield path, read_path(path, within)
        return
    broken: list[Path] = []
    with _processes(min(_MOST_PROCESSES, os.cpu_count() or 1)) as pool:
        waiting = {pool.submit(read_path, path, within): path for path in paths}
        for future in as_completed(waiting):
            if isinstance(future.exception(), BrokenProcessPool):
                broken.append(waiting[future])
            else:
                yield waiting[future], future.result()
    for path in broken:  # one of them ended the process, the others were only in it
        yield path, _alone(path, within)


def read_path(path: Path, within: Path | None) -> Outcome:
    """What one file holds, or why it cannot be read."""
    try:
        return read_source(read_document_file(path, within), str(path))
    except DocumentError as error:
        return error


def _alone(path: Path, within: Path | None) -> Outcome:
    with _processes(1) as pool:
        future: Future[Outcome] = pool.submit(read_path, path, within)
        if isinstance(future.exception(), BrokenProcessPool):
            return DocumentError(
                f"{path}:1: 读取进程中断（内存不足或文件损坏），请另存为 docx、pdf 或 txt 再试。"
                "reading it ended the process (out of memory, or a damaged file); save it in another format"
            )
        return future.result()


def _processes(count: int) -> ProcessPoolExecutor:
    """Started afresh, not forked: the caller may run threads."""
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"))
