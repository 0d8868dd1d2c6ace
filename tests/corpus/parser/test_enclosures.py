"""Laws of texts that a notice issues without an 附件 mark."""

import pytest

from corpus.clause import Document
from corpus.metadata import Metadata
from corpus.parser.clauses import read_clauses
from corpus.parser.node import Kind
from corpus.parser.outline import parse_outline
from tests.corpus.parser.parsed import clauses_of

NOTICE = """某市商务局关于印发某市夜市管理方案的通知
各区商务局：
请抓好落实：
一、加强领导。
二、按月报送。

某市商务局
2023年3月1日
（此件公开发布）

某市夜市管理方案
为便利生活，制定本方案。
一、目标。新增十处。
二、期限。三年。
"""


def addresses(text: str, main: str | None = None) -> list[str]:
    outline = parse_outline(text)
    document = Document("d", outline.title(text) or "", text)
    found = read_clauses(document, outline.root, Metadata(main=main))
    return [f"{clause.id.removeprefix('d:')} {clause.number}" for clause in found]


def test_a_title_below_signature_and_date_begins_a_text_of_its_own() -> None:
    root = parse_outline(NOTICE).root
    assert [node.kind for node in root.children][-4:] == [Kind.SIGNATURE, Kind.DATE, Kind.NOTE, Kind.ATTACHMENT]
    assert [node.kind for node in root.children[-1].children][:2] == [Kind.TITLE, Kind.PREAMBLE]
    assert addresses(NOTICE) == ["0.1 通知 一、", "0.2 通知 二、", "1 一、", "2 二、"]


def test_the_text_issued_can_be_the_main_one() -> None:
    assert addresses(NOTICE, main="attachment") == ["0.1 通知 一、", "0.2 通知 二、", "1 一、", "2 二、"]


def test_an_order_gives_its_title_to_the_document() -> None:
    text = "某市人民政府令\n第9号\n现予公布。\n市长 某某某\n2021年1月2日\n\n某市广告规定\n第一条 甲。\n第二条 乙。"
    assert parse_outline(text).title(text) == "某市广告规定"
    assert addresses(text) == ["0.1 印发文 第一段", "1 第一条", "2 第二条"]


def test_a_second_title_under_which_the_numbering_begins_again_is_another_text() -> None:
    text = "某市停车办法\n第一条 甲。\n第二条 乙。\n\n某市洗车办法\n第一条 丙。\n第二条 丁。"
    assert addresses(text) == ["1 第一条", "2 第二条", "e1.1 办法 第一条", "e1.2 办法 第二条"]


def test_a_subtitle_above_a_lower_numbering_begins_none() -> None:
    text = "某市方案\n一、甲。\n二、乙\n\n任务清单\n1.丙。\n2.丁。"
    assert [node.kind for node in parse_outline(text).root.children].count(Kind.ATTACHMENT) == 0


def test_attachments_of_the_text_issued_follow_it() -> None:
    text = NOTICE + "附件：1.分工表\n2.进度表\n附件1\n分工表\n一、甲。\n附件2\n进度表\n一、乙。"
    assert addresses(text)[2:] == ["1 一、", "2 二、", "a1.1 附件1 一、", "a2.1 附件2 一、"]


ENCLOSING = [
    (
        "云泽市水务局关于印发《云泽市节水管理办法》的通知\n\n各区水务局：\n\n现将《云泽市节水管理办法》印发给你们，请执行。\n\n"
        "云泽市水务局\n2022年6月8日\n\n云泽市节水管理办法\n\n第一条 为了节水，制定本办法。\n\n第二条 阶梯计量。\n",
        ["0.1 通知 第一段", "1 第一条", "2 第二条"],
    ),
    (
        "云泽市教育局关于印发云泽市校车管理实施方案的通知\n\n各学校：\n\n《云泽市校车管理实施方案》现印发给你们。\n\n云泽市教育局\n\n"
        "2021年3月9日\n\n云泽市校车管理实施方案\n\n一、目标\n\n全市校车持证上岗。\n\n二、保障\n\n经费由财政负担。\n",
        ["0.1 通知 第一段", "1 一、", "2 二、"],
    ),
    (
        "云泽市政府关于印发云泽市渡口细则的通知\n\n各区政府：\n\n现予印发。\n\n2020年1月2日\n\n云泽市渡口细则\n\n"
        "第一条 渡口分级管理。\n\n第二条 渡船年检。\n",
        ["0.1 通知 第一段", "1 第一条", "2 第二条"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ENCLOSING)
def test_the_numbers_of_a_text_that_a_notice_only_issues_are_its_own(text: str, expected: list[str]) -> None:
    assert addresses(text) == expected


ANNEXED = [
    ("备案需要的资料\n\n　　一、菜单。\n\n　　二、厨师健康证。\n", ["e1.1", "e1.2"]),
    ("租船登记清单\n\n　　1.身份证复印件。\n\n　　2.租船合同。\n\n　　3.押金收据。\n", ["e1.1", "e1.2", "e1.3"]),
    ("领取须知\n\n　　（一）本人到场。\n\n　　（二）出示回执。\n", ["e1.1", "e1.2"]),
]


@pytest.mark.parametrize(("list_", "keys"), ANNEXED)
def test_a_list_with_a_title_below_a_text_that_has_ended_is_no_part_of_its_last_article(
    list_: str, keys: list[str]
) -> None:
    text = f"云泽市家宴办法\n\n第一条 家宴应当备案。\n\n第二条 本办法自公布之日起施行。\n\n{list_}"
    assert [one.partition(" ")[0] for one in addresses(text)] == ["1", "2", *keys]
    (closing,) = (clause for clause in clauses_of(text) if clause.id == "d:2")
    assert closing.text == "第二条 本办法自公布之日起施行。"


AMENDED = [
    (
        "云泽市政府关于修改《云泽市泊位办法》的决定\n作如下修改：\n一、第三条改为：“第三条 泊位备案。”\n"
        "二、删去第七条。\n本决定自公布之日起施行。\n《云泽市泊位办法》根据本决定作相应修改，重新公布。\n云泽市泊位办法\n"
        "（2019年1月3日公布 根据2024年2月2日《关于修改〈云泽市泊位办法〉的决定》修正）\n"
        "第一条 为了停车。\n第二条 分两类。\n",
        ["0.1 决定 一、", "0.2 决定 二、", "0.p1 决定 末段 1", "0.p2 决定 末段 2", "1 第一条", "2 第二条"],
    ),
    (
        "云泽市人大常委会关于修改《云泽市渡口条例》部分条款的决定\n决定作如下修改：\n一、第二条修改为：“渡船年检。”\n"
        "本决定自公布之日起施行。\n云泽市渡口条例\n第一章 总则\n第一条 为了安全。\n第二条 渡船年检。\n",
        ["0.1 决定 一、", "0.p1 决定 末段", "1 第一条", "2 第二条"],
    ),
    (
        "云泽市政府关于修订云泽市河道采砂管理办法的决定\n\n决定修改如下：\n\n一、“两年”改为“一年”。\n\n二、增加一条。\n\n"
        "云泽市河道采砂\n管理办法\n\n第一条 采砂须经许可。\n\n第二条 许可证一年一换。\n",
        ["0.1 决定 一、", "0.2 决定 二、", "1 第一条", "2 第二条"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), AMENDED)
def test_the_text_that_a_decision_amends_and_publishes_again_is_its_own(text: str, expected: list[str]) -> None:
    assert addresses(text) == expected


def test_a_decision_that_amends_without_publishing_again_is_one_text() -> None:
    text = "云泽市政府关于修改《云泽市泊位办法》的决定\n一、第三条改为：“泊位备案。”\n二、删去第七条。\n"
    assert addresses(text) == ["1 一、", "2 二、"]
