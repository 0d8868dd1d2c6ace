"""What one stranger, or a thousand, can leave behind at a server: rows, bytes of database and log, memory, connections.

For so many seconds everything is sent that writes or holds: long questions, verdicts on made-up and on given answers,
marks, hand-overs, calls of the chat page under ever new sessions, malformed requests, and connections that send half a
request and no more. Addresses are forged as a trusted proxy forwards them, so the server must trust 127.0.0.1.
"""

import asyncio
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

HOST = "127.0.0.1"
SENDERS = 16  # connections that send as fast as they are answered
HALF_OPEN = 200  # that the attacker tries to hold
PATIENCE = 10.0  # seconds for an answer

_FROM = b"X-Forwarded-For: ?\r\n"  # where the address comes
_LONG = 1_900  # characters of a question, near the most
_TURNS = 6


@dataclass(frozen=True, slots=True)
class Left:
    """What an attack left behind, and what it was answered."""

    addresses: int
    seconds: float
    statuses: Mapping[str, int]  # how often each status came; "none" is no answer
    rows: Mapping[str, int]  # by table, those that came
    database_bytes: int  # of all its files
    log_bytes: int
    memory_before_mb: float
    memory_after_mb: float
    held: int  # half-open connections at the end; each that the server closes is opened again
    longest_held_s: float  # that one of them was held
    others_ms: float  # the slowest /healthz meanwhile
    citizen: int  # status of an ordinary question from another address at the end


def requests(random: Random) -> Iterator[bytes]:
    """Attack after attack, without end, each a whole request but for the address."""
    for number in count():
        yield from _round(random, number)


def _round(random: Random, number: int) -> Iterator[bytes]:
    text = "".join(chr(random.randrange(0x4E00, 0x9FA5)) for _ in range(_LONG))
    turns = [{"role": "user", "content": text[:_LONG]} for _ in range(_TURNS)]
    yield _post("/v1/ask", {"question": text})
    yield _post("/v1/ask", {"question": f"怎么申请首贷{number}", "history": turns})
    yield _post("/v1/feedback", {"answer_id": f"{random.getrandbits(128):032x}", "verdict": "wrong", "comment": text})
    yield _post("/agent/mark", {"question": text, "clause_id": "harbin-66:26", "verdict": "wrong"})
    yield _post("/v1/handover", {"history": turns, "wanted": text})
    predict = {"data": [f"你好{number}", "", ""], "fn_index": 0, "session_hash": f"{random.getrandbits(160):032x}"[:32]}
    yield _post("/gradio_api/run/predict", predict)
    yield _post("/gradio_api/run/predict", {**predict, "data": ["你好", "x" * 60_000, ""]})
    yield b"GET /?q=" + b"%E9%A6%96" * 2_000 + b" HTTP/1.1\r\nHost: localhost\r\n" + _FROM + b"\r\n"
    yield b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"x" * 70_000 + b"\r\n" + _FROM + b"\r\n"
    yield b"GET /nothing/%d HTTP/1.1\r\nHost: localhost\r\n" % number + _FROM + b"\r\n"
    yield b"NONSENSE\r\n\r\n"
    yield b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" + _FROM + b"\r\n"


def _post(path: str, value: Mapping[str, Any]) -> bytes:
    body = json.dumps(value, ensure_ascii=False).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    )
    return head.encode() + _FROM + b"\r\n" + body


async def attack(
    port: int,
    process: int,
    files: Callable[[], int],
    tables: Callable[[], Mapping[str, int]],
    log: Path,
    *,
    seconds: float,
    addresses: int,
    seed: int = 17,
) -> Left:
    """Attack the server on this port, whose process this is, for so many seconds from so many addresses.

    `files` gives the bytes of its databases, `tables` their rows; `log` is the file that it writes to.
    """
    before = files(), tables(), log.stat().st_size, resident(process)
    end = monotonic() + seconds
    statuses: Counter[str] = Counter()
    all_requests = _from(requests(Random(seed)), addresses)
    senders = [asyncio.create_task(_send(port, all_requests, end, statuses)) for _ in range(SENDERS)]
    halves = [asyncio.create_task(_hold(port, number, end)) for number in range(HALF_OPEN)]
    beats = asyncio.create_task(_watch(port, end))
    await asyncio.gather(*senders)
    held = await asyncio.gather(*halves)
    slowest = await beats
    citizen = await _one(port, sent_from(_post("/v1/ask", {"question": "怎么申请首贷"}), "198.51.100.77"))
    after = tables()
    return Left(
        addresses=addresses,
        seconds=seconds,
        statuses=dict(sorted(statuses.items())),
        rows={name: after[name] - before[1].get(name, 0) for name in after if after[name] != before[1].get(name, 0)},
        database_bytes=files() - before[0],
        log_bytes=log.stat().st_size - before[2],
        memory_before_mb=before[3],
        memory_after_mb=resident(process),
        held=sum(open_ for open_, _ in held),
        longest_held_s=round(max(longest for _, longest in held), 1),
        others_ms=round(slowest * 1000, 1),
        citizen=citizen,
    )


def _from(attacks: Iterator[bytes], addresses: int) -> Iterator[bytes]:
    """Each request from the next of so many addresses."""
    for number, one in enumerate(attacks):
        address = number % addresses
        yield sent_from(one, f"203.0.{address // 250}.{address % 250 + 1}")


def sent_from(request: bytes, address: str) -> bytes:
    """A request with the address that a proxy would forward."""
    return request.replace(_FROM, f"X-Forwarded-For: {address}\r\n".encode(), 1)


async def _send(port: int, attacks: Iterator[bytes], end: float, statuses: Counter[str]) -> None:
    while monotonic() < end:
        status = await _one(port, next(attacks))
        statuses[str(status or "none")] += 1


async def _one(port: int, request: bytes) -> int:
    """The status of the answer to one request on a connection of its own; 0 where none came."""
    with suppress(OSError, TimeoutError, asyncio.IncompleteReadError, ValueError, IndexError):
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection(HOST, port)
            try:
                writer.write(request)
                await writer.drain()
                return int((await reader.readuntil(b"\r\n")).split(b" ")[1])
            finally:
                writer.close()
    return 0


async def _hold(port: int, number: int, end: float) -> tuple[bool, float]:
    """Half a request, a byte a second, again and again: whether one was held at the end, and for how long at most."""
    halves = (
        b"GET / HTTP/1.1\r\nX-Half: ",
        b"POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n",
    )
    longest = 0.0
    while True:
        began = monotonic()
        with suppress(OSError):
            reader, writer = await asyncio.open_connection(HOST, port)
            try:
                writer.write(halves[number % 2])
                while not reader.at_eof():
                    longest = max(longest, monotonic() - began)
                    if monotonic() >= end:
                        return True, longest
                    writer.write(b"x")
                    await writer.drain()
                    with suppress(TimeoutError):
                        await asyncio.wait_for(reader.read(1000), 1.0)
            finally:
                writer.close()
        if monotonic() >= end:
            return False, longest


async def _watch(port: int, end: float) -> float:
    """The longest that /healthz took, in seconds."""
    slowest = 0.0
    while monotonic() < end:
        started = monotonic()
        await _one(port, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        slowest = max(slowest, monotonic() - started)
        await asyncio.sleep(0.1)
    return slowest


def resident(process: int) -> float:
    """Memory of a process in MB, as Linux tells it."""
    for line in Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return round(int(line.split()[1]) / 1024, 1)
    return 0.0


def rows_of(file: Path) -> Mapping[str, int]:
    """How many rows each table of a SQLite file holds."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
