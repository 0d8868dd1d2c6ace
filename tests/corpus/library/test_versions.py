"""Which documents are versions of one another."""

import pytest

from corpus.clause import Document
from corpus.library.versions import Likeness, find_versions, versions_of


def document(id_: str, title: str, **facts: object) -> Document:
    return Document(id_, title, str(facts.pop("text", id_)), **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("云泽市湖岸停车管理办法", "云泽市湖岸停车管理办法（试行）"),
        ("云泽市湖岸停车管理暂行办法", "云泽市湖岸停车管理办法（2024年修订）"),
        ("云泽市人民政府关于印发云泽市湖岸停车管理办法的通知", "《云泽市湖岸停车管理办法》"),
        ("云泽市交通局关于重新发布《云泽市湖岸停车管理办法》的通知", "云泽市湖岸停车管理办法 (修正)"),
        ("２０２３年云泽市幼儿园招生方案", "2024年云泽市幼儿园招生方案"),
    ],
)
def test_a_year_a_draft_and_the_notice_around_it_make_a_version(one: str, other: str) -> None:
    (found,) = find_versions([document("a", one), document("b", other)])
    assert (found.likeness, [each.id for each in found.documents]) == (Likeness.TITLE, ["a", "b"])
    assert "a《" in str(found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("云泽市湖岸停车管理办法", "云泽市湖岸停车管理实施细则"),
        ("云泽市小学招生办法", "云泽市中学招生办法"),
        ("第一批目录", "第二批目录"),
        ("通知", "通知"),
    ],
)
def test_other_titles_are_no_versions(one: str, other: str) -> None:
    assert find_versions([document("a", one), document("b", other)]) == ()


def test_the_same_title_of_two_places_is_none_but_of_an_unknown_place_may_be_one() -> None:
    title = "住房公积金提取管理办法"
    here, there, unknown = (
        document(id_, title, jurisdiction=places) for id_, places in (("a", ("云泽",)), ("b", ("东湾",)), ("c", ()))
    )
    assert find_versions([here, there]) == ()
    assert [[one.id for one in each.documents] for each in find_versions([here, there, unknown])] == [
        ["a", "c"],
        ["b", "c"],
    ]


def test_a_number_is_the_same_in_any_brackets() -> None:
    first = document("a", "甲", number="云政发〔2024〕3号")
    second = document("b", "乙", number="云政发[2024]第 3 号")
    other = document("c", "丙", number="云政发〔2024〕13号")
    (found,) = find_versions([first, second, other])
    assert (found.likeness, [one.id for one in found.documents]) == (Likeness.NUMBER, ["a", "b"])


def test_a_pair_is_told_once_by_the_surest_that_it_shares() -> None:
    text = "第一条 湖岸停车位按小时收费。"
    pair = [
        document("a", "云泽市停车办法", text=text, number="云政发〔2024〕3号"),
        document("b", "云泽市停车办法", text=f"  {text}\n", number="云政发〔2024〕3号"),
    ]
    (found,) = find_versions(pair)
    assert found.likeness is Likeness.TEXT


def test_a_document_is_no_version_of_its_own_earlier_state() -> None:
    old, new = document("a", "云泽市停车办法"), document("a", "云泽市停车办法", text="改")
    assert versions_of(new, [old]) == ()
    assert [found.likeness for found in versions_of(new, [old, document("b", "云泽市停车办法")])] == [Likeness.TITLE]
