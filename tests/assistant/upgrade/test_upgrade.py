"""What an office had before, made by the program of commit 12fa63e, opens with every row and every version."""

import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from assistant.database.database import Database
from assistant.database.schema import VERSION_TABLE, newest
from assistant.feedback.store import FeedbackStore
from assistant.gaps.book import open_book
from assistant.gaps.states import State
from assistant.handover.keys import KeyFile
from assistant.handover.table import HANDOVER
from assistant.publication.generations import Generations
from assistant.publication.publisher import Publisher
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.errors import StoreError
from corpus.library.place import generations_folder

OFFICE = Path(__file__).with_name("office.tar.gz")
Tables = dict[str, list[dict[str, object]]]


@pytest.fixture
def office(tmp_path: Path) -> Settings:
    with tarfile.open(OFFICE) as archive:
        archive.extractall(tmp_path, filter="data")
    return Settings(index=tmp_path / "index", library=tmp_path / "library", feedback=tmp_path / "feedback.sqlite3")


def _tables(settings: Settings) -> Tables:
    """Every row of every table of ours, as SQLite holds it."""
    with closing(sqlite3.connect(str(settings.feedback))) as connection:
        connection.row_factory = sqlite3.Row
        named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'policyqa_%'")
        return {
            name: [dict(row) for row in connection.execute(f"SELECT * FROM {name}")] for (name,) in named.fetchall()
        }


def test_every_table_keeps_every_row_and_value(office: Settings) -> None:
    before = _tables(office)
    assert before.pop(VERSION_TABLE) == [{"version_num": "0005"}]
    assert all(before.values())
    with Database(office.state).transaction():
        pass
    after = _tables(office)
    assert after[VERSION_TABLE] == [{"version_num": newest()}]
    for name, rows in before.items():
        kept = [{column: row[column] for column in rows[0]} for row in after[name]]
        assert kept == rows


def test_what_it_holds_is_read_as_before(office: Settings) -> None:
    with FeedbackStore(office.feedback, days=0) as store:
        rows = list(store.rows())
        assert [row.question for row in rows][:2] == ["早市摊位费多少钱", "过渡要多少钱"]
        assert {(row.verdict, row.verdict_reason, row.comment) for row in rows} >= {("wrong", "outdated", "改了")}
        states = {gap.state for gap in open_book(store).gaps()}
        assert states == {State.OPEN, State.TAKEN}
        assert store.database
        with store.database.transaction() as connection:
            numbers = connection.execute(
                select(HANDOVER.c.telephone).where(HANDOVER.c.telephone.is_not(None))
            ).scalars()
            assert [KeyFile(office.keys).decrypt(one) for one in numbers] != [None]


def test_the_library_is_served_as_it_was_or_indexed_anew_from_what_it_holds(office: Settings) -> None:
    generations = Generations(generations_folder(office.library_folder))
    assert [manifest.number for _, manifest in generations.all()] == [1, 2]
    pointer = generations.current()
    assert pointer
    generations.check(pointer)
    try:
        assistant = Assistant.open(office)
    except StoreError:  # this program builds its index in another way, and says what to do: policyqa index
        Publisher(office).rebuild()
        assistant = Assistant.open(office)
    answer = assistant.ask("早市摊位费多少钱")
    assert [(one.clause_id, "6元" in one.quote) for one in answer.citations] == [("market:1", True)]
    assert (office.library_folder / "questions" / "saved.jsonl").read_text(encoding="utf-8").startswith('{"id": "s1"')
