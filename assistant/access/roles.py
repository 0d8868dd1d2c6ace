"""Roles, lowest first; each may do what those before it may."""

from enum import StrEnum


class Role(StrEnum):
    """What somebody is to the service."""

    PUBLIC = "public"  # anybody
    AGENT = "agent"  # answers calls: the console, hand-overs, notes
    EDITOR = "editor"  # a clerk: the library, its publication, gaps, saved questions
    ADMIN = "admin"  # keys, accounts, switches, audit

    def includes(self, other: "Role") -> bool:
        """Whether this role may do what `other` may."""
        order = list(Role)
        return order.index(self) >= order.index(other)
