"""The fixtures of the pages of access."""

from tests.ui.signin.signing import access, client

__all__ = ["access", "client"]
