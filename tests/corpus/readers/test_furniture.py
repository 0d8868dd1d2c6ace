"""Laws of what a printed page leaves in a text: it goes, the words around it stay, a sentence cut in two is whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.furniture import without_furniture
from corpus.readers.source import Anchor, LineKind, SourceLine, row_line

STAMP = "2024/3/5 10:15 云泽市租房补贴办法_云泽市人民政府"
ADDRESS = "https://www.yunze.example/zhengce/content_12.html"
LONG = "申请人应当在本市连续缴纳社会保险满十二个月以上，并且名下没有自有住房"


def cleaned(text: str) -> str:
    lines, _ = without_furniture([SourceLine(line) for line in text.split("\n")])
    return "\n".join(line.text for line in lines)


@pytest.mark.parametrize(
    "page",
    [
        *("— 2 —", "- 12 -", "－３－", "第 5 页 共 9 页", "第5页", "-- 2 --", "-11-", "第2页共6页", "第 2 页，共 6 页"),
        *("共6页 第2页", "第3页/共8页", "Page 2 of 6", "·4·", "－ 7 －\n", "— 11\n—", "—\n12 —", "第3页\n共8页"),
    ],
)
def test_a_page_number_is_no_line_of_the_text(page: str) -> None:
    assert cleaned(f"甲。\n{page}\n乙。").replace("\n\n", "\n") == "甲。\n乙。"


@pytest.mark.parametrize(
    "text", ["2", "2023", "- 甲 -", "-1-2-", "第五页", "1/2", "—", "第5页的表格", "12 —", "0871-12345"]
)
def test_other_numbers_are_text(text: str) -> None:
    assert cleaned(f"甲。\n{text}\n乙。") == f"甲。\n{text}\n乙。"


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        (
            "建成公园，新增绿\n\n— 2 —\n\n地面积。\n第二段。\n- 3 -\n第三段。",
            "建成公园，新增绿地面积。\n第二段。\n第三段。",
        ),
        (f"{LONG}\n— 1 —\n的，可以申请。", f"{LONG}的，可以申请。"),
        (f"{LONG}\n{STAMP}\n{ADDRESS} 1/3\n的，可以申请。", f"{LONG}的，可以申请。"),
        (f"{LONG}\n{ADDRESS} 1/3\n\n{STAMP}\n\n的，可以申请。", f"{LONG}的，可以申请。"),
        (
            "the list of documents that are required by the\n- 2 -\noffice.",
            "the list of documents that are required by the office.",
        ),
    ],
)
def test_a_sentence_cut_by_a_page_is_one_line_again(text: str, whole: str) -> None:
    assert cleaned(text) == whole


@pytest.mark.parametrize(
    "below",
    [
        *(
            "第二条 申请材料。",
            "（二）户口簿；",
            "2.户口簿；",
            "二、申请材料",
            "附件1",
            "  申请材料如下。",
            "2024年3月5日",
        ),
        *("抄送：市教育局。", "①身份证；", "索 引 号：00012/2024-3", "来源：云泽市教育局"),
    ],
)
def test_what_begins_anew_below_a_page_number_stays_a_line(below: str) -> None:
    assert cleaned(f"{LONG}\n— 1 —\n{below}") == f"{LONG}\n{below}"


@pytest.mark.parametrize("above", ["第三章 附则", "云泽市人民政府", "申请条件", "（一）身份证；", "办理流程如下："])
def test_a_heading_or_a_signature_above_a_page_number_stays_a_line(above: str) -> None:
    text = f"{LONG}的，可以申请。\n{above}\n— 1 —\n本办法由市住房局解释。"
    assert cleaned(text) == text.replace("— 1 —\n", "")


def test_a_page_number_between_tabs_parts_what_stands_around_it() -> None:
    assert cleaned("并连续经营满1年以上，或在本市注\t－ 2 －\t\t册登记的。\t－ 3 －\t（完）") == (
        "并连续经营满1年以上，或在本市注册登记的。\n（完）"
    )
    assert cleaned("甲\t2\t乙") == "甲\t2\t乙"


def test_browser_lines_go_and_dates_and_addresses_of_the_text_stay() -> None:
    text = f"{STAMP}\n办法。\n甲。\n{ADDRESS} 1/2\n{STAMP}\n乙。\n{ADDRESS} 2/2"
    assert cleaned(text) == "办法。\n甲。\n乙。"
    kept = f"2024年3月5日 9:00 开始报名。\n甲。\n乙。\n报名网址：\n{ADDRESS}\n丙。\n2024-03-06 09:00 笔试\n丁。"
    assert cleaned(kept) == kept
    assert cleaned("甲。\n1/3\n乙。\n2/3\n丙。\n3/3") == "甲。\n乙。\n丙。"


def test_an_address_broken_over_two_lines_goes() -> None:
    assert cleaned("甲。\nhttps://www.yunze.example/zhengce/\ncontent/202403/c_1.html 2/6\n乙。") == "甲。\n乙。"


def test_a_head_that_every_page_repeats_goes() -> None:
    pages = [f"云泽市人民政府公报\n第{number}条 应当如实申报。\n后果自负。\n— {number} —" for number in range(1, 6)]
    assert "公报" not in cleaned("\n".join(pages))
    plain = [f"{LONG}\n云泽市人民政府公报\n的，可以申请{number}次。" for number in range(1, 5)]
    assert "公报" not in cleaned("\n".join(plain))
    lines = [
        SourceLine(text, anchor=Anchor(page=page))
        for page in range(1, 5)
        for text in ("云泽政策汇编", f"第{page}条 甲。", "乙。", f"{page} 住房篇")
    ]
    assert "".join(line.text for line in without_furniture(lines)[0]).count("篇") == 0


def test_a_title_that_is_also_the_head_stays_once() -> None:
    pages = [f"云泽市租房补贴办法\n第{number}条 应当如实申报。\n后果自负。\n— {number} —" for number in range(1, 6)]
    assert cleaned("\n".join(pages)).split("\n")[0] == "云泽市租房补贴办法"
    assert cleaned("\n".join(pages)).count("云泽市租房补贴办法") == 1


def test_lines_that_a_text_repeats_stay() -> None:
    text = "\n".join(
        f"{number}区\n联系人\n办公室\n— {number} —" if number == 3 else f"{number}区\n联系人\n办公室"
        for number in range(9)
    )
    assert cleaned(text) == text.replace("\n— 3 —", "")


def test_rows_are_never_furniture() -> None:
    rows = [row_line([f"- {number} -"]) for number in range(4)] + [row_line([ADDRESS + " 1/2"])]
    assert all(row.kind is LineKind.ROW for row in rows)
    assert without_furniture(rows) == (rows, 0)


@given(
    st.lists(
        st.sampled_from(
            ["甲，", "乙。", "— 2 —", "", "第一条 丙", "  丁", STAMP, f"{ADDRESS} 1/2", "云泽公报第号", LONG]
        )
    )
)
def test_no_words_of_the_text_are_lost_and_nothing_is_left_to_remove(texts: list[str]) -> None:
    lines, _ = without_furniture([SourceLine(text) for text in texts])
    words = "".join("".join(line.text.split()) for line in lines)
    expected = "".join(text for text in texts if text not in {"— 2 —", STAMP, f"{ADDRESS} 1/2", "云泽公报第号"})
    assert words.replace("云泽公报第号", "").replace("".join(STAMP.split()), "") == "".join(expected.split())
    assert without_furniture([SourceLine("甲。")]) == ([SourceLine("甲。")], 0)


def test_ten_thousand_page_numbers_in_one_sentence_end() -> None:
    texts = (text for number in range(10_000) for text in (f"甲{number}，乙", "— 1 —"))
    lines, removed = without_furniture([SourceLine(text) for text in texts])
    assert (len(lines), removed) == (1, 10_000)
