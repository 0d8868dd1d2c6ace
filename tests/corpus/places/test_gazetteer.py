"""Laws of the gazetteer."""

import csv
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.places.gazetteer import FILE, english_name, find_places, load_gazetteer


def names(text: str) -> list[str]:
    return [place.name for place in find_places(text)]


def levels() -> dict[str, str]:
    with FILE.open(encoding="utf-8", newline="") as rows:
        return {row["name"]: row["level"] for row in csv.DictReader(rows)}


def test_it_holds_every_province_and_every_place_of_prefecture_level() -> None:
    counts = Counter(levels().values())
    assert (counts["province"], counts["city"]) == (34, 333)


def test_every_place_lies_in_a_place_of_a_higher_level() -> None:
    gazetteer, order, level = load_gazetteer(), ["province", "city", "district"], levels()
    for place in gazetteer.places:
        above = [order.index(level[other.name]) for other in gazetteer.ancestors(place)]
        assert above == list(reversed(range(order.index(level[place.name]))))


def test_no_name_or_alias_stands_for_two_places() -> None:
    used = Counter(name.lower() for place in load_gazetteer().places for name in (place.name, *place.aliases))
    assert [name for name, count in used.items() if count > 1] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("哈市怎么办", ["哈尔滨"]),
        ("how do I register in Harbin or HEFEI?", ["哈尔滨", "合肥"]),
        ("合肥市、芜湖和合肥", ["合肥", "芜湖"]),
        ("道里区的企业", ["道里区"]),
        ("在皖外籍人才", ["安徽"]),
        ("上海南站", ["上海"]),
        ("武汉中心", ["武汉"]),
        ("马鞍山市", ["马鞍山"]),
        ("吉林市在吉林省", ["吉林市", "吉林"]),
        ("Suzhou, Anhui", ["宿州"]),
        ("确保定点机构，重大连带责任", []),
        ("大连能办吗", ["大连"]),
        ("在保定能办吗", ["保定"]),
        ("harbinger", []),
        ("", []),
    ],
)
def test_the_longest_name_is_found_and_names_do_not_overlap(text: str, found: list[str]) -> None:
    assert names(text) == found


@given(st.text())
def test_any_text_names_each_place_once(text: str) -> None:
    found = names(text)
    assert len(set(found)) == len(found)


def test_a_place_lies_within_itself_and_the_places_above_it() -> None:
    gazetteer = load_gazetteer()
    place = gazetteer.get("道里区")
    assert place is not None
    assert [other.name for other in gazetteer.ancestors(place)] == ["哈尔滨", "黑龙江"]
    assert gazetteer.lies_within(place, ["黑龙江"])
    assert gazetteer.lies_within(place, ["道里区"])
    assert not gazetteer.lies_within(place, ["安徽"])


def test_brackets_name_places_only_where_they_hold_nothing_else() -> None:
    gazetteer = load_gazetteer()
    assert [place.name for place in gazetteer.named_by("合肥市、芜湖市")] == ["合肥", "芜湖"]
    assert gazetteer.named_by("合肥试行") == []


def test_a_place_has_its_english_name() -> None:
    assert [english_name(name) for name in ("北京", "哈尔滨", "芜湖", "没有的地方")] == [
        "Beijing",
        "Harbin",
        "Wuhu",
        "没有的地方",
    ]
