"""A process that is killed in the middle of writing has kept everything that it said it has kept."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from assistant.feedback.store import FeedbackStore

TOLD = 50
WRITER = """
import sys
from pathlib import Path
from threading import Thread
from assistant.feedback.store import FeedbackStore, Verdict

store = FeedbackStore(Path(sys.argv[1]))

def judge(thread):
    for number in range(1_000_000):
        answer_id = f"{thread:016x}{number:016x}"
        store.judge(answer_id, Verdict.HELPFUL)
        sys.stdout.write(answer_id + chr(10))
        sys.stdout.flush()

for thread in range(4):
    Thread(target=judge, args=(thread,)).start()
"""


def test_what_was_told_as_kept_is_there_after_a_kill(tmp_path: Path) -> None:
    file = tmp_path / "feedback.sqlite3"
    with subprocess.Popen([sys.executable, "-c", WRITER, str(file)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        told = [process.stdout.readline() for _ in range(TOLD)]
        process.kill()
        told += process.stdout.readlines()  # what it said until then
    kept = {row.answer_id for row in FeedbackStore(file).rows()}
    assert {line.strip() for line in told if line.endswith("\n")} <= kept
    assert len(kept) >= TOLD
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
