"""The pages of the office in the head of each of them: those that there are and that whoever works may open."""

from collections.abc import Callable, Collection
from contextvars import ContextVar
from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.access.caller import working
from assistant.access.routes import is_below, role_of
from assistant.messages import Messages
from ui.page.languages import with_language

# By name (`doors.…` in the messages), in the order of the working day; what is for fewer people stands further on.
DOORS = {
    "console": "/agent",
    "callbacks": "/agent/callbacks",
    "gaps": "/gaps",
    "library": "/library",
    "questions": "/library/questions",
    "differences": "/library/diff",
    "overview": "/overview",
    "accounts": "/admin",
    "operation": "/admin/operation",
    "audit": "/admin/audit",
}
_HERE: ContextVar[tuple[Collection[str], str]] = ContextVar("here", default=((), ""))


@dataclass(frozen=True, slots=True)
class Door:
    """A page of the office as its link is written; `here`: one is on it, or on a page below it."""

    name: str
    address: str
    here: bool


class WithDoors:
    """ASGI layer that notes for the pages which doors there are, of the paths in DOORS, and which page is asked for."""

    def __init__(self, app: ASGIApp, there: Callable[[], Collection[str]]) -> None:
        self._app = app
        self._there = there

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            _HERE.set((self._there(), scope["path"]))
        await self._app(scope, receive, send)


def doors(words: Messages) -> list[Door]:
    """Where whoever works may go from here; none on a page for everybody, nor where there is one alone."""
    who = working()
    if who is None:
        return []
    there, path = _HERE.get()
    open_to = {name: to for name, to in DOORS.items() if to in there and who.role.includes(role_of("GET", to))}
    here = max((to for to in open_to.values() if is_below(path, (to,))), key=len, default="")
    found = [Door(name, with_language(to, words), to == here) for name, to in open_to.items()]
    return found if len(found) > 1 else []
