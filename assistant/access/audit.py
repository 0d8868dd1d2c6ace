"""What happens to accounts and keys is told to whoever keeps the audit; the place where a server is put together says
who that is.
"""

from typing import Protocol


class Audit(Protocol):
    """Takes one event: signin, signin_failed, signout, password_changed, account_created, account_locked,
    account_removed, role_changed, key_created or key_revoked, and what belongs to it. Never a password or a secret.
    """

    def __call__(self, event: str, /, **what: object) -> None: ...


def no_audit(_event: str, /, **_what: object) -> None:
    """Nobody keeps one."""
