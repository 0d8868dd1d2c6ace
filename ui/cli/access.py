"""What the commands of accounts and keys have in common: the stores, asking for a password, and moments as text."""

import getpass
import sys
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from assistant.settings import Settings
from corpus.clock import CHINA
from corpus.errors import InputError

if TYPE_CHECKING:
    from assistant.access.accounts import Account, Accounts
    from assistant.access.audit import Audit
    from assistant.access.keys import Key, Keys


def open_accounts() -> "Accounts":
    """The accounts of the settings' database."""
    from assistant.access.accounts import Accounts
    from assistant.access.passwords import Passwords
    from assistant.database.database import Database

    return Accounts(Database(Settings.from_environment().state), Passwords(), _audit())


def open_keys() -> "Keys":
    """The keys of the settings' database."""
    from assistant.access.keys import Keys
    from assistant.database.database import Database

    return Keys(Database(Settings.from_environment().state), _audit())


def _audit() -> "Audit":
    """Takes what the commands do into the audit, as done at the machine."""
    from assistant.audit.audit import Audit
    from assistant.audit.of_access import AccessRows
    from ui.cli.audited import at_the_machine

    def who(_event: str, what: dict[str, object]) -> str:
        what.pop("by", None)
        return at_the_machine()

    return AccessRows(Audit.open(Settings.from_environment()), who)


def read_password() -> str:
    """Asked twice on a terminal, where it is not shown; else the first line of standard input.

    Never an argument, which every other user of the machine can read in the list of processes, and the shell keeps.
    Raises InputError.
    """
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("密码 Password: ")
    if getpass.getpass("再写一遍 Once more: ") != password:
        raise InputError("两遍密码不一样，请重新运行。The two differ; run the command again.", "password")
    return password


def moment(time: datetime | None) -> str:
    """A moment in China, to the minute; a dash for none."""
    return f"{time.astimezone(CHINA):%Y-%m-%d %H:%M}" if time else "—"


def row(one: "Account | Key") -> dict[str, Any]:
    """An account or a key for JSON."""
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(one).items()}
