"""Accounts: names, passwords, roles; somebody who can administer is always left."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.access.accounts import Accounts, account_name, account_role
from assistant.access.passwords import Passwords
from assistant.access.roles import Role
from assistant.access.sessions import Sessions
from assistant.database.database import Database
from corpus.errors import InputError, NotFoundError
from tests.assistant.access.conftest import Clock
from tests.people import CHEAP, PASSWORD, Told

Change = Callable[[], None]


@pytest.fixture
def accounts(database: Database, told: Told, clock: Clock) -> Accounts:
    return Accounts(database, Passwords(CHEAP), told, clock)


@pytest.fixture
def sessions(database: Database, clock: Clock) -> Sessions:
    return Sessions(database, idle=timedelta(hours=1), longest=timedelta(hours=12), now=clock)


def test_an_account_is_kept_without_its_password(accounts: Accounts, file: Path, told: Told) -> None:
    made = accounts.create("王芳", Role.EDITOR, PASSWORD)
    assert accounts.all() == [made]
    kept = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert b"$argon2id$" in kept
    assert PASSWORD.encode() not in kept
    assert (told.events, PASSWORD in str(told)) == (["account_created"], False)


def test_one_name_is_one_account_however_it_is_typed(accounts: Accounts) -> None:
    accounts.create(" Ｗang ", Role.AGENT, PASSWORD)
    assert accounts.all()[0].name == "wang"
    with pytest.raises(InputError, match="已有账号 wang"):
        accounts.create("WANG", Role.ADMIN, PASSWORD)
    assert [one.role for one in accounts.all()] == [Role.AGENT]


@pytest.mark.parametrize("name", ["", "  ", "x" * 61, "a\nb", "a@b", "a/b", "a\u202eb", 'a"b', "a;b"])
def test_a_name_that_cannot_be_is_said(name: str) -> None:
    with pytest.raises(InputError, match="账号名请写"):
        account_name(name)


@pytest.mark.parametrize(
    "password", ["", "short", "elevenchars", "x" * 257, "wangfang is it", "aaaaaaaaaaaa", "ababababab" * 3]
)
def test_a_password_that_will_not_do_is_said(accounts: Accounts, password: str) -> None:
    with pytest.raises(InputError, match="密码"):
        accounts.create("WangFang", Role.AGENT, password)
    assert accounts.all() == []


@pytest.mark.parametrize("role", ["public", "boss", "", "Admin"])
def test_a_role_that_an_account_cannot_have_is_said(role: str) -> None:
    with pytest.raises(InputError, match="角色请选"):
        account_role(role)


def test_the_last_admin_stays(accounts: Accounts) -> None:
    accounts.create("ada", Role.ADMIN, PASSWORD)
    accounts.create("edith", Role.EDITOR, PASSWORD)
    changes: list[Change] = [
        lambda: accounts.remove("ada"),
        lambda: accounts.lock("ada"),
        lambda: accounts.set_role("ada", Role.EDITOR),
    ]
    for change in changes:
        with pytest.raises(InputError, match="最后一个"):
            change()
    assert accounts.has_admin()
    accounts.set_role("edith", Role.ADMIN)
    accounts.remove("ada")
    assert [one.name for one in accounts.all()] == ["edith"]


def test_the_sessions_of_an_account_end_with_its_password_its_lock_and_itself(
    accounts: Accounts, sessions: Sessions
) -> None:
    accounts.create("ada", Role.ADMIN, PASSWORD)
    for name in ("x", "y", "z"):
        accounts.create(name, Role.AGENT, PASSWORD)
    kept = sessions.begin("x", role=None, address="a", browser="")
    token = {name: sessions.begin(name, role=None, address="a", browser="") for name in ("x", "y", "z", "ada")}
    found = sessions.find(kept)
    assert found
    accounts.set_password("x", PASSWORD + "!", keep=found.id)
    accounts.lock("y")
    accounts.remove("z")
    assert [bool(sessions.find(token[name])) for name in ("x", "y", "z", "ada")] == [False, False, False, True]
    assert sessions.find(kept)


def test_what_is_not_there_is_said(accounts: Accounts) -> None:
    changes: list[Change] = [
        lambda: accounts.remove("nobody"),
        lambda: accounts.lock("nobody"),
        lambda: accounts.set_role("nobody", Role.ADMIN),
        lambda: accounts.set_password("nobody", PASSWORD),
    ]
    for change in changes:
        with pytest.raises(NotFoundError, match="没有账号 nobody"):
            change()


def test_every_change_is_told(accounts: Accounts, told: Told) -> None:
    accounts.create("ada", Role.ADMIN, PASSWORD)
    accounts.create("x", Role.AGENT, PASSWORD, by="ada")
    accounts.set_password("x", PASSWORD + "!", by="ada")
    accounts.set_role("x", Role.EDITOR, by="ada")
    accounts.lock("x", by="ada")
    accounts.lock("x", locked=False, by="ada")
    accounts.remove("x", by="ada")
    assert told.events[1:] == [
        "account_created",
        "password_changed",
        "role_changed",
        "account_locked",
        "account_locked",
        "account_removed",
    ]
    assert {what["by"] for _, what in told[1:]} == {"ada"}
