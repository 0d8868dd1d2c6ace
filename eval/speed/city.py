"""A city's load: many clients, several workers, for as long as is wanted; memory and open files meanwhile."""

import asyncio
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from threading import Event, Thread
from typing import Any

from eval.questions.questionset import read_questions
from eval.speed.checkout import HERE, Checkout
from eval.speed.crowd import drive, half_open, mixed
from eval.speed.group import Group, Taken, serving

QUESTIONS = HERE / "eval" / "questions" / "own.jsonl"
_LOOKS = 10  # at memory and files in one stretch of load


def measure_load(
    work: Path, workers: int, clients: int, seconds: float, *, stalled: int = 0, report: Callable[[str], None] = print
) -> dict[str, Any]:
    """Requests a second, latencies, errors, memory (PSS) and open files. Raises InputError where nothing starts."""
    questions = [one.question for one in read_questions(QUESTIONS)]
    checkout = Checkout(HERE, work)
    with serving(checkout, workers) as group:
        idle = group.taken()
        report(f"{workers} workers: {idle.mebibytes} MiB, {idle.files} open files, before the first request")
        asyncio.run(drive(group.port, mixed(questions), clients, min(5.0, seconds)))  # caches, threads, connections
        with half_open(group.port, stalled) if stalled else nullcontext(), _Looking(group, seconds, report) as looking:
            seen = asyncio.run(drive(group.port, mixed(questions), clients, seconds))
    return {
        "workers": workers,
        "half_open": stalled,
        **seen.figures(),
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
