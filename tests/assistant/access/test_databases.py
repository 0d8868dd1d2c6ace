"""Accounts, sessions and keys on each kind of database."""

from datetime import timedelta
from pathlib import Path

import pytest

from assistant.access.accounts import Accounts
from assistant.access.keys import Keys
from assistant.access.passwords import Passwords
from assistant.access.roles import Role
from assistant.access.sessions import Sessions
from assistant.access.signing_in import SigningIn
from assistant.database.database import Database
from corpus.errors import InputError
from tests.assistant.access.conftest import Clock
from tests.people import CHEAP, PASSWORD

HOME = "192.0.2.1"


def test_whoever_signs_in_is_known_until_the_end_and_a_key_until_it_is_revoked(where: Path | str, clock: Clock) -> None:
    database, passwords = Database(where), Passwords(CHEAP)
    accounts = Accounts(database, passwords, now=clock)
    accounts.create("ada", Role.ADMIN, PASSWORD)
    with pytest.raises(InputError):
        accounts.create("Ada", Role.AGENT, PASSWORD)
    sign_in = SigningIn(database, passwords, now=clock)
    assert sign_in("ada", PASSWORD, HOME).name == "ada"
    faults = [sign_in("ada", "wrong password", HOME).fault for _ in range(6)]
    assert faults[0] == "wrong"
    assert sign_in("a\0da", "wrong password", HOME).fault == "wrong"  # no text of PostgreSQL holds it
    assert sign_in("ada", PASSWORD, HOME).fault  # too often: it has to wait
    sessions = Sessions(database, idle=timedelta(hours=1), longest=timedelta(hours=12), now=clock)
    token = sessions.begin("ada", role=None, address=HOME, browser="Firefox")
    found = sessions.find(token)
    assert found
    assert found.role is Role.ADMIN
    assert sessions.end_all("ada") == 1
    assert sessions.find(token) is None
    keys = Keys(database, now=clock)
    key, secret = keys.create(Role.AGENT, "the hotline's own program", days=30)
    opened = keys.find(secret)
    assert opened
    assert opened.id == key.id
    keys.revoke(key.id)
    assert keys.find(secret) is None
    database.close()
