"""Commands that change something are written into the audit when they have done it."""

import getpass
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from assistant.settings import Settings
from corpus.errors import DatabaseError

P = ParamSpec("P")
T = TypeVar("T")


def audited(name: str, *named: str) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """A command `name`, with those of its values that are `named`: ids and files, never what people ask.

    What the library has written down itself is taken over, too.
    """

    def decorate(command: Callable[P, T]) -> Callable[P, T]:
        @wraps(command)
        def run(*args: P.args, **kwargs: P.kwargs) -> T:
            done = command(*args, **kwargs)
            _write_down(name, {key: _plain(kwargs.get(key)) for key in named if kwargs.get(key)})
            return done

        return run

    return decorate


def at_the_machine() -> str:
    """Who runs the command: the name that the machine knows."""
    try:
        return f"os:{getpass.getuser()}"
    except (OSError, KeyError, ImportError):  # a user without a name, as in a container
        return "os:?"


def _write_down(name: str, values: dict[str, object]) -> None:
    from assistant.audit.audit import Audit
    from assistant.audit.journal import take_over

    settings = Settings.from_environment()
    audit = Audit.open(settings)
    try:
        take_over(audit, settings.library_folder)
        audit.record("command", at_the_machine(), command=name, **values)
    except DatabaseError as error:
        print(
            f"已经做完，但没有记入审计：{error} It is done, and not in the audit; what the library has written down "
            "itself is taken over later.",
            file=sys.stderr,
        )
    finally:
        audit.database.close()


def _plain(value: object) -> object:
    """A file by its name alone: folders of the machine are nobody's business."""
    if isinstance(value, Path):
        return value.name
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else str(value)
