"""Which role somebody has whom another system knows: an issuer by its claims, or a trusted proxy by its headers."""

from collections.abc import Iterable, Mapping

from assistant.access.roles import Role

EVERYBODY = "*"


def granted(grants: Mapping[str, Role], names: Iterable[str]) -> Role | None:
    """The highest role that any of these names, of groups or of a person, is granted; None where none is.

    `grants` are those of a setting; `*` stands for everybody whom the other system knows.
    """
    roles = [grants[name] for name in (*names, EVERYBODY) if name in grants]
    return max(roles, key=list(Role).index, default=None)
