"""What the chat page may send to Gradio, checked before Gradio sees it.

Gradio answers a call that no page makes (an event or a choice that does not exist, too few values, a lone surrogate)
with 500 and writes all of it into the log. Here such a call is a 422 and leaves no trace.
"""

import json
from collections.abc import Mapping

from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.api.problems import invalid_body
from assistant.operations.replay import replay
from assistant.question.limits import has_lone_surrogates
from ui.page.gradio import gradio as gr

_LONGEST_SESSION = 32  # characters; Gradio's own have 11, and it remembers thousands of them
_FIELDS = {"data", "event_data", "fn_index", "session_hash", "trigger_id"}


class PagePayloads:
    """ASGI layer that lets a POST through when it is a call that the page at its address can make.

    `pages` are Gradio's, by the beginning of their addresses, the longest first. Stands inside BodyLimit: what it
    receives first is the whole body.
    """

    def __init__(self, app: ASGIApp, pages: Mapping[str, gr.Blocks]) -> None:
        self._app = app
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        message = await receive()
        page = next(page for path, page in self._pages.items() if scope["path"].startswith(path))
        if not _can_make(page, message.get("body", b"")):
            await invalid_body("请刷新网页后再试。Reload the page and try again.")(scope, receive, send)
            return
        await self._app(scope, replay(message, receive), send)


def _can_make(page: gr.Blocks, body: bytes) -> bool:
    try:
        call = json.loads(body)
    except (ValueError, RecursionError):
        return False
    if not isinstance(call, dict) or not call.keys() <= _FIELDS or type(call.get("fn_index")) is not int:
        return False
    event, values = page.fns.get(call["fn_index"]), call.get("data")
    if event is None or not isinstance(values, list) or len(values) != len(event.inputs) or not _may_trigger(call):
        return False
    return all(_may_hold(component, value) for component, value in zip(event.inputs, values, strict=True))


def _may_trigger(call: Mapping[str, object]) -> bool:
    """Whose event it is: a session's name, and a component's number or none; no event of the page has data."""
    session, trigger = call.get("session_hash"), call.get("trigger_id")
    named = session is None or (
        isinstance(session, str) and session.isalnum() and session.isascii() and len(session) <= _LONGEST_SESSION
    )
    return named and (trigger is None or type(trigger) is int) and call.get("event_data") is None


def _may_hold(component: object, value: object) -> bool:
    """Text boxes hold text, choosers one of their choices."""
    if isinstance(component, gr.Radio):
        return value in [choice for _, choice in component.choices]
    return isinstance(value, str) and not has_lone_surrogates(value)
