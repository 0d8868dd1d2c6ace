"""Laws of attachments."""

from corpus.parser.attachments import AttachmentLayout, read_attachments
from corpus.parser.lines import Line, split_lines


def layout(text: str) -> AttachmentLayout:
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
    assert [(stretch.marker.value, texts(list(stretch.lines))) for stretch in found.attachments] == [
        (2, ["附件2", "规程", "1.乙。"]),
        (3, ["附件三：表格", "丙。"]),
    ]


def test_a_listed_title_begins_an_attachment_without_a_mark_of_its_own() -> None:
    found = layout("一、甲。\n1﹒清单\n2﹒案例\n某市财政局\n2020年1月1日\n附件\n清单\n案例\n一、乙。")
    assert texts(list(found.listed)) == ["1﹒清单", "2﹒案例"]
    assert [(stretch.marker.value, stretch.marked, texts(list(stretch.lines))) for stretch in found.attachments] == [
        (1, True, ["附件", "清单"]),
        (2, False, ["案例", "一、乙。"]),
    ]


def test_a_sentence_that_mentions_an_attachment_begins_none() -> None:
    assert not layout("一、甲。\n附件 所列事项由各区办理。").attachments


SIGNED = "\n某市财政局\n2020年1月1日\n"


def test_a_mark_alone_above_its_list_takes_no_number() -> None:
    found = layout(f"一、甲。\n附件：\n1.规程\n2.表格\n{SIGNED}附件1\n规程\n乙。\n附件2\n表格\n丙。")
    assert texts(list(found.listed)) == ["附件：", "1.规程", "2.表格"]
    assert [stretch.marker.value for stretch in found.attachments] == [1, 2]


def test_a_listed_title_inside_an_attachment_begins_none_where_its_own_mark_follows() -> None:
    found = layout(f"一、甲。\n附件：1.规程\n2.表格\n{SIGNED}附件1\n规程\n表格\n乙。\n附件2\n表格\n丙。")
    assert [(stretch.marker.value, len(stretch.lines)) for stretch in found.attachments] == [(1, 4), (2, 3)]


def test_an_entry_may_be_wrapped_and_contacts_may_stand_below_the_list() -> None:
    found = layout(
        f"一、甲。\n附件：1.某项资金\n   使用规程\n  2.表格\n联系电话：0000{SIGNED}某项资金使用规程\n一、乙。"
    )
    assert texts(list(found.listed)) == ["附件：1.某项资金", "使用规程", "2.表格"]
    assert "联系电话：0000" in texts(list(found.body))
    assert [(stretch.marker.value, stretch.marked) for stretch in found.attachments] == [(1, False)]


def test_entries_need_no_numbers_where_a_signature_follows_or_they_are_files() -> None:
    assert texts(list(layout(f"一、甲。\n附件：\n规程{SIGNED}").listed)) == ["附件：", "规程"]
    assert texts(list(layout(f"一、甲。{SIGNED}附件：\n规程.docx").listed)) == ["附件：", "规程.docx"]
    assert not layout("一、甲。\n附件\n规程\n一、乙。").listed
    assert not layout("一、甲。\n附件1\n1.申报条件\n2.申报材料").listed


def test_one_line_may_list_several_attachments() -> None:
    found = layout(f"一、甲。\n附件：1.规程；2.《表格》{SIGNED}表格\n一、乙。")
    assert [(stretch.marker.value, len(stretch.lines)) for stretch in found.attachments] == [(2, 2)]


def test_a_mark_may_run_into_its_title_and_count_within_a_number() -> None:
    found = layout("一、甲。\n附件1申报指南\n一、乙。\n附件1-2申报表\n一、丙。\n附：说明\n一、丁。")
    assert [stretch.marker.label for stretch in found.attachments] == ["附件1", "附件1-2", "附件3"]
    assert not layout("一、甲。\n附件1和附件2所列单位").attachments
