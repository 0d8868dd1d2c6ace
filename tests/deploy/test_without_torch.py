"""Everything that ships runs where torch and sentence-transformers are not installed, as in image and bundle."""

import json
import os
import signal
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
JSON = {"Content-Type": "application/json"}
COMMAND = [sys.executable, "-m", "tests.without_torch"]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("without")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("POLICYQA_")}
    own = {"CONFIG": "off", "INDEX": str(folder / "index"), "FEEDBACK": str(folder / "feedback.sqlite3")}
    return kept | {f"POLICYQA_{name}": value for name, value in own.items()}


def _run(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_it_indexes_answers_and_serves(environment: dict[str, str]) -> None:
    indexed = _run(environment, "index")
    assert indexed.returncode == 0, indexed.stderr
    answer = json.loads(_run(environment, "ask", "怎么申请首贷", "--json").stdout)
    assert answer["status"] == "answered"
    serving = [*COMMAND, "serve", "--port", "0"]
    with subprocess.Popen(serving, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr
            address = next(line for line in process.stderr if "http://127.0.0.1:" in line)
            port = int(address.partition("http://127.0.0.1:")[2].split()[0].rstrip("/"))
            assert any("startup complete" in line for line in process.stderr)
            with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
                connection.request("POST", "/v1/ask", json.dumps({"question": "怎么申请首贷"}), JSON)
                served = json.loads(connection.getresponse().read())
                connection.request("GET", "/")
                assert connection.getresponse().status == 200
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=60)
    assert [one["quote"] for one in served["citations"]] == [one["quote"] for one in answer["citations"]]


@pytest.mark.parametrize("name", ["ENCODER", "SECOND_ENCODER"])
def test_another_model_says_what_to_install(environment: dict[str, str], name: str) -> None:
    asked = _run(environment | {f"POLICYQA_{name}": "some/model"}, "ask", "怎么申请首贷")
    assert asked.returncode == 4
    assert "pip install sentence-transformers torch" in asked.stderr
    assert "Traceback" not in asked.stderr
