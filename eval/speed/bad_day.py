"""A bad day: a worker is killed, the whole server is killed, the database goes away and comes back. What was lost?

Each part starts a server of its own, drives clients over it, and looks into the database afterwards.
"""

import asyncio
import json
import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from assistant.feedback.store import FeedbackStore
from assistant.settings import PREFIX
from eval.postgresql import PostgresServer, programs
from eval.questions.questionset import read_questions
from eval.speed.checkout import HERE, Checkout
from eval.speed.city import QUESTIONS
from eval.speed.crowd import drive, mixed
from eval.speed.group import Group, serving

_CLIENTS = 20
_SECONDS = 8.0  # of load in each part
_WORKERS = 2


def bad_day(work: Path, report: Callable[[str], None] = print) -> dict[str, Any]:
    """What was seen and what was lost, part by part. Raises InputError where the server does not start."""
    parts: dict[str, Callable[[Path], dict[str, Any]]] = {
        "a worker is killed": worker_killed,
        "the server is killed": server_killed,
    }
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
    return {**seen, "replaced": replaced}


def server_killed(work: Path) -> dict[str, Any]:
    """Kill -9 of everything while verdicts are written: each that a client was told of must be there afterwards."""
    told: list[str] = []
    with serving(Checkout(HERE, work), _WORKERS) as group:

        def judge() -> None:
            with suppress(OSError):
                for number in range(100_000):
                    _judge(group.port, f"{number:032x}")
                    told.append(f"{number:032x}")

        asyncio.run(_judge_until(judge, group))
    file = work / "feedback.sqlite3"
    with closing(sqlite3.connect(file)) as database:
        (whole,) = database.execute("PRAGMA integrity_check").fetchone()
    kept = {row.answer_id for row in FeedbackStore(file).rows()}
    return {"verdicts_told": len(told), "lost": len(set(told) - kept), "integrity_check": whole}


def postgresql_away(work: Path) -> dict[str, Any]:
    """The database crashes under load and comes back: answers go on, and what was asked meanwhile is written then."""
    server = PostgresServer()
    try:
        server.start()
        url = server.database()
        with serving(Checkout(HERE, work), _WORKERS, {f"{PREFIX}FEEDBACK": url}) as group:
            before = asyncio.run(_drive(group, lambda: None, _SECONDS / 4))
            away = asyncio.run(_drive(group, server.stop, _SECONDS / 4))
            server.start()
            after = asyncio.run(_drive(group, lambda: None, _SECONDS / 4))
        rows = sum(1 for row in FeedbackStore(url).rows() if row.status)
    finally:
        server.remove()
    answered = sum(one["answers"] for one in (before, away, after))
    return {"before": before, "away": away, "after": after, "answers": answered, "rows": rows}


async def _drive(group: Group, act: Callable[[], object], seconds: float) -> dict[str, Any]:
    """Load, and something that happens in the middle of it; `answers` are those that should be kept."""
    questions = [one.question for one in read_questions(QUESTIONS)]
    answers = 0

    def counted() -> Any:  # noqa: ANN401
        nonlocal answers
        for path, body in mixed(questions):
            answers += path == "/v1/ask"
            yield path, body

    driving = asyncio.create_task(drive(group.port, counted(), _CLIENTS, seconds))
    await asyncio.sleep(seconds / 2)
    await asyncio.to_thread(act)
    return {**(await driving).figures(), "answers": answers}


async def _judge_until(judge: Callable[[], None], group: Group) -> None:
    judging = asyncio.create_task(asyncio.to_thread(judge))
    await asyncio.sleep(_SECONDS / 2)
    await asyncio.to_thread(group.kill)
    await judging


def _judge(port: int, answer_id: str) -> None:
    body = json.dumps({"answer_id": answer_id, "verdict": "helpful"}).encode()
    request = Request(f"http://127.0.0.1:{port}/v1/feedback", body, {"Content-Type": "application/json"})
    with urlopen(request) as response:
        response.read()
