"""Laws of headings without numbers, and of numbered ones above articles."""

import pytest

from corpus.clause import Clause
from corpus.parser.outline import parse_outline
from corpus.readers.source import LineKind, SourceLine
from tests.corpus.parser.parsed import clauses_of, keys_of


def paths(text: str) -> list[tuple[str, ...]]:
    return [clause.path for clause in clauses_of(text)]


TEA = """云泽县茶业扶持办法

一、种植奖励

第1条 新建茶园每亩补助三百元。

第2条 改种良种的加倍。

二、加工奖励

第3条 新建茶厂补助五万元。
"""
VILLAGE = """云泽县渔村扶持措施

一、船只更新

（一）木船

第一条 换铁壳船的补助两万元。

（二）铁船

第二条 加装定位的补助三千元。

二、码头整修

第三条 码头由县里整修。
"""


def test_numbered_headings_above_articles_are_their_path_and_articles_the_clauses() -> None:
    assert keys_of(TEA) == ["1", "2", "3"]
    assert paths(TEA) == [("一、种植奖励",), ("一、种植奖励",), ("二、加工奖励",)]
    assert keys_of(VILLAGE) == ["1", "2", "3"]
    assert paths(VILLAGE) == [("一、船只更新", "（一）木船"), ("一、船只更新", "（二）铁船"), ("二、码头整修",)]


def test_items_below_an_article_are_no_headings_of_the_next() -> None:
    text = "云泽市办法\n第一条 下列船只免检：\n（一）木筏；\n（二）皮艇。\n第二条 其余年检。\n"
    assert paths(text) == [(), ()]
    assert len(clauses_of(text)[0].parts) == 2


SAILORS = """云泽市船员证办理须知

初次申请
　　申请材料
　　一、船员体检表；
　　二、培训合格证。
　　办理地点
　　一、海事窗口；
　　二、网上大厅。
换发证件
　　申请材料
　　一、旧证原件；
　　二、近期照片。
"""
STALLS = """云泽市摊位证办理指南

新办
1.提交申请表。
2.现场勘验。

延期
1.提交旧证。
2.缴清费用。

注销
1.交回证件。
2.结清水电。
"""


def test_headings_without_numbers_are_the_path_where_numbering_begins_again() -> None:
    assert paths(SAILORS) == [
        *[("初次申请", "申请材料")] * 2,
        *[("初次申请", "办理地点")] * 2,
        *[("换发证件", "申请材料")] * 2,
    ]
    assert paths(STALLS) == [("新办",)] * 2 + [("延期",)] * 2 + [("注销",)] * 2


@pytest.mark.parametrize("text", [SAILORS, STALLS])
def test_a_heading_without_a_number_stands_in_the_titles_below_it_and_in_no_clause(text: str) -> None:
    found: list[Clause] = clauses_of(text)
    assert all(clause.title.startswith(f"{clause.path[-1]}：") for clause in found)
    assert len({clause.id for clause in found}) == len(found) == 6
    assert not any(clause.path[-1] in clause.text for clause in found)


def test_a_sentence_or_a_date_above_a_number_is_no_heading() -> None:
    text = "云泽市办法\n申请的须交验下列材料\n1.甲。\n2.乙。\n领证的须交验下列材料\n1.丙。\n2.丁。\n"
    assert all(clause.path == () for clause in clauses_of(text))


def test_a_line_that_its_format_makes_a_heading_is_one() -> None:
    hints = [
        SourceLine("云泽市指南"),
        SourceLine("岸线", LineKind.HEADING, 1),
        SourceLine("岸线分三段管理。"),
        SourceLine("水面", LineKind.HEADING, 1),
        SourceLine("水面由渔政局管理。"),
    ]
    text = "\n".join(line.text for line in hints)
    shown = [text[node.start : node.end] for node in parse_outline(text, hints=hints).root.children]
    assert shown == ["云泽市指南", "岸线\n岸线分三段管理。", "水面\n水面由渔政局管理。"]
