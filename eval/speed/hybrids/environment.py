"""Processes that may use so many cores and threads."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

# Read once, when numpy, FAISS, txtai or lancedb is imported.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS")
# Lance waits for ever with one thread, so it has two, on as many cores as the others.
_LANCE = ("LANCE_CPU_THREADS", "TOKIO_WORKER_THREADS")
_LEAST_LANCE = 2
_QUIET = {"LANCEDB_LOG": "error"}  # else a line of warning for every question
P = ParamSpec("P")
T = TypeVar("T")


def in_fresh_process(threads: int, do: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What a function returns in a new process that runs on so many cores, with as many threads in every library."""
    with _limited(threads), ProcessPoolExecutor(1, get_context("spawn")) as fresh:
        return fresh.submit(do, *args, **kwargs).result()


@contextmanager
def _limited(threads: int) -> Iterator[None]:
    """What is started meanwhile inherits these limits."""
    before, cores = dict(os.environ), os.sched_getaffinity(0)
    wanted = dict.fromkeys(_THREADS, str(threads)) | dict.fromkeys(_LANCE, str(max(threads, _LEAST_LANCE))) | _QUIET
    os.environ |= wanted
    os.sched_setaffinity(0, sorted(cores)[:threads])
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)
        for name in wanted:
            os.environ.pop(name)
            if name in before:
                os.environ[name] = before[name]
