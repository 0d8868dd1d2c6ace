"""Keys are shown once, kept as digests, and hold until they end or are revoked."""

import re
from pathlib import Path

import pytest

from assistant.access.keys import Keys
from assistant.access.roles import Role
from assistant.database.database import Database
from corpus.errors import InputError, NotFoundError
from tests.assistant.access.conftest import Clock
from tests.people import Told


@pytest.fixture
def keys(database: Database, told: Told, clock: Clock) -> Keys:
    return Keys(database, told, clock)


def test_a_key_is_found_by_what_was_shown_and_by_nothing_else(keys: Keys) -> None:
    key, sent = keys.create(Role.EDITOR, "工单系统")
    assert re.fullmatch(r"pqa_[0-9a-f]{12}_[\w-]{43}", sent)
    assert keys.find(sent) == key
    other = keys.create(Role.ADMIN)[1]
    swapped = sent[:17] + other[17:]  # the id of one, the secret of the other
    for wrong in ("", "pqa_", sent[:-1], sent + "x", sent.swapcase(), swapped, f" {sent}", sent[:17] + "A" * 43):
        assert keys.find(wrong) is None


def test_no_file_of_the_database_holds_a_secret(keys: Keys, file: Path, told: Told) -> None:
    secret = keys.create(Role.ADMIN, "备注")[1][17:]
    kept = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert b"policyqa_key" in kept
    assert secret.encode() not in kept
    assert secret not in str(told)


def test_a_key_ends_after_its_days_and_when_it_is_revoked(keys: Keys, clock: Clock, told: Told) -> None:
    _, short = keys.create(Role.AGENT, days=1)
    key, revoked = keys.create(Role.AGENT)
    assert keys.find(short)
    assert keys.find(revoked)
    keys.revoke(key.id, by="ada")
    assert keys.find(revoked) is None
    clock.pass_(hours=23, minutes=59)
    assert keys.find(short)
    clock.pass_(minutes=1)
    assert keys.find(short) is None
    assert told.events == ["key_created", "key_created", "key_revoked"]
    with pytest.raises(NotFoundError, match="keys list"):
        keys.revoke(key.id)  # a second time
    with pytest.raises(NotFoundError, match="keys list"):
        keys.revoke("nosuchkey")


def test_when_it_was_used_is_noted_once_an_hour(keys: Keys, clock: Clock) -> None:
    _, sent = keys.create(Role.PUBLIC)
    assert keys.all()[0].used is None
    first = clock.now
    for _ in range(3):
        keys.find(sent)
        assert keys.all()[0].used == first
        clock.pass_(minutes=19)
    clock.pass_(minutes=3)
    keys.find(sent)
    assert keys.all()[0].used == clock.now


@pytest.mark.parametrize("given", [{"days": 0}, {"days": -1}, {"days": 40_000}, {"note": "x" * 201}, {"note": "a\nb"}])
def test_what_cannot_be_is_said(keys: Keys, given: dict[str, object]) -> None:
    with pytest.raises(InputError, match="请写"):
        keys.create(Role.AGENT, **given)  # type: ignore[arg-type]
    assert keys.all() == []


def test_a_key_opens_where_nothing_can_be_written(keys: Keys, database: Database) -> None:
    sent = keys.create(Role.AGENT)[1]
    with database.transaction() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE UPDATE ON policyqa_key BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
        )
    assert keys.find(sent)
