"""`/admin/operation`: answers off by channel and the notice; `/admin/audit`: who did what. Forms without script.

Nobody is asked who they are: whoever includes this router sees to it that only an admin reaches it, from its own pages.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from assistant.audit.audit import Audit
from assistant.audit.writes import who
from assistant.messages import Messages
from assistant.operations.outbox import Standing
from assistant.switches.state import Channel, State
from assistant.switches.switchboard import MOST_NOTICE, MOST_REASON, Switchboard
from corpus.clock import CHINA
from corpus.errors import InputError
from ui.operation.view import Asked, event_name, person, shown_row, told_fault
from ui.page.languages import RequestedLanguage, in_language, with_language
from ui.page.templates import render

OPERATION, AUDIT = "/admin/operation", "/admin/audit"
_NO_STORE = {"Cache-Control": "no-store"}
_SEE_OTHER, _UNREADABLE = 303, 422
_ROWS = 50  # of the audit on one page
_DONE = ("off", "on", "notice", "cleared")
_LONGEST = 2_000  # characters of a field, before the switchboard says how many it takes

Typed = Annotated[str, Form(max_length=_LONGEST)]


def operation_pages(
    audit: Audit,
    switchboard: Switchboard,
    changed: Callable[[], object],
    told: Callable[[], Standing | None] = lambda: None,
) -> APIRouter:
    """Both pages; not part of the API, so absent from its description. `changed` has this worker look at once.

    `told` says how it stands with webhooks; None where there are none.
    """
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    def done(what: str, words: Messages, channels: Sequence[Channel] = ()) -> Response:
        changed()
        told = (("done", what), *(("channel", str(channel)) for channel in channels))
        return RedirectResponse(with_language(OPERATION, words, told), _SEE_OTHER)

    @router.get(OPERATION)
    def page(
        words: RequestedLanguage, done: str = "", channel: Annotated[list[str] | None, Query()] = None
    ) -> HTMLResponse:
        about = [one for one in Channel if one in (channel or ())]
        shown = done if done in _DONE else ""
        return _operation(switchboard.read(), words, done=shown, about=about, told=told())

    @router.post(f"{OPERATION}/answers")
    def answers(
        request: Request,
        words: RequestedLanguage,
        act: Annotated[str, Form(pattern="^(off|on)$")],
        channel: Annotated[list[Channel] | None, Form()] = None,
        reason: Typed = "",
    ) -> Response:
        try:
            if not channel:
                raise InputError(words("operation.fault.channel"), "channel")
            switchboard.answers(channel, off=act == "off", by=who(request.scope), reason=reason)
        except InputError as error:
            return _operation(switchboard.read(), words, wrong=error, reason=reason, ticked=channel or ())
        return done(act, words, channel)

    @router.post(f"{OPERATION}/notice")
    def notice(
        request: Request, words: RequestedLanguage, text: Typed = "", english: Typed = "", until: Typed = ""
    ) -> Response:
        try:
            switchboard.notice(text, english=english, until=_until(until, words), by=who(request.scope))
        except InputError as error:
            typed = {"text": text, "english": english, "until": until}
            return _operation(switchboard.read(), words, wrong=error, typed=typed)
        return done("notice", words)

    @router.post(f"{OPERATION}/notice/clear")
    def clear(request: Request, words: RequestedLanguage) -> Response:
        switchboard.clear_notice(by=who(request.scope))
        return done("cleared", words)

    @router.get(AUDIT)
    def audited(
        words: RequestedLanguage,
        event: str = "",
        first: Annotated[str, Query(alias="from")] = "",
        to: str = "",
        before: Annotated[int | None, Query(ge=1, le=1 << 60)] = None,
    ) -> HTMLResponse:
        return _audit(audit, words, Asked(event, first, to, before))

    @router.post(f"{AUDIT}/verify")
    def verify(words: RequestedLanguage) -> HTMLResponse:
        return _audit(audit, words, Asked(), verify=True)

    return router


def _operation(
    state: State,
    words: Messages,
    *,
    done: str = "",
    about: Sequence[Channel] = (),
    wrong: InputError | None = None,
    reason: str = "",
    ticked: Collection[Channel] = (),
    typed: dict[str, str] | None = None,
    told: Standing | None = None,
) -> HTMLResponse:
    notice = state.notice
    ends = notice.until.astimezone(CHINA) if notice and notice.until else None
    kept = {
        "text": notice.text if notice else "",
        "english": notice.english if notice else "",
        "until": f"{ends:%Y-%m-%dT%H:%M}" if ends else "",
    }
    named = words.list(words(f"operation.channel.{one}") for one in about)
    html = render(
        "operation/operation.html",
        words,
        channels=[(channel, state.off.get(channel)) for channel in Channel],
        notice=notice,
        told=told,
        typed=typed or kept,
        reason=reason,
        done=words(f"operation.done.{done}", channels=named) if done else "",
        fault=in_language(wrong, words) if wrong else "",
        fault_at=wrong.field if wrong else "",
        ticked=ticked,
        person=lambda by: person(by, words),
        most_notice=MOST_NOTICE,
        most_reason=MOST_REASON,
        at=lambda path: with_language(f"{OPERATION}{path}", words),
        switch=lambda other: with_language(OPERATION, other),
    )
    return HTMLResponse(html, _UNREADABLE if wrong else 200, headers=_NO_STORE)


def _audit(audit: Audit, words: Messages, asked: Asked, *, verify: bool = False) -> HTMLResponse:
    wrong, rows = None, []
    try:
        first, end = asked.span(words)
        rows = audit.rows(event=asked.event, first=first, end=end, before=asked.before, limit=_ROWS + 1)
    except InputError as error:
        wrong = error
    found = audit.verify() if verify else None
    older = asked.query(before=rows[_ROWS - 1].number) if len(rows) > _ROWS else ()
    html = render(
        "operation/audit.html",
        words,
        rows=[shown_row(row, words) for row in rows[:_ROWS]],
        events=[(one, event_name(one, words)) for one in audit.events()],
        asked=asked,
        fault=str(wrong) if wrong else "",
        fault_at=wrong.field if wrong else "",
        verified=found,
        faults=[told_fault(one, words) for one in found.faults] if found else [],
        head=found.head if found else audit.head(),
        older=with_language(AUDIT, words, older) if older else "",
        all_rows=with_language(AUDIT, words),
        verify=with_language(f"{AUDIT}/verify", words),
        switch=lambda other: with_language(AUDIT, other, asked.query()),
    )
    return HTMLResponse(html, _UNREADABLE if wrong else 200, headers=_NO_STORE)


def _until(text: str, words: Messages) -> datetime | None:
    """A day and a time in China, as the browser's field gives them. Raises InputError."""
    if not text.strip():
        return None
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise InputError(words("operation.fault.until"), "until") from error
    return found if found.tzinfo else found.replace(tzinfo=CHINA)
