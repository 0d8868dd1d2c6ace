"""Laws of numbering as a sequence: what runs through, and what is warned about."""

from corpus.parser.node import Severity
from corpus.parser.outline import parse_outline


def warnings(text: str) -> list[str]:
    return [str(warning) for warning in parse_outline(text, file="a.txt").diagnostics]


def test_numbering_in_order_gives_no_warning() -> None:
    assert warnings("一、甲\n1.子。\n2.丑。\n二、乙\n3.寅。\n") == []
    assert warnings("一、甲\n（一）子。\n二、乙\n（一）丑。\n（二）寅。\n") == []
    assert warnings("第一条 甲。\n第一条之一 乙。\n第一条之二 丙。\n第二条 丁。\n") == []


def test_a_number_left_out_is_named_with_file_and_line() -> None:
    assert warnings("1.甲。\n\n2.乙。\n4.丙。\n") == [
        "a.txt:4: 序号跳跃：2. 之后是 4.，请核对是否缺了一条。"
        "numbering jumps: 4. follows 2.; check the text for a missing heading"
    ]


def test_a_number_left_out_between_chapters_is_noticed() -> None:
    assert warnings("一、甲\n1.子。\n2.丑。\n二、乙\n4.寅。\n三、丙\n5.卯。\n") == [
        "a.txt:5: 序号跳跃：2. 之后是 4.，请核对是否缺了一条。"
        "numbering jumps: 4. follows 2.; check the text for a missing heading"
    ]


def test_a_number_that_repeats_is_named_with_its_id() -> None:
    assert warnings("第一条 甲。\n第二条 乙。\n第二条 丙。\n第三条 丁。\n") == [
        "a.txt:3: 序号重复：又见 第二条，请与原文核对。"
        "numbering repeats 第二条; its id ends in ~2; check the number against the source"
    ]


def test_a_text_without_numbering_says_so() -> None:
    (warning,) = warnings("只有一段。\n")
    assert warning.startswith("a.txt:1: 没有找到序号，")
    assert "no numbering found, " in warning


def test_a_repeat_between_the_numbers_that_it_should_part_is_an_error() -> None:
    def severity(text: str) -> list[Severity]:
        return [fault.severity for fault in parse_outline(text).diagnostics]

    assert severity("第一条 甲。\n第二条 乙。\n第二条 丙。\n第四条 丁。\n")[0] is Severity.ERROR
    assert severity("第一条 甲。\n第二条 乙。\n第二条 丙。\n第三条 丁。\n") == [Severity.WARNING]
