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


LISTED = """云泽市救助办理指南
事项名称：临时救助
受理条件：
1.户籍在本市；
2.因病致困。
申请材料：
1.申请书；
2.发票。
办理流程：
（一）申请；
（二）公示。
办理时限：二十日
咨询电话：12345
"""
BEGUN = """云泽市老年卡须知
办理对象：年满六十五周岁
所需材料：1.身份证
2.一寸照片
办理步骤：网上按顺序办
①注册
②上传照片
办理地点：各街道
"""
SQUARE = """云泽市渔业补贴指南

【补贴对象】船主
【补贴标准】
1、大船两千元
2、小船一千元
【办理窗口】海事窗口
"""


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (LISTED, {"事项名称": 0, "受理条件": 2, "申请材料": 2, "办理流程": 2, "办理时限": 0, "咨询电话": 0}),
        (BEGUN, {"办理对象": 0, "所需材料": 1, "办理步骤": 2, "办理地点": 0}),
        (SQUARE, {"补贴对象": 0, "补贴标准": 2, "办理窗口": 0}),
    ],
)
def test_a_list_below_a_label_is_part_of_its_field_and_ends_with_it(text: str, fields: dict[str, int]) -> None:
    found = clauses_of(text)
    assert {clause.title: len(clause.parts) for clause in found} == fields
    assert [clause.id for clause in found] == [f"d:p{place}" for place in range(1, len(fields) + 1)]


ITEMS = """云泽市摊点指南
一、食品摊
受理条件：
1.有固定摊位；
2.有健康证。
申请材料：1.申请表；
2.照片。
办理时限：三日
二、犬只登记
受理条件：犬只已免疫
申请材料：
1.免疫证；
2.居住证明。
办理时限：当场
"""


@pytest.mark.parametrize(
    "text", [ITEMS, ITEMS.replace("1.", "（1）").replace("2.", "（2）"), ITEMS.replace("一、", "（一）")]
)
def test_below_the_labels_of_a_numbered_item_lists_begin_again(text: str) -> None:
    text = text.replace("二、", "（二）") if "（一）" in text else text
    first, second = clauses_of(text)
    assert [[part.number for part in clause.parts] for clause in (first, second)] == [
        ["受理条件", "申请材料", "办理时限"]
    ] * 2
    assert [[len(part.parts) for part in clause.parts] for clause in (first, second)] == [[2, 1, 0], [0, 2, 0]]


def test_below_the_labels_of_an_item_without_a_number_too() -> None:
    text = ITEMS.replace("一、", "\n").replace("二、", "\n")
    assert [clause.title for clause in clauses_of(text)] == ["食品摊", "犬只登记"]
    assert [[len(part.parts) for part in clause.parts] for clause in clauses_of(text)] == [[2, 1, 0], [0, 2, 0]]


def test_labels_below_the_numbers_of_a_notice_are_no_guide() -> None:
    text = "云泽市通知\n时间：三月\n地点：市府\n人员：全体\n一、签到。\n二、讨论。\n"
    assert [clause.number for clause in clauses_of(text)][-2:] == ["一、", "二、"]
