"""A backup under load, against a small server: what is counted as lost, and as an error."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from eval.speed import backup
from eval.speed.backup import BackupUnderLoad, back_up_under_load
from eval.speed.checkout import HERE, Checkout
from tests.eval.speed.small_server import served


def _keep(checkout: Checkout, rows: list[tuple[int, str]]) -> None:
    checkout.work.mkdir(exist_ok=True)
    with closing(sqlite3.connect(checkout.work / "feedback.sqlite3")) as connection, connection:
        connection.execute("CREATE TABLE policyqa_feedback (number INTEGER PRIMARY KEY, question TEXT)")
        connection.executemany("INSERT INTO policyqa_feedback VALUES (?, ?)", rows)


@pytest.mark.parametrize(
    ("restored", "lost"),
    [
        ([(1, "a"), (2, "b")], 0),
        ([(1, "a")], 1),  # one that was there before is missing
        ([(1, "a"), (2, "x")], 2),  # it is another: neither is the first there, nor was the second ever written
        ([(1, "a"), (2, "b"), (3, "c")], 1),  # nobody has written it
        ([], 2),
    ],
)
def test_what_is_missing_or_another_is_counted_as_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, restored: list[tuple[int, str]], lost: int
) -> None:
    office, other = Checkout(HERE, tmp_path / "office"), Checkout(HERE, tmp_path / "other")
    _keep(office, [(1, "a"), (2, "b")])

    def run(checkout: Checkout, command: str, file: str) -> None:
        if command == "backup":
            Path(file).write_bytes(b"x" * 1000)
        else:
            _keep(checkout, restored)

    monkeypatch.setattr(backup, "_run", run)
    numbers = iter(range(6))

    async def respond(_path: str, _body: bytes) -> tuple[int, bytes]:
        return (503 if next(numbers) == 0 else 200), b"{}"

    async def measure() -> BackupUnderLoad:
        async with served(respond) as port:
            return await back_up_under_load(office, other, port, [{"question": "怎么落户"}] * 6, 1000)

    result = asyncio.run(measure())
    assert (result.rows_before, result.rows_restored, result.rows_lost) == (2, len(restored), lost)
    assert result.quiet.requests + result.during.requests == 6
    assert result.quiet.errors + result.during.errors == 1
    assert result.intact
    assert result.megabytes == 0.001
