"""Laws of what stands below a text: none of it is inside a clause."""

import pytest

from corpus.parser.outline import parse_outline


def kinds(text: str) -> list[str]:
    return [str(node.kind) for node in parse_outline(text).root.children]


@pytest.mark.parametrize(
    "copied",
    [
        "抄送：市委有关部门，市人大常委会办公室，市政协办公室，市\n中级法院，市检察院。",
        "抄送：省民政厅。\n各区人民政府，市政府各部门。\n市委各部门。",
        "抄 送：市委办，市人\n大办，市政\n协办。",
    ],
)
def test_offices_that_get_a_copy_may_take_several_lines(copied: str) -> None:
    text = f"某市民政局关于补助的通知\n一、甲。\n二、乙。\n某市民政局\n2019年5月6日\n公开方式：主动公开\n{copied}"
    found = kinds(f"{text}\n某市民政局办公室 2019年5月7日印发")
    assert found[:5] == ["title", "clause", "clause", "signature", "date"]
    assert set(found[5:]) == {"note"}


@pytest.mark.parametrize(
    "last", ["某市民政局办公室 2019年5月7日印", "2019年5月7日印发", "某市民政局办公室　2019 年 5 月 7 日印发\n—12—"]
)
def test_the_line_of_the_printer_is_no_text(last: str) -> None:
    found = kinds(f"某市补助办法\n第一条 甲。\n第二条 乙。\n主题词：养老 补助\n{last}")
    assert found[:3] == ["title", "clause", "clause"]
    assert set(found[3:]) <= {"note", "navigation"}


@pytest.mark.parametrize(
    "below",
    [
        "分享到：\n【打印】 【关闭】\n上一篇：某市养老办法\n下一篇：无",
        "上一条：某市养老办法\n某某专栏\n友情链接一\n友情链接二\n友情链接三\n友情链接四\n版权所有 某市民政局",
        "关于我们|联系我们|网站地图|\n某市人民政府主办\n备案号：某ICP备0000号\n微信\n微博\n移动端\nTOP",
        "【收藏】 【打印】\n主办：某市民政局 地址：某路8号\n建议使用1024*768以上分辨率浏览本站",
    ],
)
def test_below_what_only_a_site_prints_there_is_no_text(below: str) -> None:
    assert set(kinds(f"某市补助办法\n第一条 甲。\n第二条 乙。\n\n{below}")[3:]) == {"navigation"}


@pytest.mark.parametrize(
    "last",
    ["第三条 办事可以扫一扫二维码。", "第三条 版权所有人可以申请补助。", "第三条 网站地图由某局维护；打印由某局承担。"],
)
def test_a_clause_that_speaks_of_such_things_stays_one(last: str) -> None:
    assert kinds(f"某市补助办法\n第一条 甲。\n第二条 乙。\n{last}") == ["title", "clause", "clause", "clause"]


def test_a_long_line_of_links_is_read_at_once() -> None:
    assert kinds(f"某市补助办法\n第一条 甲。\n第二条 乙。\n{'返回首页' * 49}办")[:3] == ["title", "clause", "clause"]


@pytest.mark.parametrize("formula", ["特此公告。", "特此通知", "此复。", "特此函复！"])
@pytest.mark.parametrize("signed", ["\n某市民政局\n2019年5月6日", ""])
def test_a_closing_formula_is_in_no_item(formula: str, signed: str) -> None:
    found = kinds(f"某市民政局关于补助的通知\n一、甲。\n二、乙。\n{formula}{signed}")
    assert found == ["title", "clause", "clause", "note", *(["signature", "date"] if signed else [])]


@pytest.mark.parametrize("effect", ["本决定自公布之日起施行。", "本通知自2019年6月1日起执行，有效期五年。"])
@pytest.mark.parametrize(
    ("item", "apart"), [("二、《茶馆办法》（某政〔2009〕1号）", True), ("二、乙。", True), ("二、其他事项", False)]
)
def test_from_when_all_applies_is_apart_from_the_last_item_but_not_from_a_heading(
    effect: str, item: str, apart: bool
) -> None:
    found = kinds(f"某市民政局关于补助的通知\n一、甲。\n{item}\n{effect}\n某市民政局\n2019年5月6日")
    assert (found[-3:] == ["clause", "signature", "date"], len(found)) == (True, 5 + apart)


def test_from_when_all_applies_stays_a_paragraph_of_an_article() -> None:
    found = kinds("某市补助办法\n第一条 甲。\n第二条 乙。\n本办法自2019年6月1日起施行。")
    assert found == ["title", "clause", "clause"]


@pytest.mark.parametrize("office", ["部长", "市 长", "主任", "局　长"])
def test_an_office_above_a_date_is_a_signature_without_a_name_too(office: str) -> None:
    found = kinds(f"某市补助办法\n第一条 甲。\n第二条 乙。\n\n{office}\n2019年5月6日")
    assert found[-2:] == ["signature", "date"]
