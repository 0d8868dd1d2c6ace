"""Sessions end by themselves, are kept as digests, and one cannot end another's."""

from datetime import timedelta
from pathlib import Path

import pytest

from assistant.access.accounts import Accounts
from assistant.access.passwords import Passwords
from assistant.access.roles import Role
from assistant.access.sessions import Sessions, session_id
from assistant.database.database import Database
from tests.assistant.access.conftest import Clock
from tests.people import CHEAP, PASSWORD


@pytest.fixture
def sessions(database: Database, clock: Clock) -> Sessions:
    accounts = Accounts(database, Passwords(CHEAP), now=clock)
    accounts.create("ada", Role.ADMIN, PASSWORD)
    accounts.create("agnes", Role.AGENT, PASSWORD)
    return Sessions(database, idle=timedelta(hours=1), longest=timedelta(hours=12), now=clock)


def begin(sessions: Sessions, name: str = "agnes") -> str:
    return sessions.begin(name, role=None, address="192.0.2.1", browser="Firefox\n<b>")


def test_a_session_has_the_role_of_its_account_as_it_is_now(sessions: Sessions, database: Database) -> None:
    token = begin(sessions)
    found = sessions.find(token)
    assert found
    assert (found.name, found.role, found.browser) == ("agnes", Role.AGENT, "Firefox<b>")
    Accounts(database, Passwords(CHEAP)).set_role("agnes", Role.EDITOR)
    changed = sessions.find(token)
    assert changed
    assert changed.role is Role.EDITOR


def test_the_cookie_is_not_in_the_database(sessions: Sessions, file: Path) -> None:
    token = begin(sessions)
    kept = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert session_id(token).encode() in kept
    assert token.encode() not in kept
    assert sessions.find(session_id(token)) is None  # what is kept opens nothing


def test_it_ends_when_it_is_not_used(sessions: Sessions, clock: Clock) -> None:
    token = begin(sessions)
    for _ in range(3):
        clock.pass_(minutes=59)
        assert sessions.find(token)
    clock.pass_(minutes=60)
    assert sessions.find(token) is None


def test_it_ends_however_much_it_is_used(sessions: Sessions, clock: Clock) -> None:
    token = begin(sessions)
    for _ in range(23):
        clock.pass_(minutes=30)
        assert sessions.find(token)
    clock.pass_(minutes=30)
    assert sessions.find(token) is None


def test_that_it_is_used_is_noted_once_a_minute(sessions: Sessions, clock: Clock) -> None:
    token, began = begin(sessions), clock.now
    clock.pass_(seconds=59)
    sessions.find(token)
    assert sessions.of("agnes")[0].used == began
    clock.pass_(seconds=1)
    sessions.find(token)
    assert sessions.of("agnes")[0].used == clock.now


def test_one_ends_ones_own_and_nobody_elses(sessions: Sessions) -> None:
    mine, other, hers = begin(sessions), begin(sessions), begin(sessions, "ada")
    assert not sessions.end(session_id(hers), "agnes")
    assert sessions.find(hers)
    assert sessions.end(session_id(other), "agnes")
    assert sessions.find(other) is None
    begin(sessions)
    assert sessions.end_all("agnes", but=session_id(mine)) == 1
    assert [bool(sessions.find(token)) for token in (mine, hers)] == [True, True]


def test_an_account_has_fifty_at_most_and_what_has_ended_is_deleted(sessions: Sessions, clock: Clock) -> None:
    first = begin(sessions)
    for _ in range(50):
        clock.pass_(seconds=1)
        begin(sessions)
    assert sessions.find(first) is None
    assert len(sessions.of("agnes")) == 50
    clock.pass_(hours=1)
    begin(sessions)
    with sessions._database.transaction() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM policyqa_session").scalar() == 1


def test_who_an_issuer_knows_needs_no_account(sessions: Sessions) -> None:
    token = sessions.begin("li@sso.example", role=Role.EDITOR, address="192.0.2.1", browser="")
    found = sessions.find(token)
    assert found
    assert found.role is Role.EDITOR
    assert sessions.find(sessions.begin("li@sso.example", role=None, address="a", browser="")) is None


def test_a_session_goes_on_where_nothing_can_be_written(sessions: Sessions, database: Database, clock: Clock) -> None:
    token = begin(sessions)
    with database.transaction() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE UPDATE ON policyqa_session BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
        )
    clock.pass_(minutes=5)
    assert sessions.find(token)
    clock.pass_(minutes=56)
    assert sessions.find(token) is None
