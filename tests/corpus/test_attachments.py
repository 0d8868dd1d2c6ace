"""Laws of attachments."""

from corpus.attachments import Layout, read_attachments
from corpus.lines import Line, split_lines


def layout(text: str) -> Layout:
    return read_attachments(split_lines(text))


def texts(lines: list[Line]) -> list[str]:
    return [line.text for line in lines]


def test_a_list_under_the_text_is_no_attachment() -> None:
    found = layout("一、甲。\n附件：1.规程\n2.表格\n\n某市财政局\n2020年1月1日")
    assert texts(list(found.listed)) == ["附件：1.规程", "2.表格"]
    assert texts(list(found.body)) == ["一、甲。", "某市财政局", "2020年1月1日"]
    assert not found.attachments


def test_each_mark_begins_an_attachment_with_its_printed_number() -> None:
    found = layout("一、甲。\n附件2\n规程\n1.乙。\n附件三：表格\n丙。")
    assert [(stretch.number, texts(list(stretch.lines))) for stretch in found.attachments] == [
        (2, ["附件2", "规程", "1.乙。"]),
        (3, ["附件三：表格", "丙。"]),
    ]


def test_a_listed_title_begins_an_attachment_without_a_mark_of_its_own() -> None:
    found = layout("一、甲。\n1﹒清单\n2﹒案例\n某市财政局\n2020年1月1日\n附件\n清单\n案例\n一、乙。")
    assert texts(list(found.listed)) == ["1﹒清单", "2﹒案例"]
    assert [(stretch.number, stretch.marked, texts(list(stretch.lines))) for stretch in found.attachments] == [
        (1, True, ["附件", "清单"]),
        (2, False, ["案例", "一、乙。"]),
    ]


def test_a_sentence_that_mentions_an_attachment_begins_none() -> None:
    assert not layout("一、甲。\n附件 所列事项由各区办理。").attachments
