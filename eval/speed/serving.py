"""Answers side by side with an older checkout: in process, over one kept-alive connection, over many at once.

Both run at the same time and take turns in rounds (A B, B A, …), so that a drift of the machine meets both alike;
while one is asked, the other waits, and a server stands still. Within a kind of measurement no question comes twice,
and those sent over HTTP are not sent again, so that no cache of answers helps.
"""

import asyncio
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from rich.table import Table

from eval.speed.checkout import Asked, Checkout, Server, Timer, cores
from eval.speed.connection import post_all
from eval.summary import latency

OK = 200
MANY = 64
EACH = 3  # questions a connection has in a round, at least
IN_PROCESS, ONE_CONNECTION, MANY_CONNECTIONS = "in process, one core", "one connection", f"{MANY} connections"

Measure = Callable[[Sequence[Asked]], "Load"]


@dataclass(frozen=True, slots=True)
class Load:
    """What one stretch of questions took. Refused and failed ones count in `failed` alone."""

    milliseconds: tuple[float, ...]
    seconds: float  # from the first question to the last answer; in process, of the processor
    failed: int = 0

    def __add__(self, other: "Load") -> "Load":
        return Load(self.milliseconds + other.milliseconds, self.seconds + other.seconds, self.failed + other.failed)

    def figures(self) -> dict[str, float]:
        """p50, p95 and p99 in milliseconds, answers a second, and how many failed."""
        answered = len(self.milliseconds) / self.seconds if self.seconds else 0.0
        return {**(latency(self.milliseconds) or {}), "per_second": round(answered, 1), "failed": self.failed}


@dataclass(frozen=True, slots=True)
class ServingComparison:
    """One kind of measurement of two checkouts."""

    name: str
    base: Load
    new: Load

    def to_dict(self) -> dict[str, Any]:
        """Figures of both and how many times as fast the new one is: latencies base/new, answers a second new/base."""
        base, new = self.base.figures(), self.new.figures()
        faster = {name: round(base[name] / new[name], 2) for name in ("p50", "p99") if base.get(name) and new.get(name)}
        if base["per_second"]:
            faster["per_second"] = round(new["per_second"] / base["per_second"], 2)
        return {"name": self.name, "base": base, "new": new, "times_as_fast": faster}


def compare_serving(
    base: Checkout, new: Checkout, questions: Sequence[Asked], rounds: int, report: Callable[[str], None]
) -> list[ServingComparison]:
    """All three measurements. Raises InputError where a checkout cannot be built or started."""
    for checkout in (base, new):
        report(f"正在建立索引 building the index of {checkout.folder}")
        checkout.build_index()
    server_core, own_core = cores()
    os.sched_setaffinity(0, {own_core})
    found = []
    with ExitStack() as stack:
        report(IN_PROCESS)
        times = [stack.enter_context(checkout.asking()) for checkout in (base, new)]
        found.append(take_turns(IN_PROCESS, [_in_process(time) for time in times], questions, rounds))
    with ExitStack() as stack:
        old, now = [stack.enter_context(checkout.serving(server_core)) for checkout in (base, new)]
        for name, connections, asked in (
            (ONE_CONNECTION, 1, questions[::2]),
            (MANY_CONNECTIONS, MANY, questions[1::2]),
        ):
            report(name)
            full = max(1, len(asked) // (connections * EACH))  # fewer rounds where each would be too short
            over_http = [_over_http(old, now, connections), _over_http(now, old, connections)]
            found.append(take_turns(name, over_http, asked, min(rounds, full)))
    return found


def take_turns(name: str, measures: Sequence[Measure], questions: Sequence[Asked], rounds: int) -> ServingComparison:
    """Base and new, each asked every question once, in rounds of which every other one begins with the new one."""
    loads = [Load((), 0.0), Load((), 0.0)]
    for number in range(rounds):
        asked = questions[number::rounds]
        for side in (0, 1) if number % 2 == 0 else (1, 0):
            loads[side] += measures[side](asked)
    return ServingComparison(name, *loads)


def _in_process(time: Timer) -> Measure:
    """Answers a second are those of a whole core's time, however busy the machine is with other things."""

    def measure(asked: Sequence[Asked]) -> Load:
        took = [one for one in time(asked) if one is not None]
        milliseconds = tuple(seconds * 1000 for seconds, _ in took)
        return Load(milliseconds, sum(worked for _, worked in took), len(asked) - len(took))

    return measure


def _over_http(server: Server, other: Server, connections: int) -> Measure:
    def measure(asked: Sequence[Asked]) -> Load:
        bodies = [body(one) for one in asked]
        with server.only(other):
            started = perf_counter()
            replies = asyncio.run(post_all(server.port, "/v1/ask", iter(bodies), connections))
            seconds = perf_counter() - started
        answered = tuple(reply.seconds * 1000 for reply in replies if reply.status == OK)
        return Load(answered, seconds, len(replies) - len(answered))

    return measure


def body(asked: Asked) -> Mapping[str, Any]:
    """The request of `POST /v1/ask`."""
    question, earlier = asked
    return {"question": question, "history": [{"role": "user", "content": text} for text in earlier]}


def serving_table(result: Sequence[Mapping[str, Any]]) -> Table:
    """Both sides of each comparison, as plain values, and how many times as fast."""
    table = Table("", "", "p50 ms", "p99 ms", "次/秒 /s", "失败 failed", title="回答 Answers")
    for one in result:
        for side in ("base", "new"):
            figures = one[side]
            cells = [f"{figures[name]:.2f}" if name in figures else "–" for name in ("p50", "p99", "per_second")]
            table.add_row(one["name"] if side == "base" else "", side, *cells, str(figures["failed"]))
        faster = [
            f"{one['times_as_fast'][name]:.2f} ×" if name in one["times_as_fast"] else "–"
            for name in ("p50", "p99", "per_second")
        ]
        table.add_row("", "倍数 times as fast", *faster, "", end_section=True)
    return table
