"""Where it is switched: every change and its row of the audit are kept together, or neither is."""

import json
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from assistant.audit.audit import Audit
from assistant.audit.row import Row, canonical
from assistant.question.limits import has_lone_surrogates
from assistant.switches.state import Channel, Notice, Off, State
from assistant.switches.table import OPERATION
from corpus.errors import InputError

MOST_NOTICE = 300  # characters of a notice in one language
MOST_REASON = 200
_MOST_BY = 60
_NAMES = {"text": ("公告", "notice"), "english": ("英文公告", "English notice"), "reason": ("原因", "reason")}
_NAMES["by"] = ("经办", "name of who does it")


class Switchboard:
    """Reads and changes what is switched, in the database of the audit."""

    def __init__(self, audit: Audit, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._audit = audit
        self._now = now

    def read(self) -> State:
        """What holds now. Raises DatabaseError."""
        with self._audit.database.transaction() as connection:
            return _state(connection)

    def answers(self, channels: Collection[Channel], *, off: bool, by: str, reason: str = "") -> State:
        """Switch the answers of these channels off, for a reason, or on again. Raises InputError, DatabaseError."""
        by, reason = _text("by", by, _MOST_BY), _text("reason", reason, MOST_REASON)
        if off and not reason:
            raise InputError("请写明为什么停用。Say why answers are switched off.", "reason")
        stopped = Off(self._now(), by, reason)

        def change(state: State) -> State:
            others = {channel: one for channel, one in state.off.items() if channel not in channels}
            return replace(state, off={**others, **(dict.fromkeys(channels, stopped) if off else {})})

        what = {"channels": sorted(channels), "reason": reason}
        return self._change("answers_off" if off else "answers_on", by, what, change)

    def notice(self, text: str, *, english: str = "", until: datetime | None = None, by: str) -> State:
        """Have every page say this, `until` a moment (aware). Raises InputError, DatabaseError."""
        text, english = _text("text", text, MOST_NOTICE), _text("english", english, MOST_NOTICE)
        by = _text("by", by, _MOST_BY)
        if not text:
            raise InputError("请写公告的内容。Write what the notice is to say.", "text")
        if until is not None and until <= self._now():
            raise InputError(
                "公告的结束时间已经过去，请改正。The notice would have ended already; correct it.", "until"
            )
        said = Notice(text, english, until.astimezone(UTC) if until else None, self._now(), by)
        what = {"text": text, "english": english, "until": until and until.isoformat()}
        return self._change("notice_set", by, what, lambda state: replace(state, notice=said))

    def clear_notice(self, *, by: str) -> State:
        """Take the notice back. Raises DatabaseError."""
        return self._change("notice_cleared", _text("by", by, _MOST_BY), {}, lambda state: replace(state, notice=None))

    def _change(self, event: str, by: str, what: dict[str, Any], change: Callable[[State], State]) -> State:
        changed: State = State()

        def work(connection: Connection) -> Row:
            nonlocal changed
            self._audit.lock(connection)  # the one lock under which anything is switched
            before = _state(connection)
            changed = replace(change(before), version=before.version + 1)
            kept = {"version": changed.version, "state": canonical(changed.to_json())}
            if connection.execute(update(OPERATION).where(OPERATION.c.id == 1).values(kept)).rowcount == 0:
                connection.execute(insert(OPERATION).values(id=1, **kept))
            return self._audit.append(connection, event, by, what)

        self._audit.write(work)
        return changed


def _state(connection: Connection) -> State:
    found = connection.execute(select(OPERATION.c.version, OPERATION.c.state).where(OPERATION.c.id == 1)).one_or_none()
    return State.from_json(found.version, json.loads(found.state)) if found else State()


def _text(field: str, text: str, most: int) -> str:
    """What somebody has typed, without blanks around it. Raises InputError where it is too long or unreadable."""
    text, (zh, en) = text.replace("\r\n", "\n").strip(), _NAMES[field]
    if has_lone_surrogates(text) or any(ord(character) < 32 and character != "\n" for character in text):
        raise InputError(f"{zh}里有无法识别的字符，请删去。The {en} holds broken characters; remove them.", field)
    if len(text) > most:
        raise InputError(
            f"{zh}最多 {most} 个字，现有 {len(text)} 个，请缩短。"
            f"The {en} has {len(text)} characters; {most} is the most.",
            field,
        )
    return text
