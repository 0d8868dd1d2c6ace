"""Signing in: counted, slowed down, never locked for ever, the same for names that there are not."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select

from assistant.access import back_off
from assistant.access.accounts import Accounts
from assistant.access.passwords import Passwords
from assistant.access.roles import Role
from assistant.access.signing_in import SigningIn
from assistant.access.table import FAILURE
from assistant.database.database import Database
from tests.assistant.access.conftest import Clock
from tests.people import CHEAP, PASSWORD, Told

HOME, STRANGER = "192.0.2.1", "203.0.113.5"


class Counted(Passwords):
    """Counts how often a password was looked at."""

    looked = 0

    def is_right(self, kept: str | None, password: str) -> bool:
        self.looked += 1
        return super().is_right(kept, password)


@pytest.fixture
def passwords() -> Counted:
    return Counted(CHEAP)


@pytest.fixture
def accounts(database: Database, passwords: Counted, clock: Clock) -> Accounts:
    made = Accounts(database, passwords, now=clock)
    made.create("ada", Role.ADMIN, PASSWORD)
    return made


@pytest.fixture
def sign_in(database: Database, accounts: Accounts, passwords: Counted, told: Told, clock: Clock) -> SigningIn:
    assert accounts.has_admin()
    return SigningIn(database, passwords, told, clock)


def test_the_right_password_opens_and_another_does_not(sign_in: SigningIn, told: Told) -> None:
    assert sign_in("ADA ", PASSWORD, HOME).name == "ada"
    assert sign_in("ada", PASSWORD + "x", HOME).fault == "wrong"
    assert sign_in("ada", "", HOME).fault == "wrong"
    assert told.events == ["signin", "signin_failed", "signin_failed"]
    assert PASSWORD not in str(told)


def test_what_is_typed_for_a_name_goes_into_the_audit_only_where_it_is_one(sign_in: SigningIn, told: Told) -> None:
    for typed in ("ada", "bob", PASSWORD, "张三 13800138000"):
        assert sign_in(typed, "not this one", HOME).fault == "wrong"
    assert [what["account"] for _, what in told] == ["ada", "", "", ""]


def test_a_name_that_there_is_not_takes_a_look_and_waits_as_one_that_there_is(
    sign_in: SigningIn, passwords: Counted, told: Told
) -> None:
    """By value, not by the clock: as many hashes are made, and the answers are the same."""
    seen: dict[str, tuple[list[str], int, list[str]]] = {}
    for name in ("ada", "nobody", "not@name"):
        before, told[:] = passwords.looked, []
        faults = [sign_in(name, "wrong password", f"198.51.100.{len(seen)}").fault for _ in range(8)]
        seen[name] = (faults, passwords.looked - before, told.events)
    assert seen["ada"] == seen["nobody"] == seen["not@name"]
    assert seen["ada"][0] == ["wrong"] * 5 + ["wait"] * 3
    assert seen["ada"][1] == 5


def test_the_wait_grows_to_a_quarter_of_an_hour_and_ends(sign_in: SigningIn, clock: Clock) -> None:
    waits = []
    for _ in range(5):
        sign_in("ada", "wrong password", STRANGER)
    for _ in range(8):
        seconds = sign_in("ada", "wrong password", STRANGER).seconds
        waits.append(seconds)
        clock.pass_(seconds=seconds)
        assert sign_in("ada", "wrong password", STRANGER).fault == "wrong"
    assert waits == [31, 61, 121, 241, 481, 901, 901, 901]
    clock.pass_(minutes=16)
    assert sign_in("ada", PASSWORD, STRANGER).name == "ada"
    assert [sign_in("ada", "wrong password", STRANGER).fault for _ in range(5)] == ["wrong"] * 5  # all is forgiven


def test_a_clock_that_was_ahead_locks_nobody_out_for_long(sign_in: SigningIn, clock: Clock) -> None:
    clock.pass_(days=700)
    for _ in range(6):
        sign_in("ada", "wrong password", STRANGER)
    clock.pass_(days=-700)
    assert sign_in("ada", PASSWORD, STRANGER).seconds <= 31


def test_a_stranger_cannot_lock_somebody_out_of_where_they_work(sign_in: SigningIn) -> None:
    sign_in("ada", PASSWORD, HOME)
    for number in range(30):
        sign_in("ada", "wrong password", f"203.0.113.{number}")
    assert sign_in("ada", PASSWORD, STRANGER).fault == "wait"
    assert sign_in("ada", PASSWORD, HOME).name == "ada"


def test_an_address_that_tries_many_names_waits_and_others_do_not(sign_in: SigningIn, clock: Clock) -> None:
    faults = [sign_in(f"name{number}", "wrong password", STRANGER).fault for number in range(40)]
    assert faults == ["wrong"] * 30 + ["wait"] * 10
    assert sign_in("ada", PASSWORD, STRANGER).fault == "wait"
    assert sign_in("ada", PASSWORD, HOME).name == "ada"
    clock.pass_(hours=1)
    assert sign_in("ada", PASSWORD, STRANGER).name == "ada"


def test_signing_in_does_not_use_up_what_an_address_has(sign_in: SigningIn) -> None:
    """A whole office may share one."""
    assert {sign_in("ada", PASSWORD, HOME).name for _ in range(50)} == {"ada"}


def test_many_at_the_same_time_are_as_many(file: Path, accounts: Accounts, clock: Clock) -> None:
    """A try is counted before it is looked at: of thirty at once five are."""
    passwords = Counted(CHEAP)
    together = threading.Barrier(30)

    def attempt(_: int) -> str:
        together.wait()
        return SigningIn(Database(file), passwords, now=clock)("ada", "wrong password", STRANGER).fault

    with ThreadPoolExecutor(30) as pool:
        faults = list(pool.map(attempt, range(30)))
    assert accounts.has_admin()
    assert (faults.count("wrong"), passwords.looked) == (5, 5)


def test_who_is_locked_by_an_admin_is_told_so_only_with_the_right_password(
    sign_in: SigningIn, accounts: Accounts
) -> None:
    accounts.create("x", Role.AGENT, PASSWORD)
    accounts.lock("x")
    assert sign_in("x", PASSWORD, HOME).fault == "locked"
    assert sign_in("x", "wrong password", HOME).fault == "wrong"
    accounts.lock("x", locked=False)
    assert sign_in("x", PASSWORD, HOME).name == "x"


def test_a_password_that_was_hashed_at_another_cost_is_hashed_anew(
    database: Database, accounts: Accounts, clock: Clock, file: Path
) -> None:
    dearer = PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)
    assert accounts.has_admin()
    assert b",t=2,p=1$" not in b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert SigningIn(database, Passwords(dearer), now=clock)("ada", PASSWORD, HOME).name == "ada"
    assert b",t=2,p=1$" in b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert SigningIn(database, Passwords(dearer), now=clock)("ada", PASSWORD, HOME).name == "ada"


def test_a_stranger_fills_no_table(sign_in: SigningIn, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(back_off, "_MOST_ROWS", 40)
    for number in range(100):
        sign_in(f"name{number}", "x", f"198.51.100.{number}")
    with database.transaction() as connection:
        assert connection.execute(select(func.count()).select_from(FAILURE)).scalar_one() <= 41


def test_a_confirmation_is_counted_but_is_no_sign_in(sign_in: SigningIn, told: Told) -> None:
    assert sign_in("ada", PASSWORD, HOME, confirming=True).name == "ada"
    assert told.events == []
    for _ in range(6):
        last = sign_in("ada", "wrong password", HOME, confirming=True)
    assert last.fault == "wait"


def test_a_stranger_who_goes_on_while_they_have_to_wait_fills_no_audit(sign_in: SigningIn, told: Told) -> None:
    faults = {sign_in(f"name{number}", "x", STRANGER).fault for number in range(300)}
    assert faults == {"wrong", "wait"}
    assert len(told) == 20  # ten of each
