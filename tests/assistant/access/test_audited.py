"""A change of accounts and keys is kept with its row of the audit, or neither is."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.access.accounts import Accounts
from assistant.access.keys import Keys
from assistant.access.passwords import Passwords
from assistant.access.roles import Role
from assistant.access.signing_in import SigningIn
from assistant.audit.audit import Audit
from assistant.audit.of_access import AccessRows
from assistant.database.database import Database
from corpus.errors import DatabaseError, InputError, NotFoundError
from tests.people import CHEAP, PASSWORD

REFUSING = "CREATE TRIGGER refusing BEFORE INSERT ON policyqa_audit BEGIN SELECT RAISE(ABORT, 'no room'); END"


class Office:
    """Accounts and keys over one chain, with an admin, an agent and a key."""

    def __init__(self, file: Path) -> None:
        self.database = Database(file)
        self.audit = Audit(Database(file), file.with_name("head"))
        rows = AccessRows(self.audit, lambda _event, what: f"session:{what.pop('by', '')}")
        self.accounts = Accounts(self.database, Passwords(CHEAP), rows)
        self.keys = Keys(self.database, rows)
        self.signing_in = SigningIn(self.database, Passwords(CHEAP), rows)
        self.accounts.create("ada", Role.ADMIN, PASSWORD, by="root")
        self.accounts.create("agnes", Role.AGENT, PASSWORD, by="ada")
        self.key, _ = self.keys.create(Role.AGENT, maker="ada")

    def state(self) -> object:
        return self.accounts.all(), self.keys.all()


@pytest.fixture
def office(file: Path) -> Office:
    return Office(file)


CHANGES: tuple[Callable[[Office], object], ...] = (
    lambda office: office.accounts.create("new", Role.AGENT, PASSWORD),
    lambda office: office.accounts.set_password("agnes", "some other words here"),
    lambda office: office.accounts.set_role("agnes", Role.EDITOR),
    lambda office: office.accounts.lock("agnes"),
    lambda office: office.accounts.remove("agnes"),
    lambda office: office.keys.create(Role.EDITOR),
    lambda office: office.keys.revoke(office.key.id),
    lambda office: office.signing_in("agnes", PASSWORD, "203.0.113.5"),
)


@pytest.mark.parametrize("change", CHANGES)
def test_what_cannot_be_put_down_is_not_done(office: Office, change: Callable[[Office], object]) -> None:
    before = office.state()
    with office.database.transaction() as connection:
        connection.exec_driver_sql(REFUSING)
    with pytest.raises(DatabaseError):
        change(office)
    assert office.state() == before
    with office.database.transaction() as connection:
        connection.exec_driver_sql("DROP TRIGGER refusing")
    change(office)
    assert office.state() != before
    assert office.audit.verify().holds
    assert len(list(office.audit.all())) == 5  # what began it, three of the office, and this one


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (lambda office: office.accounts.create("agnes", Role.AGENT, PASSWORD), InputError),
        (lambda office: office.accounts.remove("ada"), InputError),
        (lambda office: office.accounts.set_role("ada", Role.AGENT), InputError),
        (lambda office: office.accounts.lock("nobody"), NotFoundError),
        (lambda office: office.accounts.set_password("nobody", PASSWORD), NotFoundError),
        (lambda office: office.keys.revoke("0" * 12), NotFoundError),
    ],
)
def test_what_is_not_done_is_not_put_down(
    office: Office, change: Callable[[Office], object], error: type[Exception]
) -> None:
    before = office.state()
    with pytest.raises(error):
        change(office)
    assert office.state() == before
    assert len(list(office.audit.all())) == 4


def test_who_did_it_stands_in_the_row(office: Office) -> None:
    office.accounts.lock("agnes", by="ada")
    *_, row = office.audit.all()
    assert (row.event, row.by, row.details) == ("account_locked", "session:ada", {"account": "agnes", "locked": True})
