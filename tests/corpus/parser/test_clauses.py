"""Laws of titles, headings above, parts and places."""

import pytest

from corpus.clause import Clause, Document
from corpus.metadata import Metadata
from corpus.parser.clauses import first_sentence, read_clauses
from corpus.parser.outline import parse_outline


def clauses(text: str, jurisdiction: tuple[str, ...] = ()) -> list[Clause]:
    document = Document("d", "某省服务措施", text, jurisdiction=jurisdiction)
    return list(read_clauses(document, parse_outline(text).root, Metadata()))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("推行迁移“一次办,全程办”,取消环节。", "推行迁移“一次办,全程办”"),
        ("修订《甲、乙办法，细则》。内容。", "修订《甲、乙办法，细则》"),
        ("提高认识。各地落实。", "提高认识"),
        ("（目的） 为了便民，制定。", "目的"),
        ("【目的】为了便民。", "目的"),
        ("没有标点", "没有标点"),
        ("：为了便民，制定。", "为了便民"),
        ("、加强领导。", "加强领导"),
        ("（一）个人申请的，提交。", "个人申请的"),
        ("1.5万元以下的，免费。", "1.5万元以下的"),
        ("问：新生儿怎么参保？\n答：到窗口。", "新生儿怎么参保"),
        (
            "居民应当自新生儿出生之日起九十日以内为其办\n理参保登记，逾期不补。",
            "居民应当自新生儿出生之日起九十日以内为其办理参保登记",
        ),
        ("名称\n由单位填写。", "名称"),
    ],
)
def test_a_title_is_the_first_sentence_where_there_is_no_heading(text: str, title: str) -> None:
    assert first_sentence(text) == title


def test_a_heading_line_is_the_title_whole() -> None:
    found = clauses("（一）加强服务,提高效率。\n\n一是快办。二是好办。\n\n（二）附则\n\n另行公布。")
    assert [clause.title for clause in found] == ["加强服务,提高效率", "附则"]


def test_the_path_holds_the_headings_above_as_printed() -> None:
    (clause,) = clauses("第一章 总 则\n第一节 目的\n第一条 为了便民。")
    assert clause.path == ("第一章 总 则", "第一节 目的")


def test_parts_are_numbered_as_printed_inside_what_holds_them() -> None:
    (clause,) = clauses("第一条 甲。\n乙包括：\n（一）丙；\n（二）丁：\n1.戊；\n2.己。\n庚。")
    assert [(part.id, part.number) for part in clause.all_parts()] == [
        ("d:1.1", "第一款"),
        ("d:1.2", "第二款"),
        ("d:1.2.1", "（一）"),
        ("d:1.2.2", "（二）"),
        ("d:1.2.2.1", "1."),
        ("d:1.2.2.2", "2."),
        ("d:1.3", "第三款"),
    ]


def test_an_article_of_one_paragraph_leaves_the_level_of_paragraphs_out() -> None:
    (clause,) = clauses("第一条 包括：\n（一）甲；\n（二）乙。")
    assert [part.id for part in clause.all_parts()] == ["d:1.1", "d:1.2"]


def test_an_enumeration_in_one_sentence_is_made_of_parts_and_full_sentences_are_clauses() -> None:
    assert [clause.id for clause in clauses("一、甲\n1.乙；\n2.丙。")] == ["d:1"]
    assert [clause.id for clause in clauses("一、甲\n1.乙。\n2.丙。")] == ["d:1.1", "d:1.2"]


PLACES = """一、全省事项
（一）甲（合肥市）。
（二）乙（试行）。
二、合肥自选事项
（一）丙。
（二）丁（芜湖市）。
三、哈尔滨经验借鉴
（一）戊。
"""


def test_a_group_named_for_a_place_inside_the_jurisdiction_replaces_it_and_brackets_add() -> None:
    found = clauses(PLACES, ("安徽",))
    assert [clause.jurisdiction for clause in found] == [
        ("安徽", "合肥"),
        ("安徽",),
        ("合肥",),
        ("合肥", "芜湖"),
        ("安徽",),
    ]


def test_a_title_is_never_empty_nor_a_bare_number() -> None:
    text = "第一条：甲事。\n第二条（一）乙事；\n（二）丙事。\n第三条\n（一）丁事；\n（二）戊事。\n第四条"
    assert [clause.title for clause in clauses(text)] == ["甲事", "乙事", "丁事", "第四条"]


def test_an_article_that_begins_with_its_first_item_has_all_items() -> None:
    first, second, third = clauses(
        "第一条（一）甲；\n（二）乙。\n第二条 （一）丙；（二）丁。\n第三条（一）项规定的，从其规定。"
    )
    assert [part.text for part in first.parts] == ["（一）甲；", "（二）乙。"]
    assert [part.text for part in second.parts] == ["（一）丙；", "（二）丁。"]
    assert third.parts == ()


def test_a_wrapped_heading_is_one_line_in_the_path() -> None:
    text = "一、推进政务服务改革，全面提升企业和群众办事的便利程度和满\n意程度\n（一）甲。\n（二）乙。"
    assert clauses(text)[0].path == ("一、推进政务服务改革，全面提升企业和群众办事的便利程度和满意程度",)


def test_the_first_line_of_a_hard_wrapped_paragraph_is_no_heading() -> None:
    text = "1.设置减税降费等优惠政策应享未享和违规享受双重监\n控指标，通过数据比对自动识别应当享受而没有享受的\n企业。"
    assert clauses(text)[0].title == "设置减税降费等优惠政策应享未享和违规享受双重监控指标"


def test_questions_without_numbers_are_clauses_with_their_answers() -> None:
    found = clauses("问：怎么参保？\n答：到窗口。\n也可上网。\n问：要多少钱？\n答：免费。")
    assert [(clause.id, clause.title) for clause in found] == [("d:p1", "怎么参保"), ("d:p2", "要多少钱")]
    assert found[0].text == "问：怎么参保？\n答：到窗口。\n也可上网。"


def test_marks_of_emphasis_are_no_words_of_a_title() -> None:
    (clause,) = clauses("## 一、要求\n### （一）目标\n**1. 提速。** 压减时限。")
    assert (clause.path, clause.title) == (("一、要求", "（一）目标"), "提速")


def places(text: str, jurisdiction: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    return [clause.jurisdiction for clause in clauses(text, jurisdiction)]


def test_a_group_may_be_named_for_several_places_but_a_region_is_none() -> None:
    text = "一、芜湖、马鞍山联动事项\n（一）甲。\n（二）乙。\n二、合肥都市圈协同事项\n（一）丙。\n（二）丁。"
    assert places(text, ("安徽",)) == [("芜湖", "马鞍山")] * 2 + [("安徽",)] * 2


def test_a_group_names_its_place_where_the_document_has_none() -> None:
    assert places("一、北京市经验\n（一）甲。\n（二）乙。") == [("北京",)] * 2


def test_a_place_before_a_colon_or_in_brackets_adds() -> None:
    text = "一、做法\n（一）合肥市：推行承诺。\n（二）【芜湖市】推行帮办。\n（三）目标：提速。"
    assert places(text, ("安徽",)) == [("安徽", "合肥"), ("安徽", "芜湖"), ("安徽",)]


def test_a_heading_or_row_that_is_one_place_inside_the_documents_applies_there_alone() -> None:
    text = "窗口一览\n\n区\t电话\n瑶海区\t0000-1\n庐阳区\t0000-2\n\n一、蜀山区\n周末也开。\n二、其他\n照旧。\n"
    places = [clause.jurisdiction for clause in clauses(text, ("合肥",))]
    assert places == [("瑶海区",), ("庐阳区",), ("蜀山区",), ("合肥",)]
