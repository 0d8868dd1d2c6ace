"""Laws of the gazetteer."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.places.gazetteer import LEVELS, NATIONAL, Guard, english_name, load_gazetteer

GAZETTEER = load_gazetteer()


def names(text: str, near: tuple[str, ...] = ()) -> list[str]:
    return [place.name for place in GAZETTEER.find(text, near)]


def test_it_holds_every_province_prefecture_and_county() -> None:
    counts = Counter(place.level for place in GAZETTEER.places)
    assert (counts["country"], counts["province"], counts["city"], counts["county"]) == (1, 34, 333, 2845)


def test_every_place_lies_in_a_place_of_a_higher_level() -> None:
    for place in GAZETTEER.places:
        levels = [LEVELS.index(one.level) for one in (place, *GAZETTEER.ancestors(place))]
        assert all(lower > higher for lower, higher in pairwise(levels)), place.name
        assert levels[-1] == LEVELS.index("country" if place.name == NATIONAL else "province")


def test_no_name_is_that_of_another_place_nor_an_alias_of_one() -> None:
    name_count = Counter(place.name for place in GAZETTEER.places)
    assert max(name_count.values()) == 1
    aliases = {alias for place in GAZETTEER.places for alias in place.aliases}
    assert aliases.isdisjoint(name_count)


def test_only_counties_share_their_names() -> None:
    used = Counter(alias.lower() for place in GAZETTEER.places for alias in place.aliases)
    shared = {alias for alias, count in used.items() if count > 1}
    holders = {place.level for place in GAZETTEER.places if not shared.isdisjoint(map(str.lower, place.aliases))}
    assert holders == {"county"}


def test_every_place_has_a_name_in_latin_letters() -> None:
    assert [place.name for place in GAZETTEER.places if not place.english] == []


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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("嵊泗县的渔船", ["嵊泗"]),
        ("嵊泗的渔船", ["嵊泗"]),
        ("搬进嵊泗住", []),  # no word is known to begin there
        ("舟山嵊泗的渔船", ["嵊泗"]),  # right behind the place that holds it
        ("前郭尔罗斯蒙古族自治县", ["前郭尔罗斯"]),
        ("浦东的公司", ["浦东新区"]),
        ("in Shengsi County", ["嵊泗"]),
        ("蓬莱市从前发的证", ["蓬莱区"]),
        ("芜湖经开区的厂房", ["芜湖经开区"]),
        ("合肥市高新技术产业开发区", ["合肥高新区"]),
        ("海南藏族自治州共和县", ["共和县"]),
    ],
)
def test_counties_and_zones_are_found_by_the_names_people_use(text: str, found: list[str]) -> None:
    assert names(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "和平解决纠纷，平安建设，共和国",
        "新建区域性中心，高新技术，经开区管委会",
        "城区和郊区的公交，老城区改造，新城区建设",
        "省、市和县都要公开",
        "东方市场和新民市场",
        "会同县级部门办理",
        "长安街，中山路，靖宇大街，南山上",
        "沿海城市",
        "无为而治，互助合作",
        "全国都能用吗，国家规定",
        "in China",
    ],
)
def test_words_and_parts_of_words_are_no_places(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("鼓楼区", []),
        ("福州鼓楼区", ["福州鼓楼区"]),
        ("徐州市鼓楼区", ["徐州鼓楼区"]),
        ("开封的鼓楼区", ["开封", "开封鼓楼区"]),
        ("a shop in Gulou District, Nanjing", ["南京鼓楼区", "南京"]),
        ("汕尾市城区", ["汕尾城区"]),
        ("朝阳", ["朝阳"]),
        ("北京朝阳", ["北京朝阳区"]),
        ("天津和河北", ["天津", "河北"]),
    ],
)
def test_a_shared_name_means_the_place_inside_another_one_of_the_text(text: str, found: list[str]) -> None:
    assert names(text) == found


def test_a_shared_name_may_be_told_by_what_is_near() -> None:
    assert names("鼓楼区", ("江苏",)) == []
    assert names("鼓楼区", ("南京",)) == ["南京鼓楼区"]
    assert names("鼓楼区", ("上海",)) == []
    (mention,) = GAZETTEER.mentions("鼓楼区", ("江苏",))
    assert [place.name for place in mention] == ["南京鼓楼区", "徐州鼓楼区"]


def test_an_address_names_its_most_exact_place() -> None:
    assert names("浙江省舟山市嵊泗县") == ["嵊泗"]
    assert names("浙江省和舟山市") == ["浙江", "舟山"]


@given(st.text() | st.lists(st.sampled_from(sorted({c for p in GAZETTEER.places for c in p.name}))).map("".join))
def test_any_text_names_each_place_once(text: str) -> None:
    found = [place.name for place in GAZETTEER.find(text)]
    assert len(set(found)) == len(found)


def test_every_place_but_the_country_is_found_by_its_name() -> None:
    lost = [place.name for place in GAZETTEER.places if names(place.name) != [place.name]]
    bound = [place.name for place in GAZETTEER.places if place.guard in (Guard.BOUND, Guard.NEVER)]
    assert set(lost) <= set(bound)
    assert NATIONAL in lost


def test_a_name_given_by_itself_may_be_an_alias_or_an_address() -> None:
    for name in ("嵊泗", "嵊泗县", "舟山市嵊泗县", "浙江省舟山市嵊泗县", "浙江嵊泗", "Shengsi county"):
        assert [place.name for place in GAZETTEER.named(name)] == ["嵊泗"], name
    assert len(GAZETTEER.named("鼓楼区")) == 4
    assert [place.name for place in GAZETTEER.named("福建省鼓楼区")] == ["福州鼓楼区"]
    assert [place.name for place in GAZETTEER.named("全国")] == [NATIONAL]
    for name in ("火星", "", "安徽省嵊泗县", "嵊泗县办公室", "和平"):
        assert GAZETTEER.named(name) == (), name


def test_the_country_is_no_place_in_a_text_but_may_be_given() -> None:
    assert GAZETTEER.get("全国") is None
    assert GAZETTEER.named("全国")[0].name == NATIONAL
    assert english_name("全国") == "China"


def test_places_written_in_any_way_have_one_short_name() -> None:
    written = ("浙江省嵊泗县", "嵊泗", "安徽省", "鼓楼区", "云泽市", "全国")
    assert GAZETTEER.short_names(written) == ("嵊泗", "安徽", "鼓楼区", "云泽市", NATIONAL)


def test_a_place_lies_within_itself_and_the_places_above_it() -> None:
    place = GAZETTEER.get("道里区")
    assert place is not None
    assert [other.name for other in GAZETTEER.ancestors(place)] == ["哈尔滨", "黑龙江"]
    assert GAZETTEER.lies_within(place, ["黑龙江"])
    assert GAZETTEER.lies_within(place, ["道里区"])
    assert not GAZETTEER.lies_within(place, ["安徽"])


def test_brackets_name_places_only_where_they_hold_nothing_else() -> None:
    assert [place.name for place in GAZETTEER.named_by("合肥市、芜湖市")] == ["合肥", "芜湖"]
    assert GAZETTEER.named_by("合肥试行") == []


def test_what_begins_a_heading_is_its_place_unless_it_names_a_region() -> None:
    assert [place.name for place in GAZETTEER.at_start("芜湖、马鞍山联动事项")] == ["芜湖", "马鞍山"]
    assert [place.name for place in GAZETTEER.at_start("安徽省芜湖市自选事项")] == ["芜湖"]
    assert GAZETTEER.at_start("合肥都市圈事项") == []
    assert GAZETTEER.at_start("关于合肥的事项") == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("嵊泗县人民政府", "嵊泗"),
        ("中共嵊泗县委办公室", "嵊泗"),
        ("黑龙江省哈尔滨市道里区住房和城乡建设局", "道里区"),
        ("南京市鼓楼区教育局", "南京鼓楼区"),
        ("鼓楼区教育局", None),
        ("上海市民政局", "上海"),
        ("吉林市人民政府", "吉林市"),
        ("吉林省人民政府", "吉林"),
        ("国务院办公厅", NATIONAL),
        ("中共中央办公厅", NATIONAL),
        ("国家税务总局", NATIONAL),
        ("国家税务总局浙江省税务局", "浙江"),
        ("财政部 民政部", NATIONAL),
        ("公安部门", None),
        ("关于印发管理办法的通知", None),
        ("教育局", None),
        ("", None),
    ],
)
def test_an_issuer_names_its_place(text: str, place: str | None) -> None:
    found = GAZETTEER.place_of(text)
    assert (found and found.name) == place


def test_an_issuer_with_a_shared_name_is_told_by_what_is_near() -> None:
    found = GAZETTEER.place_of("鼓楼区教育局", ["福州"])
    assert found is not None
    assert found.name == "福州鼓楼区"


def test_a_place_has_its_english_name() -> None:
    given_names = ("北京", "哈尔滨", "芜湖", "嵊泗", "鼓楼区", "没有的地方")
    assert [english_name(name) for name in given_names] == [
        "Beijing",
        "Harbin",
        "Wuhu",
        "Shengsi County",
        "Gulou District",
        "没有的地方",
    ]
