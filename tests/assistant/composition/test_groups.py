"""Kinds of people, firms and areas that a text names."""

import pytest

from assistant.composition.groups import groups_in, groups_named_by
from assistant.messages import messages
from index.text.normalizer import normalize


def names(text: str, kind: str) -> list[str]:
    return [group.zh for group in groups_in(normalize(text)).get(kind, ())]


@pytest.mark.parametrize(
    ("text", "kind", "named"),
    [
        ("退役军人开店免收摊位费", "people", ["退役军人"]),
        ("残疾人和高校毕业生优先", "people", ["残疾人", "高校毕业生"]),
        ("Are veterans exempt?", "people", ["退役军人"]),
        ("大型企业另行规定", "size", ["大型企业"]),
        ("中小微企业享受补贴", "size", ["中小微企业"]),
        ("Do large companies pay?", "size", ["大型企业"]),
        ("个体户要不要交", "form", ["个体工商户"]),
        ("农村地区的电表", "area", ["农村地区"]),
        ("我是从农村来的", "area", []),
        ("市区范围内", "area", ["市区"]),
        ("南京市上城区", "area", []),
        ("外籍专家凭护照办理", "nationality", ["外籍人员"]),
        ("非本市户籍的学生", "household", ["非本地户籍人员"]),
        ("本市户籍的学生", "household", ["本地户籍人员"]),
        ("买二手房要交什么税", "dwelling", ["二手房"]),
        ("各类企业都可以申请，小微企业优先", "size", []),  # it is for everyone
        ("当场办结", "people", []),
    ],
)
def test_the_groups_of_a_text_are_told(text: str, kind: str, named: list[str]) -> None:
    assert names(text, kind) == named


def test_a_group_that_takes_in_others_holds_their_values() -> None:
    [group] = groups_in("中小微企业享受补贴")["size"]
    assert group.holds == {"small", "medium"}


def test_a_group_is_called_by_the_name_of_the_language() -> None:
    [group] = groups_in("退役军人")["people"]
    assert [group.called(messages(code)) for code in ("zh", "en")] == ["退役军人", "veterans"]


def test_of_what_is_left_out_only_what_it_begins_or_ends_with_is_meant() -> None:
    assert set(groups_named_by("小微企业接水", ends=False)) == {"size", "form"}
    assert groups_named_by("批得那么慢公司", ends=False) == {}
    assert set(groups_named_by("登记过的退役军人", ends=True)) == {"people"}


def test_of_some_kinds_the_same_groups_are_named_as_of_all() -> None:
    text = normalize("残疾人和退役军人开办的小微企业、个体户，在农村地区免收费用")
    every = groups_in(text)
    assert {"people", "size", "form", "area"} <= set(every)
    for kind in every:
        assert groups_in(text, {kind}) == {kind: every[kind]}
