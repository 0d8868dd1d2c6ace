"""Laws of which text of a document people cite."""

import pytest

from corpus.clause import Document
from corpus.metadata import Metadata
from corpus.parser.clauses import read_clauses
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
