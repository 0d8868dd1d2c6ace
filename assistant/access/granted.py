"""Which role somebody has whom another system knows: an issuer by its claims, or a trusted proxy by its headers."""

from collections.abc import Iterable, Mapping

from assistant.access.roles import Role

EVERYBODY = "*"
PERSON = "user:"  # before somebody's own name, which they may have chosen, so that nobody is taken for a group


def granted(grants: Mapping[str, Role], person: str, groups: Iterable[str]) -> Role | None:
    """The highest role that this person, or one of the groups, is granted; None where none is.

    `grants` are those of a setting: names of groups, people behind `user:`, and `*` for everybody whom the other system
    knows.
    """
    named = (PERSON + person, *(group for group in groups if not group.startswith(PERSON)), EVERYBODY)
    return max((grants[name] for name in named if name in grants), key=list(Role).index, default=None)
