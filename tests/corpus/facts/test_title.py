"""Laws of titles: the text people cite, in one line, without what stands around it."""

import pytest

from tests.corpus.facts.texts import BODY, facts_of, shown, value_of


def title_of(text: str, page: dict[str, str] | None = None) -> str | None:
    return value_of(text, "title", page)


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("洛阳市养老服务办法", "洛阳市养老服务办法"),
        ("洛阳市社区养老服务\n补助发放暂行办法", "洛阳市社区养老服务补助发放暂行办法"),
        ("洛阳市人民政府关于加快\n\n推进老旧小区改造的意见", "洛阳市人民政府关于加快推进老旧小区改造的意见"),
        ("洛阳市人民政府\n关于推进老旧小区改造的意见", "洛阳市人民政府关于推进老旧小区改造的意见"),
        ("洛阳市民政局 洛阳市财政局\n关于发放高龄津贴的通知", "关于发放高龄津贴的通知"),
        ("洛阳市养老服务办法（全文）", "洛阳市养老服务办法"),
        ("洛阳市养老服务办法[附全文]", "洛阳市养老服务办法"),
        ("洛阳市养老服务办法(洛政〔2019〕8号)", "洛阳市养老服务办法"),
        ("洛阳市养老服务办法（2019年5月6日）", "洛阳市养老服务办法"),
        ("洛阳市养老服务办法\n（试行）", "洛阳市养老服务办法（试行）"),
        ("原标题：洛阳市养老服务办法", "洛阳市养老服务办法"),
        ("《洛阳市养老服务办法》", "洛阳市养老服务办法"),
        ("洛 阳 市 养 老 服 务 办 法", "洛阳市养老服务办法"),
        ("洛阳市推广 Open Data 应用办法", "洛阳市推广Open Data应用办法"),
        ("洛阳市⽼⼈⽤餐补助办法", "洛阳市老人用餐补助办法"),
        ("洛阳市诚信经营承诺书", "洛阳市诚信经营承诺书"),
        ("洛阳市公园开放时间表", "洛阳市公园开放时间表"),
    ],
)
def test_a_title_is_one_line_without_stamps_and_numbers(above: str, title: str) -> None:
    assert title_of(f"{above}\n\n{BODY}") == title


@pytest.mark.parametrize(
    "around",
    [
        "当前位置：首页 > 政务 > 办事指南\n{}\n来源：某网　发布时间：2019-05-08",
        "首页 | 要闻 | 服务 | 互动\n通知公告\n{}\n【字号 大 中 小】",
        "政府文件\n索引号：000/2019-1\t文号：洛政〔2019〕8号\n{}\n时间：2019-05-08 浏览次数：",
        "2019/5/9 10:12\t某网\nhttps://example.org/a 1/3\n{}",
    ],
)
def test_what_a_site_prints_around_a_title_is_no_part_of_it(around: str) -> None:
    assert title_of(around.format("洛阳市养老服务办法") + f"\n\n{BODY}") == "洛阳市养老服务办法"


NOTICE = (
    "洛阳市人民政府关于印发《洛阳市养老服务{}》的通知\n\n各区人民政府：\n"
    "现将《洛阳市养老服务{}》印发给你们。\n\n洛阳市人民政府\n2019年5月6日\n\n"
)


@pytest.mark.parametrize("genre", ["实施细则", "三年行动方案", "若干意见（试行）"])
def test_the_title_is_that_of_the_text_which_a_notice_issues(genre: str) -> None:
    facts = facts_of(NOTICE.format(genre, genre) + f"洛阳市养老服务\n{genre}\n\n{BODY}")
    assert shown(facts, "title") == shown(facts, "encloses") == f"洛阳市养老服务{genre}"


@pytest.mark.parametrize(
    ("named", "printed"),
    [
        ("转发市民政局关于发展养老服务意见的通知", "关于发展养老服务的意见"),
        ("印发洛阳市养老服务办法的通知", "洛阳市养老服务办法（试行）"),
        ("印发《〈养老服务条例〉实施办法》的通知", "《养老服务条例》实施办法"),
    ],
)
def test_the_enclosed_title_is_as_printed_above_it(named: str, printed: str) -> None:
    notice = f"洛阳市人民政府办公室{named}\n\n各区人民政府：\n请认真执行。\n\n2019年5月6日\n\n"
    assert title_of(notice + f"{printed}\n\n{BODY}") == printed


@pytest.mark.parametrize("genre", ["办法", "规定", "细则"])
def test_a_decree_encloses_the_text_below_it(genre: str) -> None:
    decree = f"洛阳市人民政府令\n第35号\n\n《洛阳市养老服务{genre}》已经审议通过，现予公布。\n市长\n2019年5月6日\n\n"
    facts = facts_of(f"{decree}洛阳市养老服务{genre}\n\n{BODY}")
    assert shown(facts, "title") == f"洛阳市养老服务{genre}"
    assert shown(facts, "number") == "洛阳市人民政府令第35号"
    assert shown(facts, "issued") == "2019-05-06"


@pytest.mark.parametrize("attached", ["附件：\n申请表", "附件\n洛阳市试点名单", "附件1\n任务分工表"])
def test_a_notice_with_a_table_below_keeps_its_own_title(attached: str) -> None:
    text = (
        f"洛阳市民政局关于开展养老服务试点的通知\n\n各区民政局：\n一、试点一年。\n\n2019年5月6日\n\n{attached}\n甲\t乙"
    )
    assert title_of(text) == "洛阳市民政局关于开展养老服务试点的通知"


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ({"标题": "洛阳市养老服务办法"}, "洛阳市养老服务办法"),
        ({"名 称": "洛阳市养老服务办法（全文）"}, "洛阳市养老服务办法"),
        ({"title": "洛阳市养老服务办法_政策文件-某某门户网站"}, "洛阳市养老服务办法"),
        ({"标题": "首页"}, None),
    ],
)
def test_a_page_names_the_text_where_no_title_is_printed(page: dict[str, str], title: str | None) -> None:
    assert title_of("各有关单位：\n一、办理时间为一年。\n二、材料齐全。", page) == title


@pytest.mark.parametrize(
    "text", ["一、甲事。\n二、乙事。", "为了方便群众，现说明如下。\n一、甲事。", "首页\n一、甲事。\n二、乙事。"]
)
def test_where_no_title_is_printed_there_is_none(text: str) -> None:
    assert title_of(text) is None


@pytest.mark.parametrize(
    "named",
    [
        "《洛阳市茶馆管理办法》和《洛阳市茶馆登记细则》",
        "《洛阳市茶馆管理办法》《洛阳市茶馆登记细则》",
        "《洛阳市茶馆管理办法》等两个文件",
    ],
)
@pytest.mark.parametrize("marks", [("附件1\n", "附件2\n"), ("", "")])
def test_of_several_texts_none_is_cited_before_the_others(named: str, marks: tuple[str, str]) -> None:
    title = f"洛阳市商务局关于印发{named}的通知"
    first, second = marks
    facts = facts_of(
        f"{title}\n\n各区：\n现印发给你们。\n\n洛阳市商务局\n2019年5月6日\n\n"
        f"{first}洛阳市茶馆管理办法\n{BODY}\n\n{second}洛阳市茶馆登记细则\n{BODY}"
    )
    assert shown(facts, "title") == title
    assert facts.encloses is None


LETTER = (
    "河南省教育厅关于检查校车的通知\n豫教〔2019〕2号\n\n各市教育局：\n"
    "一、每车必查。\n二、《旧校车办法》同时废止。\n\n河南省教育厅\n2019年4月2日"
)


@pytest.mark.parametrize("named", ["《河南省教育厅关于检查校车的通知》", "省教育厅关于检查校车的通知"])
@pytest.mark.parametrize("mark", ["附件\n", ""])
def test_a_notice_that_forwards_a_numbered_one_is_cited_itself(named: str, mark: str) -> None:
    title = f"洛阳市教育局关于转发{named}的通知"
    notice = f"{title}\n洛教〔2019〕8号\n\n各学校：\n现转发给你们。\n\n洛阳市教育局\n2019年5月6日\n\n"
    facts = facts_of(f"{notice}{mark}{LETTER}")
    assert shown(facts, "title") == title
    assert shown(facts, "number") == "洛教〔2019〕8号"
    assert shown(facts, "issuer") == "洛阳市教育局"
    assert shown(facts, "places") == "洛阳"
    assert (facts.encloses, facts.repeals) == (None, ())
