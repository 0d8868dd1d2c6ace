"""What is known of one request beside what it asks: id, route, role. Never a question, never a query."""

from contextvars import ContextVar
from dataclasses import dataclass

from starlette.types import Scope

from assistant.access.caller import caller_of

_KEY = "policyqa.request"
REQUEST_ID: ContextVar[str] = ContextVar("request", default="")  # of the request under way, in whatever thread


@dataclass(slots=True)
class RequestNotes:
    """Filled in by the layers that a request comes through; all of them share one object."""

    id: str
    route: str = ""  # a template such as /v1/clauses/{clause_id}; empty where no route was reached
    role: str = ""


def with_notes(scope: Scope, notes: RequestNotes) -> Scope:
    """The same request with a place for what is found out about it."""
    return {**scope, _KEY: notes}


def notes_of(scope: Scope) -> RequestNotes | None:
    """What has been noted of a request; None where nobody takes notes."""
    notes = scope.get(_KEY)
    return notes if isinstance(notes, RequestNotes) else None


def noted_route(scope: Scope) -> str:
    """The route that has been noted of a request; empty where none has."""
    notes = notes_of(scope)
    return notes.route if notes else ""


def note_route(scope: Scope, route: str | None = None) -> None:
    """Note by which route, and in which role, a request was answered; without `route` the one its app has found."""
    if notes := notes_of(scope):
        notes.route = route or getattr(scope.get("route"), "path", "") or notes.route
        notes.role = caller_of(scope).role
