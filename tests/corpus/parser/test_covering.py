"""Laws of which text of a document people cite."""

import pytest

from corpus.clause import Document
from corpus.metadata import Metadata
from corpus.parser.clauses import read_clauses
from corpus.parser.node import Kind
from corpus.parser.outline import parse_outline

ISSUED = """某市商务局关于印发《某市摊位管理办法》的通知
各区：
现将办法印发给你们。

某市商务局
2022年3月1日

某市摊位管理办法
第一条 摊位应当登记。
第二条 另行公布。
"""
ATTACHED = """某市商务局关于做好摊位登记工作的通知
各区：
一、抓紧登记。
二、按月报送。
附件：1.摊位登记表
某市商务局
2022年3月1日
附件1
摊位登记表
第一条 姓名。
第二条 地点。
"""


def ids(text: str, title: str | None = None, main: str | None = None) -> list[str]:
    outline = parse_outline(text, title=title)
    document = Document("d", title or outline.title(text) or "", text)
    return [clause.id.removeprefix("d:") for clause in read_clauses(document, outline.root, Metadata(main=main))]


def test_the_enclosed_text_takes_the_bare_numbers_and_the_notice_counts_from_zero() -> None:
    assert ids(ISSUED) == ["0.1", "1", "2"]


def test_a_document_titled_as_its_enclosed_text_is_that_text() -> None:
    assert ids(ISSUED, title="某市摊位管理办法") == ["0.1", "1", "2"]


def test_an_attachment_that_nothing_transmits_stays_one() -> None:
    assert ids(ATTACHED) == ["1", "2", "a1.1", "a1.2"]


@pytest.mark.parametrize(
    ("text", "main", "expected"),
    [
        (ISSUED, "text", ["p1", "e1.1", "e1.2"]),
        (ATTACHED, "attachment", ["0.1", "0.2", "1", "2"]),
    ],
)
def test_the_facts_win(text: str, main: str, expected: list[str]) -> None:
    assert ids(text, main=main) == expected


NOTICE = """{title}
某市教〔2022〕8号
各学校：
一、认真学习。

某市教育局
2022年5月6日

"""
LETTER = """某省教育厅关于检查校车的通知
某教〔2022〕2号
各市教育局：
一、每车必查。

某省教育厅
2022年4月2日
"""
OPINION = """关于检查校车的意见
市交通局
一、检查范围
全部校车。
"""


@pytest.mark.parametrize("named", ["《某省教育厅关于检查校车的通知》", "省教育厅关于检查校车的通知"])
def test_a_notice_that_forwards_a_numbered_one_is_cited_itself(named: str) -> None:
    assert ids(NOTICE.format(title=f"某市教育局关于转发{named}的通知") + LETTER) == ["1", "e1.1"]


@pytest.mark.parametrize("title", [None, "关于检查校车的意见"])
def test_an_opinion_below_a_notice_is_what_people_cite_and_its_author_is_no_title(title: str | None) -> None:
    text = NOTICE.format(title="某市教育局转发市交通局关于检查校车的意见的通知") + OPINION
    outline = parse_outline(text)
    (opinion,) = (node for node in outline.root.children if node.kind is Kind.ATTACHMENT)
    assert [text[n.start : n.end] for n in opinion.children if n.kind is Kind.SIGNATURE] == ["市交通局"]
    assert ids(text, title=title) == ["0.1", "1"]


@pytest.mark.parametrize(
    "named",
    [
        "《某市摊位管理办法》和《某市摊位登记细则》",
        "《某市摊位管理办法》《某市摊位登记细则》",
        "《某市摊位管理办法》等两个文件",
    ],
)
def test_of_several_texts_none_takes_the_bare_numbers(named: str) -> None:
    title = f"某市商务局关于印发{named}的通知"
    notice = f"{title}\n各区：\n现印发。\n\n某市商务局\n2022年3月1日\n\n"
    assert ids(f"{notice}某市摊位管理办法\n第一条 甲。\n\n某市摊位登记细则\n第一条 乙。\n") == ["p1", "e1.1", "e2.1"]
