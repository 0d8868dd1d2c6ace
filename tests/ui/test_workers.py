"""`policyqa serve --workers 2`: one port, one /metrics, and what becomes of it when workers die or are replaced."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread

import pytest
from uvicorn import Config
from uvicorn.supervisors.multiprocess import SIGNALS, Process

from eval.speed.checkout import HERE, Checkout
from eval.speed.group import Group, serving
from ui.workers import Supervisor

SERVE = [sys.executable, "-c", "from ui.cli.app import main; main()", "serve", "--workers", "2", "--port"]


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Group]:
    with serving(Checkout(HERE, tmp_path_factory.mktemp("workers")), 2) as found:
        yield found


class Asker:
    """A client that asks again and again, each time over a new connection, as browsers that come do."""

    def __init__(self, port: int) -> None:
        self.statuses: list[int] = []
        self.errors: list[str] = []
        self.metrics = ""
        self._port = port
        self._answered = Event()
        self._ending = Event()
        self._thread = Thread(target=self._go_on)

    def __enter__(self) -> "Asker":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ending.set()
        self._thread.join()

    def wait(self) -> None:
        """Until one more answer has come."""
        self._answered.clear()
        assert self._answered.wait(60)

    def _go_on(self) -> None:
        while not self._ending.is_set():
            try:
                self.statuses.append(ask(self._port, "怎么申请首贷"))
                self._answered.set()
            except OSError as error:
                self.errors.append(repr(error))


def ask(port: int, question: str) -> int:
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        body = json.dumps({"question": question})
        connection.request("POST", "/v1/ask", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        response.read()
        return response.status


def test_any_worker_tells_the_counters_of_all(group: Group) -> None:
    assert len(group.workers()) == group.in_service() == 2
    for _ in range(5):
        assert ask(group.port, "你好") == 200
    for _ in range(4):  # whichever worker answers
        assert _answers(group.port, "greeting") == 5


def test_clients_that_come_together_are_shared_out(group: Group) -> None:
    before = group.connections()
    with ExitStack() as stack:
        clients = [stack.enter_context(socket.create_connection(("127.0.0.1", group.port))) for _ in range(200)]
        for client in clients:
            client.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        for client in clients:
            assert client.recv(65_536).startswith(b"HTTP/1.1 200")
        held = [now - then for now, then in zip(group.connections(), before, strict=True)]
    assert min(held) >= 40  # one alone would take nearly all of them


def test_a_worker_that_is_killed_is_replaced_and_its_counters_stay(group: Group) -> None:
    counted = _answers(group.port, "greeting")
    victim = group.workers()[0]
    os.kill(victim, signal.SIGKILL)
    while victim in group.workers() or len(group.workers()) < 2:
        assert ask(group.port, "怎么申请首贷") == 200  # the other one serves meanwhile
    group.wait_for(2)
    assert _answers(group.port, "greeting") == counted


def test_sighup_replaces_all_workers_and_refuses_nobody(group: Group) -> None:
    before = set(group.workers())
    with Asker(group.port) as asker:
        asker.wait()
        group.process.send_signal(signal.SIGHUP)
        while before & set(group.workers()) or len(group.workers()) < 2:
            asker.wait()
    assert asker.errors == []
    assert set(asker.statuses) == {200}
    group.wait_for(2)


def test_sigterm_ends_all_of_it_and_leaves_one_complete_file(tmp_path: Path) -> None:
    with serving(Checkout(HERE, tmp_path), 2) as group:
        for _ in range(6):
            assert ask(group.port, "怎么申请首贷") == 200
        workers = group.workers()
        group.process.send_signal(signal.SIGTERM)
        assert group.process.wait(timeout=60) == 0
    assert [pid for pid in workers if Path(f"/proc/{pid}").exists()] == []
    assert "Traceback" not in group.log.read_text()
    copy = tmp_path / "copy.sqlite3"
    copy.write_bytes((tmp_path / "feedback.sqlite3").read_bytes())  # the file alone
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("SELECT count(*) FROM policyqa_feedback").fetchone() == (6,)


def test_what_keeps_workers_from_starting_is_said_once_and_ends_the_server(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("nothing that a build writes", encoding="utf-8")
    damaged = subprocess.run([*SERVE, "0"], env=_environment(tmp_path), capture_output=True, text=True, check=False)
    assert damaged.returncode == 3
    assert damaged.stderr.count("policyqa: ") == 1
    assert "policyqa index" in damaged.stderr
    assert "Traceback" not in damaged.stderr
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused = subprocess.run(
            [*SERVE, port], env=_environment(tmp_path), capture_output=True, text=True, check=False
        )
    assert (refused.returncode, refused.stderr.count("--port")) == (2, 2)  # in Chinese and in English


@pytest.fixture
def supervisor() -> Iterator[Supervisor]:
    """One that has taken over the signals of this process, as they were before at the end."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    yield Supervisor(Config("nothing:at_all", workers=1), [])
    for number, handler in before.items():
        signal.signal(number, handler)


class _NeverReady(Process):
    """A new worker that takes its time to start; meanwhile the server is told to end."""

    def start(self) -> None:
        pass

    def is_ready(self, timeout: float = 5) -> bool:  # noqa: ARG002
        os.kill(os.getpid(), signal.SIGTERM)
        return False

    def kill(self) -> None:
        pass

    def join(self) -> None:
        pass


def test_whoever_ends_the_server_does_not_wait_for_workers_that_are_being_replaced(
    supervisor: Supervisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uvicorn.supervisors.multiprocess.Process", _NeverReady)
    monkeypatch.setattr("multiprocessing.process.BaseProcess.is_alive", lambda _: True)
    old = Process(supervisor.config, [])
    supervisor.processes = [old]
    supervisor.restart_all()
    assert supervisor.processes == [old]
    supervisor.handle_signals()
    assert supervisor.should_exit.is_set()


def _environment(index: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("POLICYQA_")}
    return {**kept, "POLICYQA_INDEX": str(index), "POLICYQA_FEEDBACK": "off", "PYTHONPATH": str(HERE)}


def _answers(port: int, reason: str) -> float:
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("GET", "/metrics")
        lines = connection.getresponse().read().decode().splitlines()
    return sum(float(line.rpartition(" ")[2]) for line in lines if "answers_total" in line and f'"{reason}"' in line)
