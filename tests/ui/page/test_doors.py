"""The doors between the pages of the office: those that there are, and that whoever works may open."""

import asyncio

import pytest
from starlette.types import Receive, Scope, Send

from assistant.access.caller import Caller, Means, work_as
from assistant.access.roles import Role
from assistant.messages import messages
from ui.page.doors import DOORS, WithDoors, doors


def seen(role: Role | None, path: str, there: set[str]) -> list[tuple[str, bool]]:
    """The doors of a page, and whether one is behind them."""
    found: list[tuple[str, bool]] = []

    async def app(_scope: Scope, _receive: Receive, _send: Send) -> None:
        work_as(Caller(role, Means.SESSION, "a") if role else None)
        found.extend((one.name, one.here) for one in doors(messages("zh")))

    async def nothing(*_: object) -> None:
        return

    scope = {"type": "http", "path": path}
    asyncio.run(WithDoors(app, lambda: there)(scope, nothing, nothing))  # type: ignore[arg-type]
    return found


ALL = set(DOORS.values())


@pytest.mark.parametrize(
    ("role", "names"),
    [
        (None, []),
        (Role.AGENT, ["console", "callbacks", "gaps"]),
        (Role.EDITOR, ["console", "callbacks", "gaps", "library", "questions", "differences", "overview"]),
        (Role.ADMIN, list(DOORS)),
    ],
)
def test_each_role_sees_what_it_may_open(role: Role | None, names: list[str]) -> None:
    assert [name for name, _ in seen(role, "/agent", ALL)] == names


def test_what_there_is_not_has_no_door_and_one_alone_needs_none() -> None:
    assert [name for name, _ in seen(Role.ADMIN, "/agent", {"/agent", "/overview"})] == ["console", "overview"]
    assert seen(Role.ADMIN, "/agent", {"/agent"}) == []


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/agent", "console"),
        ("/agent/callbacks/7", "callbacks"),
        ("/library/drafts/a", "library"),
        ("/library/diff", "differences"),
        ("/admin/audit", "audit"),
        ("/account", None),
        ("/libraryx", None),
    ],
)
def test_one_is_where_the_longest_door_leads(path: str, name: str | None) -> None:
    assert [door for door, here in seen(Role.ADMIN, path, ALL) if here] == ([name] if name else [])
