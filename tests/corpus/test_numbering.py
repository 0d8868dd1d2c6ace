"""Laws of official numbers: which there are, how they are read and written."""

import pytest

from corpus.numbering import HeadingNumber, NumberingStyle, match_number


def found(text: str) -> HeadingNumber:
    marker = match_number(text)
    assert marker is not None
    return marker


@pytest.mark.parametrize(
    ("text", "style", "key", "label"),
    [
        ("第一部分 总则", NumberingStyle.DIVISION, "1", "第一部分"),
        ("第一编 总则", NumberingStyle.BOOK, "1", "第一编"),
        ("第二分编 通则", NumberingStyle.SUBBOOK, "2", "第二分编"),
        ("第三章 附则", NumberingStyle.CHAPTER, "3", "第三章"),
        ("第 一 节 申请", NumberingStyle.SECTION, "1", "第一节"),
        ("第二十六条 建立", NumberingStyle.ARTICLE, "26", "第二十六条"),
        ("第26条 建立", NumberingStyle.ARTICLE, "26", "第二十六条"),
        ("第 十 条 建立", NumberingStyle.ARTICLE, "10", "第十条"),
        ("第十条之一 建立", NumberingStyle.ARTICLE, "10-1", "第十条之一"),
        ("第10条之2 建立", NumberingStyle.ARTICLE, "10-2", "第十条之二"),
        ("措施一：减税", NumberingStyle.MEASURE, "1", "措施一"),
        ("案例2 夜市", NumberingStyle.MEASURE, "2", "案例二"),
        ("拾壹、推进", NumberingStyle.FORMAL, "11", "拾壹、"),
        ("貳、推进", NumberingStyle.FORMAL, "2", "贰、"),
        ("十一、推进", NumberingStyle.HAN, "11", "十一、"),
        ("## 一、推进", NumberingStyle.HAN, "1", "一、"),
        ("**（一）推进**", NumberingStyle.HAN_BRACKET, "1", "（一）"),
        ("(三)建立", NumberingStyle.HAN_BRACKET, "3", "（三）"),
        ("（ 三 ）建立", NumberingStyle.HAN_BRACKET, "3", "（三）"),
        ("㈡建立", NumberingStyle.HAN_BRACKET, "2", "（二）"),
        ("1.推行", NumberingStyle.DIGIT, "1", "1."),
        ("１．推行", NumberingStyle.DIGIT, "1", "1."),
        ("1﹒第一批", NumberingStyle.DIGIT, "1", "1."),
        ("12、推行", NumberingStyle.DIGIT, "12", "12."),
        ("⒊推行", NumberingStyle.DIGIT, "3", "3."),
        ("（1）推行", NumberingStyle.DIGIT_BRACKET, "1", "（1）"),
        ("2）推行", NumberingStyle.DIGIT_BRACKET, "2", "（2）"),
        ("⑶推行", NumberingStyle.DIGIT_BRACKET, "3", "（3）"),
        ("③推行", NumberingStyle.CIRCLED, "3", "③"),
    ],
)
def test_each_way_of_numbering_is_recognised(text: str, style: NumberingStyle, key: str, label: str) -> None:
    marker = found(text)
    assert (marker.style, marker.key, marker.label) == (style, key, label)


@pytest.mark.parametrize(
    "text",
    ["2023.10.19", "二〇二三、", "第零条", "0.甲", "总则", "1 甲", "一是快", "（甲）", "", "## 总则", "**推进**"],
)
def test_what_is_no_number_of_a_heading_is_none(text: str) -> None:
    assert match_number(text) is None


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("第贰拾条 甲", "第二十条"),
        ("第廿一條 甲", "第二十一条"),
        ("第一○三条 甲", "第一百零三条"),
        ("第二万零一条", "第二万零一条"),
        ("第20001条", "第二万零一条"),
        ("壹拾、甲", "拾、"),
    ],
)
def test_other_writings_of_a_number_are_the_same_number(text: str, label: str) -> None:
    assert found(text).label == label


def test_numbers_are_equal_wherever_they_stand() -> None:
    assert found("第 十 条 甲") == found("第十条甲")
    assert found("第十条甲").length == 3
