"""Laws of what stands above and below a text."""

import pytest

from corpus.parser.outline import parse_outline


def kinds(text: str) -> list[str]:
    return [f"{node.kind} {text[node.start : node.end]}" for node in parse_outline(text).root.children]


def test_lines_above_the_text_are_told_apart() -> None:
    above = "新闻中心\n某市人民政府\n关于服务的通知\n关于服务的通知\n某政〔2020〕7号\n发布日期：2020-01-02\n"
    text = above + "各区人民政府：\n一、甲。"
    assert kinds(text) == [
        "navigation 新闻中心",
        "title 某市人民政府",
        "title 关于服务的通知",
        "title 关于服务的通知",
        "number 某政〔2020〕7号",
        "navigation 发布日期：2020-01-02",
        "addressee 各区人民政府：",
        "clause 一、甲。",
    ]


def test_lines_below_the_text_are_told_apart() -> None:
    below = "某市财政局\n某市商务局\n二〇二〇年一月二日\n（此件公开发布）\n抄送：某委员会\n"
    text = f"一、甲。\n\n{below}来源 | 某网\n上一篇：无"
    assert [line.split()[0] for line in kinds(text)] == [
        "clause",
        "signature",
        "signature",
        "date",
        "note",
        "note",
        "source",
        "navigation",
    ]


def test_a_table_of_contents_is_no_text() -> None:
    text = "某办法\n目 录\n第一章 甲\n第二章 乙\n第一章 甲\n第一条 子。\n第二章 乙\n第二条 丑。"
    assert [line.split()[0] for line in kinds(text)] == ["title", "contents", "section", "section"]


def test_a_note_in_brackets_may_take_several_lines() -> None:
    note = "（2019年6月20日某市人民政府审议通过，\n自2019年9月1日起施行，\n2022年修正）"
    text = f"某市服务办法\n{note}\n目录\n第一章 甲\n第一章 甲\n第一条 子。"
    assert [line.split()[0] for line in kinds(text)] == ["title", "note", "note", "note", "contents", "section"]
    assert [line.split()[0] for line in kinds("某市服务办法\n（2019年\n第一条 甲。\n第二条 乙。")][-2:] == [
        "clause"
    ] * 2


def test_a_sentence_that_leads_in_is_no_addressee() -> None:
    assert kinds("有关单位的任务如下：\n一、甲。")[0] == "preamble 有关单位的任务如下："


def test_a_hard_wrapped_first_paragraph_is_no_title() -> None:
    text = "某市服务办法\n为了规范服务，根据有关法律\n和本市实际，制定本办法。\n第一条 甲。"
    assert [line.split()[0] for line in kinds(text)] == ["title", "preamble", "clause"]


def test_short_lines_alone_are_the_text_not_its_front() -> None:
    assert kinds("今日菜单\n白菜\n豆腐") == ["clause 今日菜单\n白菜\n豆腐"]


def test_unknown_lines_below_the_site_or_the_date_hide_nothing() -> None:
    signed = "一、甲。\n\n某地海关\n2020年1月2日\n"
    for below in (
        "版权所有：某某\n某ICP备0号\n网站地图 | 联系我们\n网站标识码：0\n附件下载：\n技术支持 某某",
        "分送：各区。\n公开方式：主动公开\n某市办公室" + " " * 60 + "2020年1月2日印发",
        "【打印本页】【关闭窗口】\n某某某",
        "某某某\n某某某某",
    ):
        assert [line.split()[0] for line in kinds(signed + below)][:3] == ["clause", "signature", "date"]


def test_a_date_without_its_day_counts_below_a_signature_only() -> None:
    assert [line.split()[0] for line in kinds("一、甲。\n\n某市财政局\n2020年1月")] == ["clause", "signature", "date"]
    assert [line.split()[0] for line in kinds("一、甲\n乙\n2020年1月")] == ["clause"]


def test_a_title_may_be_wrapped_anywhere() -> None:
    text = "某市人民政府办公室关于进一步加强\n老旧小区物业服务工作的通知\n某政办〔2023〕1号\n一、甲。"
    assert parse_outline(text).title(text) == "某市人民政府办公室关于进一步加强老旧小区物业服务工作的通知"


@pytest.mark.parametrize(
    "title", ["某市工作要点", "某市财政报告", "某市申报须知", "某市管理办法（征求意见稿）", "《某市夜市规定》"]
)
def test_a_title_is_told_by_its_last_words(title: str) -> None:
    assert kinds(f"夜市专栏\n{title}\n一、甲。")[:2] == ["navigation 夜市专栏", f"title {title}"]


def test_the_facts_of_a_page_are_no_title() -> None:
    above = "政务公开 > 通知公告\n标题：某市服务办法\n有效性：有效\n公开方式：主动公开\n生成日期：2023年1月1日\n"
    text = f"{above}某市服务办法\n第一条 甲。"
    assert [line.split()[0] for line in kinds(text)] == ["navigation"] * 5 + ["title", "clause"]


def test_the_number_of_an_order_may_take_a_line_of_its_own() -> None:
    assert kinds("某市人民政府令\n第88号\n某市服务规定\n第一条 甲。")[:3] == [
        "number 某市人民政府令",
        "number 第88号",
        "title 某市服务规定",
    ]


def test_the_organ_between_title_and_date_has_signed() -> None:
    assert kinds("某市工作要点\n某市商务局\n2023年4月6日\n一、甲。")[1] == "signature 某市商务局"


def test_a_table_of_contents_ends_before_the_sentence_that_follows() -> None:
    text = "某市服务规划\n目录\n前言\n一、甲\n二、乙\n为了便民，编制本规划。\n一、甲\n子。\n二、乙\n丑。"
    assert [line.split()[0] for line in kinds(text)] == ["title", "contents", "preamble", "clause", "clause"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("某市社区养老服务", "补助发放暂行办法"),
        ("某市老旧小区加装电梯", "工作实施方案"),
        ("某县农村公路养护", "管理规定（试行）"),
    ],
)
def test_a_title_may_take_two_lines(first: str, second: str) -> None:
    assert kinds(f"{first}\n{second}\n\n第一条 甲。\n第二条 乙。")[:2] == [f"title {first}", f"title {second}"]


@pytest.mark.parametrize(
    "line",
    [
        "名  称：某市养老办法",
        "发布单位： 某局   发布时间：2019-05-06",
        "【颁布日期】 2019-5-6",
        "市委 | 市人大 | 市政府 | 市政协",
        "字体大小：",
    ],
)
def test_labels_and_menus_of_a_page_are_navigation(line: str) -> None:
    assert kinds(f"{line}\n某市养老办法\n\n第一条 甲。\n第二条 乙。")[:2] == [
        f"navigation {line}",
        "title 某市养老办法",
    ]
