"""Whose practice a sentence describes."""

import pytest

from assistant.composition.whose_places import Scope, local_places, places_named, scope_of


@pytest.mark.parametrize(
    ("text", "near", "places"),
    [
        ("蚌埠市开设周末办证窗口", ["安徽"], ("蚌埠",)),
        ("在秦淮区、建邺区试行楼道共享电表", ["南京"], ("秦淮区", "建邺区")),
        ("选取以崂山区作为试点", ["青岛"], ("崂山区",)),
        ("支持苏州、无锡先行先试", ["江苏"], ("苏州", "无锡")),
        ("其中温州市已开通夜间服务", ["浙江"], ("温州",)),
        ("由绍兴市牵头制定标准", ["浙江"], ("绍兴",)),
    ],
)
def test_a_place_that_acts_or_in_which_something_is_done_is_the_scope(
    text: str, near: list[str], places: tuple[str, ...]
) -> None:
    assert scope_of(text, near) == Scope(places)


@pytest.mark.parametrize(
    "text",
    [
        "到秦淮区政务服务大厅提交材料",  # an address
        "在秦淮区政务服务大厅提交材料",
        "整合绍兴市图书馆和档案馆的资源",  # the name of something
        "申请人在网上提交材料",
        "按照全国统一标准办理",
    ],
)
def test_a_place_that_a_name_or_an_address_holds_is_none(text: str) -> None:
    assert scope_of(text, ["南京", "绍兴"]) is None


def test_a_place_left_out_is_told_apart() -> None:
    assert scope_of("除溧水区、高淳区外，其他区均可办理", ["南京"]) == Scope((), ("溧水区", "高淳区"))


@pytest.mark.parametrize(
    ("places", "jurisdiction", "narrower"),
    [
        (("芜湖",), ("安徽",), ("芜湖",)),
        (("芜湖",), ("芜湖",), ()),
        (("上海", "合肥"), ("合肥",), ()),  # what it does together with another
        (("上海",), ("合肥",), ()),
        (("秦淮区",), ("南京",), ("秦淮区",)),
        (("北京",), ("全国",), ("北京",)),
        (("北京",), (), ("北京",)),
    ],
)
def test_only_a_place_narrower_than_where_the_clause_applies_limits_it(
    places: tuple[str, ...], jurisdiction: tuple[str, ...], narrower: tuple[str, ...]
) -> None:
    assert local_places(Scope(places), jurisdiction) == narrower


def test_every_place_that_words_name_is_listed_once_and_the_country_is_none() -> None:
    assert places_named("全国推广温州和绍兴的做法，温州先行") == ("温州", "绍兴")
    assert places_named("当场办结，不收费用。") == ()
