"""`policyqa serve` as a process of its own, from an empty folder to a clean stop."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-c", "from ui.cli.app import main; main()", "serve", "--port"]


@pytest.fixture
def port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        number: int = free.getsockname()[1]
    return number


@pytest.fixture
def process(tmp_path: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("POLICYQA_")}
    for name in ("index", "metrics"):
        environment[f"POLICYQA_{name.upper()}"] = str(tmp_path / name)
    environment["POLICYQA_FEEDBACK"] = str(tmp_path / "feedback.sqlite3")
    process = subprocess.Popen([*COMMAND, str(port)], stderr=subprocess.PIPE, text=True, env=environment)
    with process:
        try:
            yield process
        finally:
            process.kill()


def _until_it_listens(process: subprocess.Popen[str]) -> list[str]:
    """What the server says until it runs."""
    said = []
    assert process.stderr
    for line in process.stderr:
        said.append(line)
        if "startup complete" in line:
            return said
    raise AssertionError("".join(said))


def test_it_builds_its_index_counts_and_leaves_a_feedback_file_that_can_be_copied(
    process: subprocess.Popen[str], port: int, tmp_path: Path
) -> None:
    said = _until_it_listens(process)
    assert sum("building it" in line for line in said) == 1
    assert any(f"http://127.0.0.1:{port}" in line for line in said)
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        for question in ("怎么申请首贷", "你好"):
            connection.request(
                "POST", "/v1/ask", json.dumps({"question": question}), {"Content-Type": "application/json"}
            )
            assert connection.getresponse().read()
        connection.request("GET", "/metrics")
        assert b'policyqa_answers_total{reason="greeting",status="no_answer"} 1.0' in connection.getresponse().read()
    process.send_signal(signal.SIGTERM)
    _, rest = process.communicate(timeout=60)
    assert "Traceback" not in rest
    assert process.returncode == 0
    copy = tmp_path / "copy.sqlite3"
    shutil.copyfile(tmp_path / "feedback.sqlite3", copy)  # the file alone
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("SELECT count(*) FROM policyqa_feedback").fetchone() == (2,)


@pytest.mark.parametrize(
    ("name", "request_"),
    [
        pytest.param(signal.SIGTERM, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n", id="a connection left open"),
        pytest.param(
            signal.SIGINT,
            b"POST /v1/ask HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n{",
            id="a body that never ends",
        ),
    ],
)
def test_it_ends_although_a_request_does_not(
    process: subprocess.Popen[str], port: int, name: signal.Signals, request_: bytes
) -> None:
    _until_it_listens(process)
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(request_)
        connection.recv(1)  # it is being served
        process.send_signal(name)
        _, rest = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Traceback" not in rest
