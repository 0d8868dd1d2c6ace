"""A bad day: a worker is killed, the whole server is killed, the disk is full, the database goes away and comes back.

Each part starts a server of its own, drives clients over it, and looks into the database afterwards: what did clients
see, and what was lost of what they had been told is kept?
"""

import asyncio
import json
import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from assistant.feedback.store import FeedbackStore
from eval.postgresql import PostgresServer, programs
from eval.questions.questionset import read_questions
from eval.speed.checkout import HERE, Checkout
from eval.speed.city import QUESTIONS
from eval.speed.crowd import drive, mixed
from eval.speed.group import Group, serving
from eval.speed.small_disk import can_mount, small_disk

_CLIENTS = 20
_SECONDS = 8.0  # of load in each part
_WORKERS = 2
_PATIENCE = 30  # seconds that whoever judges waits for an answer
_JUDGED = 5  # answers that are judged once the database is back


def bad_day(work: Path, report: Callable[[str], None] = print) -> dict[str, Any]:
    """What was seen and what was lost, part by part. Raises InputError where the server does not start."""
    parts: dict[str, Callable[[Path], dict[str, Any]]] = {
        "a worker is killed": worker_killed,
        "the server is killed": server_killed,
    }
    if can_mount():
        parts["the disk is full for a while"] = disk_full
    if programs():
        parts["PostgreSQL goes away and comes back"] = postgresql_away
    found: dict[str, Any] = {}
    for name, part in parts.items():
        report(name)
        found[name] = part(work / str(len(found)))
        report(json.dumps(found[name], ensure_ascii=False))
    return found


def worker_killed(work: Path) -> dict[str, Any]:
    """Kill -9 of one of two workers under load: only its own clients may see it, and it is replaced."""
    with serving(Checkout(HERE, work), _WORKERS) as group:
        victim = group.workers()[0]
        seen = asyncio.run(_drive(group, lambda: os.kill(victim, signal.SIGKILL), _SECONDS))
        group.wait_for(_WORKERS)
        replaced = victim not in group.workers() and len(group.workers()) == _WORKERS
    return {**seen, "replaced": replaced, **_whole(work / "feedback.sqlite3")}


def server_killed(work: Path) -> dict[str, Any]:
    """Kill -9 of everything while verdicts are written: each that a client was told of must be there afterwards."""
    told: list[str] = []
    with serving(Checkout(HERE, work), _WORKERS) as group:

        def judge() -> None:
            with suppress(OSError):  # which is how the client sees the end
                for question in cycle(_questions()):
                    told.append(_ask_and_judge(group.port, question))

        asyncio.run(_judge_until(judge, group))
    file = work / "feedback.sqlite3"
    kept = {row.answer_id for row in FeedbackStore(file).rows() if row.verdict}
    return {"verdicts_told": len(told), "lost": len(set(told) - kept), **_whole(file)}


def disk_full(work: Path) -> dict[str, Any]:
    """No block is free under load, then some are again: answers go on, and what was asked meanwhile is written then."""
    with small_disk(work / "disk") as disk:
        file = disk.folder / "feedback.sqlite3"
        with serving(Checkout(HERE, work, {"FEEDBACK": str(file)}), _WORKERS) as group:
            seen = _away_and_back(group, disk.fill, disk.clear)
        rows = sum(1 for row in FeedbackStore(file).rows() if row.status)
        return {**seen, "rows": rows, "lost": seen["answers"] - rows, **_whole(file)}


def postgresql_away(work: Path) -> dict[str, Any]:
    """The database crashes under load and comes back: answers go on, and what was asked meanwhile is written then."""
    server = PostgresServer()
    try:
        server.start()
        # What is committed is there after a crash, as in an office; for tests the server is set to be faster.
        url = f"{server.database()}&options=-csynchronous_commit%3Don"
        with serving(Checkout(HERE, work, {"FEEDBACK": url}), _WORKERS) as group:
            seen = _away_and_back(group, server.stop, server.start)
        rows = sum(1 for row in FeedbackStore(url).rows() if row.status)
    finally:
        server.remove()
    return {**seen, "rows": rows, "lost": seen["answers"] - rows}


def _away_and_back(group: Group, go_away: Callable[[], object], come_back: Callable[[], object]) -> dict[str, Any]:
    """Load before, while and after the database can be written; what it says to who judges meanwhile and afterwards."""
    before = asyncio.run(_drive(group, lambda: None, _SECONDS / 4))
    away = asyncio.run(_drive(group, go_away, _SECONDS / 2))
    meanwhile = _status_of_a_verdict(group)
    come_back()
    after = asyncio.run(_drive(group, lambda: None, _SECONDS / 4))
    afterwards = [_status_of_a_verdict(group) for _ in range(_JUDGED)]
    stretches = {"before": before, "away": away, "after": after}
    answers = sum(one["answers"] for one in stretches.values()) + 1 + _JUDGED
    return {**stretches, "answers": answers, "verdict_meanwhile": meanwhile, "verdicts_afterwards": afterwards}


async def _drive(group: Group, act: Callable[[], object], seconds: float) -> dict[str, Any]:
    """Load, and something that happens in the middle of it; `answers` are those that should be kept."""
    answers = 0

    def counted() -> Any:  # noqa: ANN401
        nonlocal answers
        for path, body in mixed(cycle(_questions())):
            answers += path == "/v1/ask"
            yield path, body

    driving = asyncio.create_task(drive(group.port, counted(), _CLIENTS, seconds))
    await asyncio.sleep(seconds / 2)
    await asyncio.to_thread(act)
    return {**(await driving).figures(), "answers": answers}


async def _judge_until(judge: Callable[[], None], group: Group) -> None:
    judging = asyncio.create_task(asyncio.to_thread(judge))
    await asyncio.sleep(_SECONDS)
    await asyncio.to_thread(group.kill)
    await judging


def _ask_and_judge(port: int, question: str) -> str:
    """The id of an answer whose verdict the server says it has kept. Raises OSError where it does not say so."""
    answer_id = str(_post(port, "/v1/ask", {"question": question})["id"])
    _post(port, "/v1/feedback", {"answer_id": answer_id, "verdict": "helpful"})
    return answer_id


def _status_of_a_verdict(group: Group) -> int:
    try:
        _ask_and_judge(group.port, "怎么申请首贷")
    except HTTPError as error:
        return error.code
    return 200


def _post(port: int, path: str, body: object) -> dict[str, Any]:
    request = Request(f"http://127.0.0.1:{port}{path}", json.dumps(body).encode(), {"Content-Type": "application/json"})
    with urlopen(request, timeout=_PATIENCE) as response:
        answer: dict[str, Any] = json.loads(response.read())
    return answer


def _questions() -> list[str]:
    return [one.question for one in read_questions(QUESTIONS)]


def _whole(file: Path) -> dict[str, str]:
    with closing(sqlite3.connect(file)) as database:
        (whole,) = database.execute("PRAGMA integrity_check").fetchone()
    return {"integrity_check": whole}
