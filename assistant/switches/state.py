"""What is switched off, and what every page says."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any


class Channel(StrEnum):
    """By what way answers are given."""

    CHAT = "chat"  # the citizens' page, and places side by side
    API = "api"  # programs
    CONSOLE = "console"  # the agents' page
    WIDGET = "widget"  # help for the fields of forms
    WECHAT = "wechat"  # followers of an official account


@dataclass(frozen=True, slots=True)
class Off:
    """That a channel gives no answers: since when, on whose word and why. The reason is for the office alone."""

    since: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What every page says: in Chinese, in English where somebody has written it, and until when."""

    text: str
    english: str = ""
    until: datetime | None = None  # UTC; None: until it is taken back
    since: datetime | None = None
    by: str = ""

    def in_language(self, code: str) -> tuple[str, str]:
        """The words for a page in this language, and the language that they are in."""
        return (self.english, "en") if code == "en" and self.english else (self.text, "zh")

    @property
    def key(self) -> str:
        """By what a page knows whether it shows this one."""
        return hashlib.sha256(f"{self.text}\n{self.english}\n{self.until}".encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class State:
    """Everything that is switched. `version` grows by one with every change."""

    version: int = 0
    off: Mapping[Channel, Off] = field(default_factory=dict)
    notice: Notice | None = None

    def to_json(self) -> dict[str, Any]:
        """What is kept of it."""
        off = {
            channel.value: {"since": one.since.isoformat(), "by": one.by, "reason": one.reason}
            for channel, one in self.off.items()
        }
        notice = self.notice and {
            "text": self.notice.text,
            "english": self.notice.english,
            "until": _iso(self.notice.until),
            "since": _iso(self.notice.since),
            "by": self.notice.by,
        }
        return {"off": off, "notice": notice}

    @classmethod
    def from_json(cls, version: int, kept: Mapping[str, Any]) -> "State":
        """What was kept. A channel that this program does not know is passed over."""
        known = {channel.value: channel for channel in Channel}
        off = {
            known[name]: Off(datetime.fromisoformat(one["since"]), one["by"], one["reason"])
            for name, one in kept.get("off", {}).items()
            if name in known
        }
        notice = None
        if found := kept.get("notice"):
            until, since = (_moment(found[name]) for name in ("until", "since"))
            notice = Notice(found["text"], found["english"], until, since, found["by"])
        return cls(version, off, notice)

    def notice_at(self, now: datetime) -> Notice | None:
        """What pages say at a moment, aware: nothing once the notice has ended."""
        ended = self.notice is not None and self.notice.until is not None and self.notice.until <= now
        return None if ended else self.notice


def _iso(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat() if moment else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
