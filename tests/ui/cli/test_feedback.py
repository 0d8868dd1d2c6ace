"""`policyqa feedback`, run as a program over a store that was filled before."""

import csv
import io
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.feedback.store import FeedbackStore, Gap, Verdict
from ui.cli.feedback import gap_line

BOM = "\ufeff".encode()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "feedback.sqlite3"
    store = FeedbackStore(file)
    store.mark("怎么落户？", None, Verdict.MISSING, "v1")
    store.mark("怎么落户", None, Verdict.MISSING, "v1")
    store.judge("a" * 32, Verdict.WRONG, "wrong_clause", '=HYPERLINK("x")')
    return file


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("POLICYQA_")}
    return subprocess.run(
        [sys.executable, "-c", "from ui.cli.app import main; main()", "feedback", *arguments],
        capture_output=True,
        env=inherited | environment,
        check=False,
    )


@pytest.mark.parametrize("command", ["export", "gaps"])
def test_every_command_has_help_with_an_example(command: str) -> None:
    done = run(command, "--help")
    assert done.returncode == 0
    assert f"policyqa feedback {command}" in done.stdout.decode().split("example", 1)[1]


def test_export_writes_what_excel_opens_to_a_file_or_out(file: Path, tmp_path: Path) -> None:
    output = tmp_path / "feedback.csv"
    done = run("export", "--output", str(output), POLICYQA_FEEDBACK=str(file))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    written = output.read_bytes()
    assert run("export", POLICYQA_FEEDBACK=str(file)).stdout == written
    assert written.startswith(BOM)
    table = list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline="")))
    assert [row["question"] for row in table] == ["怎么落户？", "怎么落户", ""]
    assert (table[2]["answer_id"], table[2]["verdict"], table[2]["verdict_reason"]) == (
        "a" * 32,
        "wrong",
        "wrong_clause",
    )
    assert datetime.fromisoformat(table[2]["verdict_time"]).tzinfo == UTC


def test_gaps_are_printed_for_people_and_for_programs(file: Path) -> None:
    (line,) = run("gaps", POLICYQA_FEEDBACK=str(file)).stdout.decode().splitlines()
    assert line.split()[0] == "2"
    assert line.endswith("怎么落户")
    (gap,) = json.loads(run("gaps", "--json", "--limit", "1", POLICYQA_FEEDBACK=str(file)).stdout)
    assert (gap["question"], gap["count"], gap["reason"]) == ("怎么落户", 2, "missing")
    assert datetime.fromisoformat(gap["last"]).tzinfo == UTC


def test_a_question_stands_on_one_line_and_gives_the_terminal_no_order() -> None:
    line = gap_line(Gap("第一行\n\x1b[31m第二行", 1, datetime(2026, 11, 22, tzinfo=UTC), "out_of_scope"))
    assert line.isprintable()
    assert line.endswith("第一行  [31m第二行")


def test_without_gaps_it_says_so(tmp_path: Path) -> None:
    done = run("gaps", POLICYQA_FEEDBACK=str(tmp_path / "feedback.sqlite3"))
    assert (done.returncode, "还没有" in done.stdout.decode()) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "feedback", "code", "message"),
    [
        (("export",), "off", 2, "POLICYQA_FEEDBACK"),
        (("gaps",), "off", 2, "POLICYQA_FEEDBACK"),
        (("gaps",), "postgresql+psycopg:/user:secret@host/database", 2, "postgresql+psycopg://"),
        (("gaps",), "{file}/x", 4, "POLICYQA_FEEDBACK"),
        (("export", "--output", "no/such/folder.csv"), "{file}", 2, "--output"),
        (("gaps", "--limit", "0"), "{file}", 2, "--limit"),
    ],
)
def test_faults_have_an_exit_code_and_say_what_to_do(
    file: Path, arguments: tuple[str, ...], feedback: str, code: int, message: str
) -> None:
    done = run(*arguments, POLICYQA_FEEDBACK=feedback.format(file=file))
    assert done.returncode == code
    assert message in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert b"secret" not in done.stderr


def test_an_export_that_fails_leaves_an_earlier_one_alone(tmp_path: Path) -> None:
    output = tmp_path / "feedback.csv"
    output.write_text("早先的", encoding="utf-8")
    assert run("export", "--output", str(output), POLICYQA_FEEDBACK="off").returncode == 2
    assert output.read_text(encoding="utf-8") == "早先的"


def test_json_is_json_on_a_terminal_without_chinese(tmp_path: Path) -> None:
    file = tmp_path / "feedback.sqlite3"
    FeedbackStore(file).mark("naïve 落户😀", None, Verdict.MISSING, "v1")
    done = run("gaps", "--json", POLICYQA_FEEDBACK=str(file), PYTHONIOENCODING="ascii")
    assert json.loads(done.stdout.decode("ascii"))[0]["question"] == "naïve 落户😀"
