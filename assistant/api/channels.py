"""`GET /v1/channels`: where one can turn for a matter in a place, and whether it is open at a moment."""

import re
from datetime import date, datetime, time
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from assistant.channels.offered import Offered
from assistant.service import Assistant
from corpus.clock import CHINA
from corpus.errors import InputError
from corpus.places.gazetteer import load_gazetteer
from corpus.records.channels import Channel, ChannelKind

_SPACE_FOR_PLUS = re.compile(r" (?=\d\d:?\d\d$)")  # a + of an address that nobody has escaped


class ChannelQuoteOut(BaseModel):
    """Words of a clause."""

    clause_id: str
    text: str = Field(description="原文，一字不改 · verbatim words of the document")
    start: int = Field(description="在文件全文中的起点（字符）· offset in the document's text, in characters")
    end: int = Field(description="终点，不含 · end offset, exclusive")


class ChannelOut(BaseModel):
    """A way to turn somewhere; what is not written down is null."""

    kind: ChannelKind
    name: str
    name_en: str
    phone: str | None
    url: str | None
    address: str | None
    hours: Literal["always"] | dict[str, list[str]] | None = Field(
        description="按原样写的时间；always 全天 · as written; always is day and night"
    )
    open: bool | None = Field(description="at 那一刻是否开着；没有时间则为空 · at `at`; null without hours")
    next_open: datetime | None = Field(description="没开的，何时再开 · of what is closed")
    clauses: list[str] = Field(description="办哪些条款的事；空为不限 · the matters it is for; empty: any")
    places: list[str] = Field(description="适用的地方；空为各地 · where it holds; empty: everywhere")
    quote: ChannelQuoteOut | None = Field(description="文件写到它的原话 · the text's own words, where it names it")
    source: str | None = Field(description="不是文件写的，来自哪里 · where the office has it from")
    checked: date | None = Field(description="哪天核对的 · the day on which the office checked it")


class ChannelList(BaseModel):
    """The channels, best first, as at a moment."""

    at: datetime
    holidays_known: bool = Field(description="所涉年份的节假日是否已收录 · false: weekdays alone were counted")
    channels: list[ChannelOut]


def channel_routes(assistant: Assistant) -> APIRouter:
    """The route over one assistant."""
    router = APIRouter(prefix="/v1", tags=["办事渠道 · channels"])

    @router.get("/channels", summary="到哪里办、问谁 · Where to turn")
    def channels(
        clause: Annotated[str | None, Query(description="条款或要点的 id · of a clause or part")] = None,
        place: Annotated[str | None, Query(description="地名，如 合肥 · a place")] = None,
        at: Annotated[str | None, Query(description="日期或时刻，默认现在 · a day or moment, ISO 8601")] = None,
    ) -> ChannelList:
        """这件事在这个地方到哪里办、问谁，先近后远；12345 总在最后。时间是北京时间，只写日期的算当天零点。

        The channels for this matter and place, best first: of this clause and place, of this clause, of this place,
        everywhere; 12345 always last. Times without an offset are those of China; a day is taken at its beginning.
        """
        found = assistant.corpus.find(clause)[0] if clause else None
        moment = _moment(at) if at else assistant.channels.now().astimezone(CHINA)
        offers = assistant.channels.offered(found, _places(place) if place else (), moment)
        known = assistant.channels.knows(moment) and all(one.opening.holidays_known for one in offers)
        return ChannelList(at=moment, holidays_known=known, channels=[_channel_out(one) for one in offers])

    return router


def _places(name: str) -> tuple[str, ...]:
    """The places that a name may mean. Raises InputError where it means none."""
    found = load_gazetteer().named(name)
    if not found:
        raise InputError(
            f"不认识“{name}”，请写省、市或区县的名称，如 哈尔滨。Unknown place; give a province, city or district.",
            "place",
        )
    return tuple(place.name for place in found)


def _moment(written: str) -> datetime:
    """The moment in China that an ISO text gives. Raises InputError."""
    try:
        if len(written) <= len("2026-12-01"):
            return datetime.combine(date.fromisoformat(written), time(), CHINA)
        moment = datetime.fromisoformat(_SPACE_FOR_PLUS.sub("+", written))
        return moment.replace(tzinfo=CHINA) if moment.tzinfo is None else moment.astimezone(CHINA)
    except (ValueError, OverflowError):
        raise InputError(
            "at 请写日期或时刻，如 2026-12-01 或 2026-12-01T10:00（北京时间）。"
            "Give a day or a moment, as 2026-12-01 or 2026-12-01T10:00 (time of China).",
            "at",
        ) from None


def _channel_out(offered: Offered) -> ChannelOut:
    channel, origin = offered.channel, offered.channel.origin
    said = channel.quote
    return ChannelOut(
        kind=channel.kind,
        name=channel.name,
        name_en=channel.name_en,
        phone=channel.phone or None,
        url=channel.url or None,
        address=channel.address or None,
        hours=_hours(channel),
        open=offered.opening.open,
        next_open=offered.opening.next_open,
        clauses=list(channel.clauses),
        places=list(offered.places),
        quote=ChannelQuoteOut(clause_id=said.clause_id, text=said.text, start=said.start, end=said.end)
        if said
        else None,
        source=origin.source if origin else None,
        checked=origin.checked if origin else None,
    )


def _hours(channel: Channel) -> Literal["always"] | dict[str, list[str]] | None:
    if channel.hours is None or channel.hours.always:
        return "always" if channel.hours else None
    return {days: list(spans) for days, spans in channel.hours.written}
