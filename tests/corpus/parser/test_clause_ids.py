"""Laws of ids and of the numbers people cite."""

import pytest

from corpus.clause import Clause, Document
from corpus.metadata import Metadata
from corpus.parser.clause_ids import UniqueIds
from corpus.parser.clauses import read_clauses
from corpus.parser.outline import parse_outline


def clauses(text: str, title: str = "某市服务措施", main: str | None = None, short: str | None = None) -> list[Clause]:
    metadata = Metadata(title=title, main=main, attachment=short)
    root = parse_outline(text, title=title).root
    return list(read_clauses(Document("d", title, text), root, metadata))


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("一、甲\n1.子。\n2.丑。\n二、乙\n3.寅。", ["1 第一条", "2 第二条", "3 第三条"]),
        ("一、甲\n（一）子。\n（二）丑。\n二、乙\n（一）寅。", ["1.1 一、（一）", "1.2 一、（二）", "2.1 二、（一）"]),
        ("一、甲\n（一）子。\n二、乙\n（二）丑。\n1.寅。\n2.卯。", ["1 （一）", "2.1 （二）1.", "2.2 （二）2."]),
        ("第一章 甲\n第一条 子。\n第二章 乙\n第二条 丑。", ["1 第一条", "2 第二条"]),
        ("第一章 甲\n第一条 子。\n第二章 乙\n第一条 丑。", ["1.1 第一章 第一条", "2.1 第二章 第一条"]),
        ("第十条 甲。\n第十条之一 乙。\n第十一条 丙。", ["10 第十条", "10-1 第十条之一", "11 第十一条"]),
        ("第一部分 甲\n一、子。\n第二部分 乙\n一、丑。", ["1.1 第一部分 一、", "2.1 第二部分 一、"]),
        ("措施一：甲。\n措施二：乙。", ["1 措施一", "2 措施二"]),
        ("1.甲。\n2.乙。", ["1 第一条", "2 第二条"]),
        ("一、甲。\n二、乙。", ["1 一、", "2 二、"]),
        ("甲是一段。\n乙是一段。", ["p1 第一段", "p2 第二段"]),
        ("1.甲。\n2.乙。\n本措施自印发之日起施行。", ["1 第一条", "2 第二条", "p1 末段"]),
        (
            "1.甲。\n2.乙。\n以上政策择一享受。\n本措施由某局负责解释。",
            ["1 第一条", "2 第二条", "p1 末段 1", "p2 末段 2"],
        ),
    ],
)
def test_a_clause_is_named_by_its_number_path(text: str, addresses: list[str]) -> None:
    assert [f"{clause.id.removeprefix('d:')} {clause.number}" for clause in clauses(text)] == addresses


def test_what_stands_directly_under_a_heading_takes_point_zero() -> None:
    found = clauses("一、甲\n先说一句。\n1.子。\n二、乙\n2.丑。\n三、附则\n另行公布。")
    assert [(clause.id, clause.number, clause.title) for clause in found] == [
        ("d:1.0", "一、", "甲"),
        ("d:1", "第一条", "子"),
        ("d:2", "第二条", "丑"),
        ("d:3.0", "三、", "附则"),
    ]


def test_a_number_that_repeats_keeps_its_id_and_the_later_ones_count() -> None:
    assert [clause.id for clause in clauses("1.甲。\n2.乙。\n2.丙。\n2.丁。")] == ["d:1", "d:2", "d:2~2", "d:2~3"]


NOTICE = "各区：\n一、甲。\n二、乙。\n附件：1.规程\n2.表格\n附件1\n规程\n一、子。\n附件2\n表格\n一、丑。"


def test_attachments_follow_the_text_under_their_own_numbers() -> None:
    found = [f"{clause.id} {clause.number}" for clause in clauses(NOTICE)]
    assert found == ["d:1 一、", "d:2 二、", "d:a1.1 附件1 一、", "d:a2.1 附件2 一、"]


def test_a_notice_that_transmits_its_attachment_steps_back_behind_it() -> None:
    found = clauses(NOTICE, title="关于服务的通知", main="attachment", short="规程")
    assert [f"{clause.id} {clause.number}" for clause in found] == [
        "d:0.1 通知 一、",
        "d:0.2 通知 二、",
        "d:1 规程 一、",
        "d:a2.1 附件2 一、",
    ]
    assert [clause.path for clause in found] == [(), (), ("规程",), ("表格",)]


def test_names_are_given_once() -> None:
    namer = UniqueIds()
    assert [namer.unique(key) for key in ("1", "1", "1~2", "1", "2")] == ["1", "1~2", "1~2~2", "1~3", "2"]
