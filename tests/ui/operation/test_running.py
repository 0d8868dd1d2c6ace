"""What happens to accounts is in the audit, signed like everything else."""

from pathlib import Path

from assistant.access.caller import Caller, Means, work_as
from assistant.access.roles import Role
from assistant.settings import Settings
from ui.operation.running import Control


def test_who_signs_in_stands_as_who_writes(tmp_path: Path) -> None:
    control = Control(Settings(index=tmp_path / "index", feedback=tmp_path / "feedback.sqlite3"))
    control.access_rows()("signin", account="ada", means="password")
    control.access_rows()("signin_failed", account="", why="wrong")
    control.access_rows()("key_created", key="k1", by="ada")
    rows = {row.event: row.by for row in control.audit.rows()}
    assert (rows["signin"], rows["signin_failed"], rows["key_created"]) == ("session:ada", "", "session:ada")
    control.audit.database.close()


def test_who_has_failed_to_sign_in_is_not_whom_they_tried_to_be(tmp_path: Path) -> None:
    control = Control(Settings(index=tmp_path / "index", feedback=tmp_path / "feedback.sqlite3"))
    control.access_rows()("signin_failed", account="ada", why="wrong")
    work_as(Caller(Role.ADMIN, Means.KEY, "k9"))
    control.access_rows()("key_created", key="k1", by="k9")
    work_as(None)
    rows = {row.event: row.by for row in control.audit.rows()}
    assert (rows["signin_failed"], rows["key_created"]) == ("", "key:k9")
    control.audit.database.close()
