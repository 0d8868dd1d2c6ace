"""Sixty requests made to be slow, all at once, while /healthz is asked ten times a second.

The first is the fault that stopped an earlier version for minutes: texts of a few characters repeated to the longest
that is allowed, with three turns of the same in the history. Clients hang up when they lose patience, as people do;
work that goes on for them nevertheless keeps everybody else waiting, so what is measured is how long an ordinary
question waits for its answer.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from time import perf_counter
from typing import Any

from eval.speed.connection import Reply, connect
from eval.speed.serving import OK, body

LENGTH = 2_000  # characters, the most that a question may have as shipped
TURNS = 3
REQUESTS = 60
HEALTH_SECONDS = 0.1  # between two questions to /healthz
PATIENCE_SECONDS = 10.0  # after which a hostile client hangs up
NORMAL_SECONDS = 0.5  # an ordinary question that is answered within this is answered as ever
LIMIT_SECONDS = 300.0  # a service that is not normal by then is given up
ORDINARY = "怎么办理"
# Rows of numerals are every other one: reading them as numbers took longest.
_UNITS = (
    "千万亿",
    "没不",
    "百十",
    "第一百条之二",
    "千",
    "（一）1.",
    "十百",
    "zhang shi ",
    "亿",
    "，的",
    "万千",
    "20260101",
)


@dataclass(frozen=True, slots=True)
class Attack:
    """What sixty hostile requests did."""

    answered: int
    refused: int  # answered with another status than 200
    hung_up: int  # by the client, out of patience
    health_asked: int
    health_failed: int
    health_slowest_ms: float
    normal_after_s: (
        float | None
    )  # from the first request to an ordinary answer after all of them; None: not by the limit


def hostile_bodies(requests: int = REQUESTS) -> list[Mapping[str, Any]]:
    """Requests of `POST /v1/ask`: short units repeated to full length, each kind in turn."""
    texts = ["".join(islice(cycle(unit), LENGTH)) for unit in _UNITS]
    return [body((texts[n % len(texts)], [texts[n % len(texts)]] * TURNS)) for n in range(requests)]


async def attack(
    port: int, bodies: Sequence[Mapping[str, Any]], patience: float = PATIENCE_SECONDS, limit: float = LIMIT_SECONDS
) -> Attack:
    """Send all of them at once to the server on this port and wait until it is itself again."""
    started = perf_counter()
    done = asyncio.Event()
    health = asyncio.create_task(_watch_health(port, done, limit))
    replies = await asyncio.gather(*(_post(port, one, patience) for one in bodies))
    normal = await _normal_again(port, started, limit)
    done.set()
    beats = await health
    known = [reply for reply in replies if reply]
    answered = sum(reply.status == OK for reply in known)
    return Attack(
        answered=answered,
        refused=len(known) - answered,
        hung_up=len(replies) - len(known),
        health_asked=len(beats),
        health_failed=sum(beat.status != OK for beat in beats),
        health_slowest_ms=round(max(beat.seconds for beat in beats) * 1000, 1),
        normal_after_s=normal,
    )


async def _post(port: int, value: Mapping[str, Any], patience: float) -> Reply | None:
    """The reply, or None where there was none in time or the server hung up."""
    try:
        async with asyncio.timeout(patience), connect(port) as connection:
            return await connection.post("/v1/ask", value)
    except (TimeoutError, OSError):
        return None


async def _watch_health(port: int, done: asyncio.Event, limit: float) -> list[Reply]:
    """Replies of /healthz until it is over; one that never came counts with the time that was waited for it."""
    beats: list[Reply] = []
    while not done.is_set():
        asked = perf_counter()
        try:
            async with asyncio.timeout(limit), connect(port) as connection:
                reply = await connection.get("/healthz")
                beats.append(Reply(reply.status, perf_counter() - asked))
        except (TimeoutError, OSError):
            beats.append(Reply(0, perf_counter() - asked))
        await asyncio.sleep(max(0.0, HEALTH_SECONDS - (perf_counter() - asked)))
    return beats


async def _normal_again(port: int, started: float, limit: float) -> float | None:
    """Seconds since the start at which an ordinary question was answered as ever."""
    while (left := limit - (perf_counter() - started)) > 0:
        reply = await _post(port, body((ORDINARY, [])), left)
        if reply and reply.status == OK and reply.seconds <= NORMAL_SECONDS:
            return round(perf_counter() - started, 2)
        await asyncio.sleep(HEALTH_SECONDS)
    return None
