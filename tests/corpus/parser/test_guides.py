"""Laws of guides whose paragraphs are labelled instead of numbered."""

import pytest

from tests.corpus.parser.parsed import clauses_of

GRANTS = """云泽市学生补助指南

助学金

资助内容：每学期六百元。

办理时限：十个工作日

办理窗口：学生处

伙食补贴

资助内容：每餐三元。

办理窗口：食堂服务台
"""
BRACKETED = """云泽市渔业补助指南

渔船更新

【适用对象】渔船船主
【补助标准】每船两千元。
【咨询方式】海事窗口

鱼塘改造

【适用对象】养殖户
【补助标准】每亩五百元。
【咨询方式】水产窗口
"""
NUMBERED = """云泽市开办指南

一、开办渔具店
受理条件：有固定店面。
受理材料：租房合同。
二、开办鱼市
受理条件：有码头。
受理材料：检疫证明。
"""


@pytest.mark.parametrize(
    ("text", "titles", "labels"),
    [
        (GRANTS, ["助学金", "伙食补贴"], [["资助内容", "办理时限", "办理窗口"], ["资助内容", "办理窗口"]]),
        (BRACKETED, ["渔船更新", "鱼塘改造"], [["适用对象", "补助标准", "咨询方式"]] * 2),
        (NUMBERED, ["开办渔具店", "开办鱼市"], [["受理条件", "受理材料"]] * 2),
    ],
)
def test_an_item_is_a_clause_and_its_labelled_fields_are_parts(
    text: str, titles: list[str], labels: list[list[str]]
) -> None:
    found = clauses_of(text)
    assert [clause.title for clause in found] == titles
    assert [[part.number for part in clause.parts] for clause in found] == labels


def test_a_field_goes_on_to_the_next_label() -> None:
    first, _ = clauses_of(GRANTS.replace("每学期六百元。", "每学期六百元。\n分两次发放。"))
    assert first.parts[0].text == "资助内容：每学期六百元。\n分两次发放。"


def test_labels_that_come_once_each_are_clauses() -> None:
    text = "云泽市领证指南\n受理条件：年满十八周岁。\n受理材料：身份证。\n受理窗口：三号窗口。\n"
    assert [clause.title for clause in clauses_of(text)] == ["受理条件", "受理材料", "受理窗口"]


@pytest.mark.parametrize("line", ["下列情形免费：甲。", "注：甲。", "附件：甲表", "包括：甲。"])
def test_words_that_lead_in_are_no_labels(line: str) -> None:
    text = "云泽市通告\n" + f"{line}\n\n" * 4 + "到此为止。\n"
    assert not any(part for clause in clauses_of(text) for part in clause.parts)
