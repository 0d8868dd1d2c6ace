"""A city's load: many clients, several workers, for as long as is wanted; memory and open files meanwhile.

On a machine that does other work too, requests a second say little; what a request takes of the processor says more.
"""

import asyncio
import os
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from random import Random
from threading import Event, Thread
from time import thread_time
from typing import Any

from eval.questions.questionset import read_questions
from eval.speed.checkout import HERE, Checkout
from eval.speed.crowd import drive, half_open, mixed, never_twice, repeating
from eval.speed.group import Group, Taken, serving

QUESTIONS = HERE / "eval" / "questions" / "own.jsonl"
_SEED = 17
_LOOKS = 10  # at memory and files in one stretch of load


def measure_load(
    work: Path,
    workers: int,
    clients: int,
    seconds: float,
    *,
    stalled: int = 0,
    fresh: bool = False,
    report: Callable[[str], None] = print,
) -> dict[str, Any]:
    """Requests a second, latencies, errors, time of the processor, memory (PSS) and open files.

    The last are looked at while the load lasts. With `fresh` no question comes twice. Raises InputError where nothing
    starts.
    """
    questions = [one.question for one in read_questions(QUESTIONS)]
    Random(_SEED).shuffle(questions)  # the file goes from document to document
    asked = mixed((never_twice if fresh else repeating)(questions))
    checkout = Checkout(HERE, work)
    with serving(checkout, workers) as group:
        idle = group.taken()
        report(f"{workers} workers: {idle.mebibytes} MiB, {idle.files} open files, before the first request")
        asyncio.run(drive(group.port, asked, clients, min(5.0, seconds)))  # caches, threads, connections
        with half_open(group.port, stalled) if stalled else nullcontext(), _Looking(group, seconds, report) as looking:
            before, own = group.processor(), thread_time()
            seen = asyncio.run(drive(group.port, asked, clients, seconds))
            used = {"server": group.processor() - before, "client": thread_time() - own}
    requests = max(len(seen.milliseconds), 1)
    return {
        "workers": workers,
        "half_open": stalled,
        "fresh": fresh,
        **seen.figures(),
        "processor_ms": {name: round(took * 1000 / requests, 2) for name, took in used.items()},  # a request
        "per_second_if_cores_were_free": round(len(os.sched_getaffinity(0)) * requests / sum(used.values()), 1),
        "load_average": round(os.getloadavg()[0], 1),
        "idle": asdict(idle),
        "taken": [asdict(one) for one in looking.found],
    }


class _Looking:
    """Looks at what the server takes, ten times while load goes on."""

    def __init__(self, group: Group, seconds: float, report: Callable[[str], None]) -> None:
        self.found: list[Taken] = []
        self._group, self._pause, self._report = group, seconds / _LOOKS, report
        self._ended = Event()
        self._thread = Thread(target=self._look)

    def __enter__(self) -> "_Looking":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(self._pause):
            self.found.append(taken := self._group.taken())
            self._report(f"{taken.mebibytes} MiB, {taken.files} open files, {taken.processes} processes")
