"""What the library writes down itself is taken over once, in order, and later changes to it are found."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.audit.audit import Audit
from assistant.audit.journal import altered, take_over
from assistant.audit.keeping import Keeping
from assistant.database.database import Database
from assistant.publication import audit as journal


def _audit(folder: Path, days: int = 0) -> Audit:
    return Audit(Database(folder / "state.sqlite3"), folder / "state.audit", days)


def test_every_line_is_taken_over_once_older_ones_too(tmp_path: Path) -> None:
    audit, library = _audit(tmp_path), tmp_path / "library"
    library.mkdir()
    assert take_over(audit, library) == 0
    journal.record(library, "publish", generation=1, by="甲", reason=None)
    journal.record(library, "rollback", generation=1, by=None)
    assert (take_over(audit, library), take_over(audit, library)) == (2, 0)
    journal.record(library, "remove", generation=3, removed=["a"], by="乙")
    assert take_over(audit, library) == 1
    rows = list(audit.all())[1:]
    assert [(row.event, row.by, row.details["line"], row.details["generation"]) for row in rows] == [
        ("library_publish", "甲", 1, 1),
        ("library_rollback", "", 2, 1),
        ("library_remove", "乙", 3, 3),
    ]
    assert audit.verify().holds


def test_lines_that_are_altered_or_taken_away_afterwards_are_named(tmp_path: Path) -> None:
    audit = _audit(tmp_path)
    for number in (1, 2, 3):
        journal.record(tmp_path, "publish", generation=number, by="甲")
    take_over(audit, tmp_path)
    assert altered(audit, tmp_path) == []
    file = tmp_path / journal.AUDIT
    first, second, _ = file.read_text(encoding="utf-8").splitlines()
    file.write_text(f"{first}\n{second.replace('甲', '乙')}\n", encoding="utf-8")
    assert altered(audit, tmp_path) == [3, 4]
    assert take_over(audit, tmp_path) == 1  # the altered line is one that the chain lacks: it is there twice, as it was


def test_workers_that_look_at_the_same_time_take_each_line_over_once(tmp_path: Path) -> None:
    for number in range(20):
        journal.record(tmp_path, "publish", generation=number)
    together = threading.Barrier(4)

    def work() -> None:
        audit = _audit(tmp_path)
        together.wait()
        take_over(audit, tmp_path)
        audit.database.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    audit = _audit(tmp_path)
    assert [row.details["generation"] for row in list(audit.all())[1:]] == list(range(20))
    assert audit.verify().holds


def test_a_line_whose_row_is_past_keeping_is_not_taken_over_again(tmp_path: Path) -> None:
    journal.record(tmp_path, "publish", generation=1)
    take_over(_audit(tmp_path), tmp_path)
    later = Audit(_audit(tmp_path).database, tmp_path / "state.audit", 1, lambda: datetime.now(UTC) + timedelta(days=3))
    assert later.cut() == 2
    assert take_over(later, tmp_path) == 0


def test_a_server_takes_over_and_a_database_that_is_away_gets_it_later(tmp_path: Path) -> None:
    journal.record(tmp_path, "publish", generation=1)
    (tmp_path / "state.sqlite3").mkdir()
    audit = _audit(tmp_path)
    keeping = Keeping(audit, tmp_path)
    keeping.look()
    (tmp_path / "state.sqlite3").rmdir()
    keeping.start()
    keeping.stop()
    assert [row.event for row in audit.all()] == ["audit_begun", "library_publish"]
