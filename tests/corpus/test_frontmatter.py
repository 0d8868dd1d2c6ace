"""Laws of what stands above and below a text."""

from corpus.outline import parse_outline


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


def test_a_sentence_that_leads_in_is_no_addressee() -> None:
    assert kinds("有关单位的任务如下：\n一、甲。")[0] == "preamble 有关单位的任务如下："


def test_a_hard_wrapped_first_paragraph_is_no_title() -> None:
    text = "某市服务办法\n为了规范服务，根据有关法律\n和本市实际，制定本办法。\n第一条 甲。"
    assert [line.split()[0] for line in kinds(text)] == ["title", "preamble", "clause"]


def test_short_lines_alone_are_the_text_not_its_front() -> None:
    assert kinds("今日菜单\n白菜\n豆腐") == ["clause 今日菜单\n白菜\n豆腐"]
