"""Publishing, going back and removing under load: what every request got, and how long the servers took to switch."""

import asyncio
import json
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from eval.questions.questionset import read_questions
from eval.speed.checkout import HERE, Checkout, Server
from eval.speed.connection import Connection, connect

_QUESTIONS = HERE / "eval" / "questions" / "own.jsonl"
_TEXT = "曲靖市早市管理办法\n第一条 早市摊位费每天五元，由市场管理处收取。\n第二条 早市上午十点收摊。\n"
_LOOK = 0.02  # seconds between two looks at /readyz


@dataclass(slots=True)
class Step:
    """One command while requests go on."""

    command: str
    seconds: float = 0.0  # from the command to its end, its own start included
    switch: float = 0.0  # of the servers, as the command has it
    spread: float = 0.0  # between the first server that told the new generation and the last
    generation: int | None = None


@dataclass(slots=True)
class Load:
    """What came of all of it."""

    servers: int
    rate: int  # requests a second
    statuses: dict[str, int] = field(default_factory=dict)  # requests by what they got
    steps: list[Step] = field(default_factory=list)
    p50: float = 0.0  # milliseconds
    p99: float = 0.0

    @property
    def failed(self) -> int:
        """Requests that got anything but 200."""
        return sum(count for status, count in self.statuses.items() if status != "200")


def publish_under_load(work: Path, rate: int = 50, report: Callable[[str], None] = print) -> Load:
    """Two servers on one library, so many requests a second over both, and every command of publication meanwhile."""
    checkout = Checkout(HERE, work)
    text = work / "market.txt"
    work.mkdir(parents=True, exist_ok=True)
    text.write_text(_TEXT, encoding="utf-8")
    _policyqa(checkout, "publish")
    with ExitStack() as stack:
        servers = [stack.enter_context(checkout.serving(core)) for core in (0, 1)]
        load = Load(len(servers), rate)
        asyncio.run(_drive(checkout, servers, load, text, report))
    return load


async def _drive(
    checkout: Checkout, servers: Sequence[Server], load: Load, text: Path, report: Callable[[str], None]
) -> None:
    stopping = asyncio.Event()
    asking = asyncio.create_task(_ask(servers, load, stopping))
    await asyncio.to_thread(_policyqa, checkout, "documents", "add", str(text))
    for command in (("publish",), ("rollback",), ("rollback", "2"), ("documents", "remove", "market")):
        step = await asyncio.to_thread(_step, checkout, servers, command)
        load.steps.append(step)
        report(f"{step.command}: {step.seconds:.2f} s, switched in {step.switch:.2f} s, spread {step.spread:.2f} s")
    stopping.set()
    await asking


async def _ask(servers: Sequence[Server], load: Load, stopping: asyncio.Event) -> None:
    """Open loop: a request goes out when its time has come, whether or not the ones before are answered."""
    questions = [one.question for one in read_questions(_QUESTIONS)]
    free: Mapping[int, list[Connection]] = {server.port: [] for server in servers}
    seconds: list[float] = []
    tasks: set[asyncio.Task[None]] = set()
    started, number = time.perf_counter(), 0
    async with _Connections() as connections:

        async def one(number: int) -> None:
            port = servers[number % len(servers)].port
            try:
                connection = free[port].pop() if free[port] else await connections.to(port)
                reply = await _request(connection, number, questions[number % len(questions)])
                free[port].append(connection)
                got = str(reply.status)
                seconds.append(reply.seconds)
            except OSError as error:
                got = type(error).__name__
            load.statuses[got] = load.statuses.get(got, 0) + 1

        while not stopping.is_set():
            tasks.add(task := asyncio.create_task(one(number)))
            task.add_done_callback(tasks.discard)
            number += 1
            await asyncio.sleep(max(0.0, started + number / load.rate - time.perf_counter()))
        await asyncio.gather(*tasks)
    seconds.sort()
    load.p50, load.p99 = (1000 * seconds[int(len(seconds) * share)] for share in (0.5, 0.99))


class _Connections:
    """Connections that are closed together."""

    async def __aenter__(self) -> "_Connections":
        self._open: list[Any] = []
        return self

    async def to(self, port: int) -> Connection:
        """A new connection."""
        opened = connect(port)
        self._open.append(opened)
        return await opened.__aenter__()

    async def __aexit__(self, *_: object) -> None:
        for opened in self._open:
            with suppress(OSError):
                await opened.__aexit__(None, None, None)


async def _request(connection: Connection, number: int, question: str) -> Any:  # noqa: ANN401
    if number % 10 == 8:
        return await connection.get("/clause/harbin-66:26")
    if number % 10 == 9:
        return await connection.post("/v1/search", {"query": question})
    return await connection.post("/v1/ask", {"question": question})


def _step(checkout: Checkout, servers: Sequence[Server], command: Sequence[str]) -> Step:
    step, seen = Step(" ".join(command)), {server.port: _generation(server) for server in servers}
    before, switched = dict(seen), dict.fromkeys(seen, 0.0)
    started = time.perf_counter()
    process = subprocess.Popen(
        checkout.command(*command, "--json"), env=checkout.environment, cwd=checkout.work, stdout=subprocess.PIPE
    )
    while process.poll() is None:
        for server in servers:
            seen[server.port] = _generation(server)
            if seen[server.port] != before[server.port] and not switched[server.port]:
                switched[server.port] = time.perf_counter()
        time.sleep(_LOOK)
    step.seconds = time.perf_counter() - started
    assert process.stdout is not None
    told = json.loads(process.stdout.read())
    step.switch, step.generation = told["seconds"], told["number"]
    assert {_generation(server) for server in servers} == {step.generation}
    times = list(filter(None, switched.values()))
    step.spread = max(times) - min(times) if times else 0.0
    return step


def _generation(server: Server) -> int | None:
    with urlopen(f"http://127.0.0.1:{server.port}/readyz") as response:
        generation: int | None = json.loads(response.read())["generation"]
        return generation


def _policyqa(checkout: Checkout, *command: str) -> None:
    subprocess.run(checkout.command(*command), env=checkout.environment, cwd=checkout.work, check=True)
