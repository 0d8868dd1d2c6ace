"""Fifty cases of matter, place and time: the right channels, best first, and whether each is open."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from assistant.channels.offered import Channels, Fit
from corpus.clock import CHINA
from corpus.corpus import Corpus
from corpus.records.services import Services, read_services

OFFICE = Path(__file__).parents[2] / "office"
RETIRE, LOAN, START, TAX, FOOD = "harbin-66:19", "anhui-2023-4:1.3", "harbin-66:2", "harbin-66:31", "harbin-66:5"
OPEN, SHUT = True, False


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


NOW = at("2026-12-01T10:00")


@pytest.fixture(scope="module")
def office(corpus: Corpus) -> Channels:
    return Channels(read_services(OFFICE, corpus).checked(), corpus, lambda: NOW)


@pytest.fixture(scope="module")
def shipped(corpus: Corpus) -> Channels:
    return Channels(read_services(None, corpus).checked(), corpus, lambda: NOW)


def names(channels: Channels, clause: str, places: Sequence[str], corpus: Corpus) -> list[str]:
    return [one.channel.name for one in channels.offered(corpus.clause(clause) if clause else None, places)]


WINDOW, ACCOUNT = "档案中心测试窗口", "“哈尔滨市人社”公众号"
HALL, DAOLI, SITE = "哈尔滨测试大厅", "道里测试大厅", "安徽测试网厅"
ALL, HEFEI = "12345政务服务便民热线", "合肥12345热线"
NATION, NEW = "全国测试热线", "开办企业测试窗口"
ZONE, CODE, LOANS = "首贷专区", "首贷二维码", "合肥首贷测试窗口"

MATTERS_AND_PLACES: list[tuple[str, tuple[str, ...], list[str]]] = [
    ("", (), [NATION, ALL]),
    ("", ("哈尔滨",), [HALL, NATION, ALL]),
    ("", ("道里区",), [DAOLI, HALL, NATION, ALL]),
    ("", ("黑龙江",), [NATION, ALL]),
    ("", ("安徽",), [SITE, NATION, ALL]),
    ("", ("合肥",), [SITE, NATION, HEFEI]),
    ("", ("芜湖",), [SITE, NATION, ALL]),
    ("", ("北京",), [NATION, ALL]),
    ("", ("全国",), [NATION, ALL]),
    ("", ("哈尔滨", "合肥"), [HALL, SITE, NATION, HEFEI]),
    (RETIRE, (), [ACCOUNT, WINDOW, HALL, NATION, ALL]),
    (RETIRE, ("哈尔滨",), [WINDOW, ACCOUNT, HALL, NATION, ALL]),
    (RETIRE, ("道里区",), [WINDOW, ACCOUNT, DAOLI, HALL, NATION, ALL]),
    (RETIRE, ("黑龙江",), [ACCOUNT, WINDOW, NATION, ALL]),
    (RETIRE, ("合肥",), [SITE, NATION, HEFEI]),
    (RETIRE, ("深圳",), [NATION, ALL]),
    (LOAN, (), [ZONE, CODE, LOANS, SITE, NATION, ALL]),
    (LOAN, ("安徽",), [ZONE, CODE, LOANS, SITE, NATION, ALL]),
    (LOAN, ("合肥",), [LOANS, ZONE, SITE, NATION, HEFEI]),
    (LOAN, ("芜湖",), [CODE, ZONE, SITE, NATION, ALL]),
    (LOAN, ("滁州",), [ZONE, SITE, NATION, ALL]),
    (LOAN, ("哈尔滨",), [HALL, NATION, ALL]),
    (START, (), [NEW, HALL, NATION, ALL]),
    (FOOD, ("道里区",), [NEW, DAOLI, HALL, NATION, ALL]),
    (TAX, ("哈尔滨",), [HALL, NATION, ALL]),
]


@pytest.mark.parametrize(("clause", "places", "expected"), MATTERS_AND_PLACES)
def test_the_channels_of_a_matter_and_a_place_come_best_first(
    office: Channels, corpus: Corpus, clause: str, places: tuple[str, ...], expected: list[str]
) -> None:
    assert names(office, clause, places, corpus) == expected


Case = tuple[str, tuple[str, ...], str, str, bool | None, str | None]  # clause, places, moment, name, open, opens
TIMES: list[Case] = [
    (RETIRE, ("哈尔滨",), "2026-12-01T10:00", WINDOW, OPEN, None),
    (RETIRE, ("哈尔滨",), "2026-12-01T11:30", WINDOW, SHUT, "2026-12-01T13:00"),
    (RETIRE, ("哈尔滨",), "2026-12-04T14:00", WINDOW, SHUT, "2026-12-07T08:30"),  # shut on Friday afternoons
    (RETIRE, ("哈尔滨",), "2026-02-14T14:00", WINDOW, OPEN, None),  # a Saturday worked, as on a Monday
    (RETIRE, ("哈尔滨",), "2026-02-16T10:00", WINDOW, SHUT, "2026-02-24T08:30"),
    (RETIRE, ("哈尔滨",), "2026-12-01T10:00", ACCOUNT, None, None),
    (RETIRE, ("哈尔滨",), "2026-02-16T03:00", ALL, OPEN, None),
    (RETIRE, ("道里区",), "2026-12-05T10:00", DAOLI, OPEN, None),  # Saturday
    (RETIRE, ("道里区",), "2026-12-05T12:00", DAOLI, SHUT, "2026-12-07T09:00"),
    (RETIRE, ("道里区",), "2026-12-05T10:00", HALL, SHUT, "2026-12-07T09:00"),
    (RETIRE, ("道里区",), "2026-10-01T10:00", DAOLI, SHUT, "2026-10-08T09:00"),
    (RETIRE, ("道里区",), "2026-10-10T15:30", DAOLI, OPEN, None),  # a Saturday worked, until four
    (LOAN, ("合肥",), "2026-12-01T17:00", LOANS, SHUT, "2026-12-02T09:00"),
    (LOAN, ("合肥",), "2026-12-01T20:00", HEFEI, SHUT, "2026-12-02T08:00"),
    (LOAN, ("合肥",), "2026-12-06T12:00", HEFEI, OPEN, None),
    (LOAN, ("合肥",), "2026-12-01T07:00", HEFEI, SHUT, "2026-12-01T08:00"),
    (LOAN, ("合肥",), "2026-02-20T12:00", HEFEI, SHUT, "2026-02-24T08:00"),
    (LOAN, ("芜湖",), "2026-02-20T12:00", ALL, OPEN, None),
    (LOAN, ("芜湖",), "2026-12-01T12:00", CODE, None, None),
    (START, (), "2026-12-06T10:00", NEW, OPEN, None),  # Sunday
    (START, (), "2026-04-05T10:00", NEW, SHUT, "2026-04-07T09:00"),
    (START, (), "2026-04-30T18:00", NEW, SHUT, "2026-05-06T09:00"),
    (START, (), "2026-06-18T17:00", NEW, SHUT, "2026-06-22T09:00"),
    ("", ("哈尔滨",), "2025-01-26T09:30", HALL, OPEN, None),  # a Sunday worked
    ("", ("哈尔滨",), "2025-09-30T17:00", HALL, SHUT, "2025-10-09T09:00"),
]


@pytest.mark.parametrize("case", TIMES)
def test_each_is_open_or_opens_next_as_its_hours_and_the_holidays_say(
    office: Channels, corpus: Corpus, case: Case
) -> None:
    clause, places, moment, name, is_open, opens = case
    offers = office.offered(corpus.clause(clause) if clause else None, places, at(moment))
    [opening] = [one.opening for one in offers if one.channel.name == name]
    assert (opening.open, opening.next_open) == (is_open, at(opens) if opens else None)


def test_these_are_fifty_cases() -> None:
    assert len(MATTERS_AND_PLACES) + len(TIMES) == 50


def test_of_every_clause_and_place_the_hotline_is_last_and_there_once(shipped: Channels, corpus: Corpus) -> None:
    for clause in corpus.clauses:
        for places in ((), ("哈尔滨",), ("合肥",), ("深圳",)):
            offers = shipped.offered(clause, places)
            assert [one.fit for one in offers].count(Fit.HOTLINE) == 1
            assert (offers[-1].channel.phone, offers[-1].opening.open) == ("12345", True)
            assert [one.fit for one in offers] == sorted(one.fit for one in offers)
            assert len({(one.channel.name, one.channel.phone) for one in offers}) == len(offers)


def test_no_city_is_offered_another_citys_channel(shipped: Channels, corpus: Corpus) -> None:
    cities = ("哈尔滨", "合肥", "芜湖", "滁州")
    for clause in corpus.clauses:
        for city in cities:
            held = {place for one in shipped.offered(clause, (city,)) for place in one.channel.places}
            assert held.isdisjoint(set(cities) - {city})


def test_the_shipped_clauses_are_turned_to_where_they_say(shipped: Channels, corpus: Corpus) -> None:
    assert names(shipped, RETIRE, ("哈尔滨",), corpus)[0] == ACCOUNT
    assert names(shipped, TAX, (), corpus)[:3] == ["电子税务局", "税务微信服务号", "12366纳税缴费服务热线"]
    assert [one.fit for one in shipped.offered(corpus.clause("harbin-66:50"))][:2] == [Fit.EVERYWHERE] * 2


def test_without_any_record_there_is_the_hotline(corpus: Corpus) -> None:
    [hotline] = Channels(Services(), corpus, lambda: NOW).offered(corpus.clauses[0], ("合肥",))
    assert (hotline.channel.phone, hotline.opening.open, hotline.fit) == ("12345", True, Fit.HOTLINE)
