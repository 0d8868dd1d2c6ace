import asyncio
import json
import os
import sqlite3
from contextlib import closing
from itertools import islice
from pathlib import Path
from random import Random

from eval.speed.stranger import Left, attack, requests, rows_of, sent_from
from tests.eval.speed.small_server import served


def test_every_request_takes_an_address_and_says_how_long_its_body_is() -> None:
    for one in islice(requests(Random(1)), 24):
        head, _, body = sent_from(one, "203.0.113.1").partition(b"\r\n\r\n")
        assert b"?\r\n" not in head
        if b"Content-Length" in head:
            assert int(head.partition(b"Content-Length: ")[2].partition(b"\r\n")[0]) == len(body)
            assert isinstance(json.loads(body), dict)


def test_what_is_left_behind_is_told(tmp_path: Path) -> None:
    file, log = tmp_path / "database", tmp_path / "log"
    log.touch()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE kept (text)")

    async def respond(path: str, _body: bytes) -> tuple[int, bytes]:
        if path == "/v1/feedback":
            with closing(sqlite3.connect(file)) as connection, connection:
                connection.execute("INSERT INTO kept VALUES ('x')")
            with log.open("a") as said:
                said.write("12345")
        return (200, b"{}") if path in {"/healthz", "/v1/ask"} else (404, b"{}")

    async def run() -> Left:
        async with served(respond) as port:
            return await attack(
                port,
                os.getpid(),
                lambda: file.stat().st_size,
                lambda: rows_of(file),
                log,
                seconds=0.2,
                addresses=3,
            )

    left = asyncio.run(run())
    assert left.citizen == 200
    assert left.rows["kept"] * 5 == left.log_bytes > 0
    assert set(left.statuses) >= {"200", "404"}
    assert left.memory_after_mb > 0
