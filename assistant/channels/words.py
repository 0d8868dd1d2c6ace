"""A channel in words: its name, how to reach it, its hours, whether it is open and when next, who says so."""

import re
from datetime import datetime, timedelta

from assistant.channels.offered import Fit, Offered
from assistant.messages import Messages
from corpus.clock import CHINA
from corpus.records.channels import Channel
from corpus.records.hours import Hours
from corpus.records.quotes import Origin

_NAME = re.compile(r"(?<!^)[，,；;：:。（(\n]")  # ends the name that a source begins with
_DAYS = "一二三四五六日"
_SPAN = re.compile(rf"周([{_DAYS}])(?:至周([{_DAYS}]))?")


def channel_name(channel: Channel, words: Messages) -> str:
    """What a channel is called."""
    return channel.name if words.is_chinese else channel.name_en


def described(offered: Offered, words: Messages, places: tuple[str, ...] = (), *, spoken: bool = False) -> str:
    """A channel on one line, with all there is to know of it; `places` are where it holds, where that is to be said.

    Spoken, it does not say whose information it is, which who reads it out sees beside.
    """
    channel, name = offered.channel, channel_name(offered.channel, words)
    phone = channel.phone if channel.phone not in name else ""
    details = [words.places(places), phone, channel.address, channel.url, hours_words(channel.hours, words)]
    details.append(opening_words(offered, words))
    if channel.origin and offered.fit is not Fit.HOTLINE and not spoken:
        details.append(office_words(channel.origin, words))
    said = words("channels.detail_separator").join(filter(None, details))
    return words("channels.detailed", name=name, details=said) if said else name


def office_words(origin: Origin, words: Messages) -> str:
    """Whose information it is, and as of which day: in Chinese, as sources are written, the name that begins one."""
    source = _NAME.split(origin.source, maxsplit=1)[0] if words.is_chinese else words("channels.the_office")
    return words("channels.office", source=source, day=words.day(origin.checked))


def hours_words(hours: Hours | None, words: Messages) -> str:
    """The hours as they were written; empty where nobody has."""
    if hours is None:
        return ""
    if hours.always:
        return words("channels.always")
    written = ((_days(days, words), words("channels.span_separator").join(spans)) for days, spans in hours.written)
    return words("channels.days_separator").join(f"{days} {spans}" for days, spans in written)


def opening_words(offered: Offered, words: Messages) -> str:
    """Whether it is open at the moment, and when next; empty where nobody knows, and of what never closes."""
    opening, hours = offered.opening, offered.channel.hours
    if opening.open is None or hours is None or hours.always:
        return ""
    if opening.open:
        said = words("channels.open")
    elif opening.next_open is None:
        said = words("channels.closed")
    else:
        said = words("channels.closed_until", when=_when(opening.next_open, offered.moment, words))
    return said if opening.holidays_known else said + words("channels.unchecked")


def _when(opens: datetime, now: datetime, words: Messages) -> str:
    """09:00 today, tomorrow, or on a day with its name."""
    today, day, clock = now.astimezone(CHINA).date(), opens.date(), f"{opens:%H:%M}"
    if day == today:
        return words("channels.today", time=clock)
    if day - today == timedelta(1):
        return words("channels.tomorrow", time=clock)
    weekday = words("channels.weekdays").split()[day.weekday()]
    return words("channels.on_day", day=words.day(day), weekday=weekday, time=clock)


def _days(written: str, words: Messages) -> str:
    """周一至周五, Mon to Fri."""
    match = _SPAN.fullmatch(written)
    if words.is_chinese or not match:
        return written
    names = words("channels.weekdays").split()
    days = [names[_DAYS.index(day)] for day in match.groups() if day]
    return words("channels.from_to").join(days)
