"""Many clients at once over kept connections, asking and searching: what each saw, and how long it waited.

A client whose connection breaks opens another and goes on; the broken request counts as an error of that client.
"""

import asyncio
import socket
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import accumulate, product
from random import Random
from time import perf_counter
from typing import Any

from eval.speed.connection import HOST, connect
from eval.summary import latency

OK = 200
_SEARCHES = 3  # one request in so many is a search
_SEED = 17
_BEFORE = (
    "",
    "请问",
    "你好，",
    "您好，",
    "您好，请问",
    "麻烦问一下，",
    "想问下，",
    "请教一下，",
    "打扰了，",
    "再问一个，",
)
_BEHIND = ("", "？", "呢", "呢？", "，谢谢", "？谢谢", "，麻烦了", "？急", "？多谢", "，请告知")
_PAUSE = 0.05  # seconds before a client that was cut off connects again
_HALF = b"POST /v1/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"

Requests = Iterator[tuple[str, Mapping[str, Any]]]


@dataclass(slots=True)
class Seen:
    """What came of a stretch of load."""

    clients: int
    seconds: float = 0.0
    milliseconds: list[float] = field(default_factory=list)  # of answered requests
    errors: Counter[str] = field(default_factory=Counter)  # statuses other than 200, and broken connections
    hit: set[int] = field(default_factory=set)  # clients that saw an error

    def figures(self) -> dict[str, Any]:
        """Requests, requests a second, latencies in milliseconds, errors by kind, and how many clients saw one."""
        return {
            "requests": len(self.milliseconds),
            "per_second": round(len(self.milliseconds) / self.seconds, 1) if self.seconds else 0.0,
            **(latency(self.milliseconds) or {}),
            "errors": dict(self.errors),
            "clients_that_saw_an_error": len(self.hit),
            "clients": self.clients,
        }


def repeating(questions: Sequence[str]) -> Iterator[str]:
    """Questions without end as a day has them: each half as often as one that is twice as well known (Zipf's law)."""
    order = Random(_SEED)
    weights = list(accumulate(1 / rank for rank in range(1, len(questions) + 1)))
    while True:
        yield from order.choices(questions, cum_weights=weights, k=1000)


def never_twice(questions: Sequence[str]) -> Iterator[str]:
    """The same questions between other words of courtesy each time, so that none comes twice. Ends."""
    for before, behind in product(_BEFORE, _BEHIND):
        yield from (before + question.rstrip("？?。") + behind for question in questions)


def mixed(questions: Iterator[str]) -> Requests:
    """Asks and searches, as many as there are questions."""
    for number, question in enumerate(questions):
        if number % _SEARCHES == _SEARCHES - 1:
            yield "/v1/search", {"query": question}
        else:
            yield "/v1/ask", {"question": question}


async def drive(port: int, requests: Requests, clients: int, seconds: float) -> Seen:
    """So many clients for so long, each with its next request as soon as it has its answer."""
    seen = Seen(clients)
    started = perf_counter()
    end = started + seconds

    async def client(number: int) -> None:
        while perf_counter() < end:
            try:
                async with connect(port) as connection:
                    while perf_counter() < end:
                        reply = await connection.post(*next(requests))
                        if reply.status == OK:
                            seen.milliseconds.append(reply.seconds * 1000)
                        else:
                            _count(seen, number, str(reply.status))
            except OSError as error:
                _count(seen, number, type(error).__name__)
                await asyncio.sleep(_PAUSE)

    await asyncio.gather(*map(client, range(clients)))
    seen.seconds = perf_counter() - started
    return seen


def _count(seen: Seen, client: int, error: str) -> None:
    seen.errors[error] += 1
    seen.hit.add(client)


@contextmanager
def half_open(port: int, requests: int) -> Iterator[None]:
    """Meanwhile so many clients have sent half a request each, and say no more."""
    with ExitStack() as stack:
        for _ in range(requests):
            stack.enter_context(socket.create_connection((HOST, port))).sendall(_HALF)
        yield
