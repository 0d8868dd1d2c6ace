"""Laws of numbers at the start of a line: which of them are headings."""

import pytest

from corpus.numbering import HeadingNumber, match_number
from corpus.parser.heading import is_reference


def found(text: str) -> HeadingNumber:
    marker = match_number(text)
    assert marker is not None
    return marker


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
