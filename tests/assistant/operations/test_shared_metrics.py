"""Several processes count in one folder; each of them tells the sum."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.operations.shared_metrics import share_in
from corpus.errors import SettingsError

PROCESS = """
import sys
from pathlib import Path
from assistant.operations.shared_metrics import share_in
share_in(Path(sys.argv[1]))
from assistant.operations.metrics import Metrics
metrics = Metrics()
metrics.count_waiting(1)
metrics.count_request("/v1/ask", 200, 0.003)
metrics.count_refused()
sys.stdout.write(metrics.render().decode())
sys.stdout.flush()
sys.stdin.read()
"""


def _start(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PROCESS, str(folder)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _last_waiting(process: subprocess.Popen[str]) -> str:
    """The line on waiting requests, read while the process still runs."""
    assert process.stdout
    return next(line for line in process.stdout if line.startswith("policyqa_requests_waiting"))


def test_every_process_tells_the_sum_of_all(tmp_path: Path) -> None:
    folder = tmp_path / "metrics"
    with _start(folder) as first:
        assert _last_waiting(first) == "policyqa_requests_waiting 1.0\n"
        with _start(folder) as second:
            text, _ = second.communicate("")
        assert "policyqa_requests_waiting 2.0" in text
        assert 'policyqa_requests_total{route="/v1/ask",status="200"} 2.0' in text
        assert 'policyqa_request_seconds_count{route="/v1/ask"} 2.0' in text
        assert "policyqa_requests_refused_total 2.0" in text
        first.communicate("")


def test_what_a_process_that_died_counted_stays_and_its_queue_does_not(tmp_path: Path) -> None:
    with _start(tmp_path) as first:
        first.communicate("")
    with _start(tmp_path) as second:
        text, _ = second.communicate("")
    assert "policyqa_requests_waiting 1.0" in text
    assert "policyqa_requests_refused_total 2.0" in text


def test_of_processes_that_come_and_go_no_files_stay_and_nothing_is_counted_twice(tmp_path: Path) -> None:
    for _ in range(3):
        with _start(tmp_path) as process:
            text, _ = process.communicate("")
    names = sorted(file.name for file in tmp_path.glob("*.db"))
    assert len(names) == 6, names  # of the sums two, and four of the last process, which nobody has missed yet
    assert {"counter_0.db", "histogram_0.db"} < set(names)
    assert "policyqa_requests_refused_total 3.0" in text
    assert 'policyqa_request_seconds_count{route="/v1/ask"} 3.0' in text
    assert 'policyqa_request_seconds_bucket{le="0.002",route="/v1/ask"} 0.0' in text
    assert 'policyqa_request_seconds_bucket{le="0.005",route="/v1/ask"} 3.0' in text


def test_a_folder_that_cannot_be_made_is_named_with_the_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setattr(os, "environ", {})
    with pytest.raises(SettingsError, match="POLICYQA_METRICS"):
        share_in(tmp_path / "file" / "metrics")
    assert os.environ == {}
