"""What a person is shown where there is no page: one that says so and leads on, in place of a problem for programs."""

from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.api.problems import is_problem
from assistant.messages import Messages
from ui.page.languages import language
from ui.page.templates import render

_FOR_PROGRAMS = ("/v1/", "/gradio_api/", "/ui/", "/assets/")
_OFF = (b"x-problem", b"answers-off")  # by which assistant/switches/answers_off.py tells its own from a full queue
_UNKNOWN_HOST, _TOO_MANY, _OURS = 421, 429, 500
_MISSING = (404, 405)
# Of the headers of the problem.
_KEPT = (b"retry-after", b"vary", b"ratelimit-limit", b"ratelimit-remaining", b"ratelimit-reset")


class ProblemPages:
    """ASGI layer that answers a browser's GET with a page, with the same status, where `app` answers with a problem.

    And a form that a browser sends, where there is nothing in it to correct: too many requests, a fault of ours, or a
    name that is not this server's.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _is_by_a_person(scope):
            await self._app(scope, receive, send)
            return
        problem: Message | None = None
        is_form = scope["method"] == "POST"

        def is_shown(status: int) -> bool:
            return not is_form or status in (_UNKNOWN_HOST, _TOO_MANY) or status >= _OURS

        async def watch(message: Message) -> None:
            nonlocal problem
            if message["type"] == "http.response.start" and is_problem(message) and is_shown(message["status"]):
                problem = message
            elif problem is None:
                await send(message)

        await self._app(scope, receive, watch)
        if problem is not None:
            page = HTMLResponse(problem_page(_kind(problem), language_of(scope)), problem["status"])
            page.raw_headers += [pair for pair in problem["headers"] if pair[0] in _KEPT]
            await page(scope, receive, send)


def problem_page(kind: str, words: Messages) -> str:
    """The page for a kind: no such page, a name that is not the server's, too many people, answers switched off, what
    only the operator can mend.
    """
    return render("page/problem.html", words, kind=kind)


def _is_by_a_person(scope: Scope) -> bool:
    if (
        scope["type"] != "http"
        or scope["method"] not in ("GET", "HEAD", "POST")
        or scope["path"].startswith(_FOR_PROGRAMS)
    ):
        return False
    return "text/html" in Headers(scope=scope).get("accept", "")


def _kind(problem: Message) -> str:
    """Busy is what passes in a time that the problem names; what names none, as a database that is away, is broken."""
    if _OFF in problem["headers"]:
        return "off"
    if problem["status"] == _UNKNOWN_HOST:
        return "host"
    if problem["status"] in _MISSING:
        return "missing"
    return "busy" if any(name == b"retry-after" for name, _ in problem["headers"]) else "broken"


def language_of(scope: Scope) -> Messages:
    """As the address has it: at the beginning of the path, or asked for."""
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[0]
    return language(asked or scope["path"].split("/")[1])
