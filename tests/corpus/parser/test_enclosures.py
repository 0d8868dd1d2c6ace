"""Laws of texts that a notice issues without an 附件 mark."""

from corpus.clause import Document
from corpus.metadata import Metadata
from corpus.parser.clauses import read_clauses
from corpus.parser.node import Kind
from corpus.parser.outline import parse_outline

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
