"""Laws of numbers at the start of a line: which there are, and which of them are headings."""

import pytest

from corpus.numbering import HeadingNumber, NumberingStyle, match_number
from corpus.parser.heading import is_reference


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
    "text",
    [
        "第十条规定的事项",
        "第三条、第五条所称企业",
        "第三条所称企业",
        "第十条第二款的情形",
        "第二章的规定",
        "（一）项规定的条件",
        "（一）、（二）项以外",
        "（一）至（三）项",
        "（二）所列情形",
    ],
)
def test_a_number_that_the_sentence_goes_on_from_is_a_reference(text: str) -> None:
    assert is_reference(found(text), text, None, expected=True)


@pytest.mark.parametrize(
    "text",
    [
        "第十条 规定期限内不能答复的",
        "第十条企业应当登记",
        "第五条中小企业应当登记",
        "第五条及时公开信息",
        "第一条（目的） 为了",
        "（一）项目建设",
        "（二）目标任务",
        "（三）规定动作",
        "一、一是快",
        "1.2023年底前完成",
        "3.12345热线",
    ],
)
def test_an_expected_number_opens_a_heading(text: str) -> None:
    assert not is_reference(found(text), text, None, expected=True)


@pytest.mark.parametrize("text", ["一、二级医院", "二、三类地区", "一、三年来成效", "一、五年规划"])
def test_a_count_of_grades_is_a_heading_only_where_a_paragraph_begins_and_its_number_is_next(text: str) -> None:
    assert not is_reference(found(text), text, None, expected=True)
    assert not is_reference(found(text), text, "总体要求", expected=True)
    assert is_reference(found(text), text, None, expected=False)
    assert is_reference(found(text), text, "凡是符合条件的，", expected=True)
    assert is_reference(found(text), text, "主管部门应当在收到申请以后作出答复，期限为", expected=True)


@pytest.mark.parametrize("before", ["应当说明理由；依照", "违反本办法", "符合第二条、", "按照本条例"])
def test_an_article_after_words_that_call_for_one_is_a_reference(before: str) -> None:
    assert is_reference(found("第十条 执行"), "第十条 执行", before, expected=True)


def test_an_unexpected_number_in_a_hard_wrapped_sentence_is_a_reference() -> None:
    text = "（七）类企业申请的，应当提交证明。"
    before = "属于前款第一项至第三项的企业，以及其他按照规定属于"
    assert is_reference(found(text), text, before, expected=False)
    assert not is_reference(found(text), text, before, expected=True)


def test_a_decimal_is_a_heading_only_where_a_paragraph_begins_and_its_number_is_next() -> None:
    text = "1.5万元以内的"
    assert is_reference(found(text), text, "补助标准为每户", expected=True)
    assert is_reference(found(text), text, None, expected=False)
    assert not is_reference(found("1.10千伏线路"), "1.10千伏线路", None, expected=True)
