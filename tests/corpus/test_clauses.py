"""Laws of titles, headings above, parts and places."""

import pytest

from corpus.clause import Clause, Document
from corpus.clauses import first_sentence, read_clauses
from corpus.metadata import Metadata
from corpus.outline import parse_outline


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
    assert [(part.id, part.number) for part in clause.parts] == [
        ("d:1.1", "第一款"),
        ("d:1.2", "第二款"),
        ("d:1.2.1", "第二款（一）"),
        ("d:1.2.2", "第二款（二）"),
        ("d:1.2.2.1", "第二款（二）1."),
        ("d:1.2.2.2", "第二款（二）2."),
        ("d:1.3", "第三款"),
    ]


def test_an_article_of_one_paragraph_leaves_the_level_of_paragraphs_out() -> None:
    (clause,) = clauses("第一条 包括：\n（一）甲；\n（二）乙。")
    assert [part.id for part in clause.parts] == ["d:1.1", "d:1.2"]


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
