"""A backup under load, restored elsewhere: how answers fare meanwhile, and whether a row is lost.

Questions arrive at a steady rate whether or not the server keeps up, so a wait counts from the moment that a question
was due. A row is lost where it was committed before the backup began and is not in what was restored, or is another
there.
"""

import asyncio
import sqlite3
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np

from corpus.errors import InputError
from eval.speed.checkout import Checkout
from eval.speed.connection import Reply, connect

Rows = dict[int, tuple[object, ...]]  # by their number


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds from when questions were due until their answers were read."""

    requests: int
    errors: int  # any other status than 200
    p50: float
    p95: float
    p99: float


@dataclass(frozen=True, slots=True)
class BackupUnderLoad:
    """What was measured."""

    rate: float  # questions a second
    quiet: Waits  # before and after
    during: Waits  # questions that were due while the backup was made
    seconds: float  # that it took
    megabytes: float
    rows_before: int  # committed when it began
    rows_restored: int
    rows_lost: int
    intact: bool  # PRAGMA integrity_check of the restored database


async def back_up_under_load(
    checkout: Checkout, other: Checkout, port: int, bodies: Sequence[Mapping[str, Any]], rate: float
) -> BackupUnderLoad:
    """Ask all of `bodies` at `rate` a second, back up in the middle, restore into `other`. Raises InputError."""
    file = checkout.work / "office.tar.gz"
    replies: list[tuple[float, Reply]] = []
    asking = asyncio.create_task(_ask(port, bodies, rate, replies))
    await asyncio.sleep(len(bodies) / rate / 3)  # what is measured: a backup after a third of the time
    before = await asyncio.to_thread(_rows, checkout)
    began = perf_counter()
    await asyncio.to_thread(_run, checkout, "backup", str(file))
    ended = perf_counter()
    await asking
    await asyncio.to_thread(_run, other, "restore", str(file))
    restored, live = _rows(other), _rows(checkout)
    during = [reply for due, reply in replies if began <= due < ended]
    quiet = [reply for due, reply in replies if not began <= due < ended]
    return BackupUnderLoad(
        rate=rate,
        quiet=_waits(quiet),
        during=_waits(during),
        seconds=ended - began,
        megabytes=file.stat().st_size / 1e6,
        rows_before=len(before),
        rows_restored=len(restored),
        rows_lost=sum(restored.get(number) != row for number, row in before.items())
        + sum(live.get(number) != row for number, row in restored.items()),
        intact=_is_intact(other),
    )


async def _ask(port: int, bodies: Sequence[Mapping[str, Any]], rate: float, replies: list[tuple[float, Reply]]) -> None:
    """Each question on time, over as many connections as that takes."""
    started = perf_counter()
    async with asyncio.TaskGroup() as tasks:
        for number, body in enumerate(bodies):
            due = started + number / rate
            await asyncio.sleep(max(0.0, due - perf_counter()))
            tasks.create_task(_one(port, body, due, replies))


async def _one(port: int, body: Mapping[str, Any], due: float, replies: list[tuple[float, Reply]]) -> None:
    try:
        async with connect(port) as connection:
            status = (await connection.post("/v1/ask", body)).status
    except OSError:
        status = 0
    replies.append((due, Reply(status, perf_counter() - due)))


def _run(checkout: Checkout, *words: str) -> None:
    done = subprocess.run(
        checkout.command(*words),
        env=checkout.environment,
        cwd=checkout.work,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise InputError(f"policyqa {' '.join(words)}: {done.stderr.strip()[-500:]}")


def _rows(checkout: Checkout) -> Rows:
    with closing(sqlite3.connect(checkout.work / "feedback.sqlite3")) as connection:
        return {row[0]: row for row in connection.execute("SELECT * FROM policyqa_feedback")}


def _is_intact(checkout: Checkout) -> bool:
    with closing(sqlite3.connect(checkout.work / "feedback.sqlite3")) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def _waits(replies: Sequence[Reply]) -> Waits:
    seconds = [one.seconds for one in replies] or [float("nan")]
    p50, p95, p99 = (float(np.percentile(seconds, one)) for one in (50, 95, 99))
    return Waits(len(replies), sum(one.status != 200 for one in replies), p50, p95, p99)
