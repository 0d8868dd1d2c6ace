"""Laws of repealed texts, places, audience and status; and of evidence."""

from dataclasses import fields

import pytest

from corpus.facts import Fact, read_facts
from corpus.parser.outline import parse_outline
from tests.corpus.facts.texts import BODY, facts_of, source_of, value_of


@pytest.mark.parametrize(
    ("last", "older"),
    [
        ("《旧办法》同时废止。", ["《旧办法》"]),
        ("原《养老补助办法》（洛政〔2009〕3号）同时停止执行。", ["《养老补助办法》（洛政〔2009〕3号）"]),
        (
            "《甲某办法》、《乙某规定》（洛政〔2009〕3号）同时废止。",
            ["《甲某办法》", "《乙某规定》（洛政〔2009〕3号）"],
        ),
        ("《关于印发〈甲某办法〉的通知》自2019年7月1日起废止。", ["《关于印发〈甲某办法〉的通知》"]),
        ("洛政〔2009〕3号同时废止。", ["洛政〔2009〕3号"]),
        ("此前规定同时废止。", []),
        ("《甲某办法》第三条同时废止。", []),
        ("《甲某办法》与本办法不一致的，停止执行。", []),
        ("根据《甲某条例》，补助停止执行。", []),
        ("根据有关规定，国家《甲某办法》即予废止。", []),
        ("《居住证》自动失效。", []),
        ("省里的《甲某办法》废止的，从其规定。", []),
        ("《甲某办法》废止后，补助照发。", []),
        (
            "洛阳市民政局公告2012年第4号、洛阳市民政局公告第9号同时废止。",
            ["洛阳市民政局公告2012年第4号", "洛阳市民政局公告第9号"],
        ),
    ],
)
def test_texts_that_are_repealed_as_a_whole(last: str, older: list[str]) -> None:
    found = facts_of(f"养老服务办法\n\n第一条 甲。\n第二条 本办法自2019年7月1日起施行。{last}").repeals
    assert [str(fact.value) for fact in found] == older


@pytest.mark.parametrize(
    "leading_in", ["经清理，决定废止下列文件：", "下列文件予以废止：", "现对以下2件规范性文件宣布失效："]
)
@pytest.mark.parametrize("numbers", [("一、", "二、"), ("1.", "2."), ("（一）", "（二）"), ("", "")])
def test_a_list_may_name_the_texts_that_are_repealed(leading_in: str, numbers: tuple[str, str]) -> None:
    first, second = numbers
    facts = facts_of(
        f"洛阳市人民政府关于清理部分文件的决定\n洛政〔2021〕6号\n\n{leading_in}\n"
        f"{first}《浴室管理办法》（洛政〔2001〕3号）；\n{second}《茶馆登记规定》。\n依据是《清理条例》。\n\n洛阳市人民政府\n2021年5月6日"
    )
    assert [str(fact.value) for fact in facts.repeals] == ["《浴室管理办法》（洛政〔2001〕3号）", "《茶馆登记规定》"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (f"洛阳市养老服务办法\n\n{BODY}", "洛阳"),
        (f"2019年洛阳市养老服务工作方案\n\n{BODY}", "洛阳"),
        (f"河南省洛阳市养老服务办法\n\n{BODY}", "洛阳"),
        (f"养老服务办法\n\n{BODY}\n\n洛阳市民政局\n2019年5月6日", "洛阳"),
        (f"国务院关于养老服务的意见\n\n{BODY}", "全国"),
        (f"关于养老服务的意见\n\n{BODY}\n\n民政部\n财政部\n2019年5月6日", "全国"),
        (f"中华人民共和国养老服务法\n\n{BODY}", "全国"),
        (f"国务院关于支持河南省养老服务的意见\n\n{BODY}", "全国"),
        (f"河南省人民政府关于学习洛阳市经验的通知\n\n{BODY}", "河南"),
        ("苏州市养老服务办法\n\n第一条 本办法适用于昆山市行政区域内的老人。\n第二条 甲。", "昆山"),
        ("养老服务办法\n\n第一条 本县老人可以申请。兰考县民政局办理，地址在兰考。\n第二条 我县补助。", "兰考"),
        ("养老服务办法\n\n一、洛阳市\n（一）甲。\n二、开封市\n（一）乙。", None),
        ("养老服务办法\n\n第一条 地址：洛阳市某路8号。\n第二条 甲。", None),
        (f"国家级示范社区评选办法\n\n{BODY}", None),
        (f"国家电网公司报装服务须知\n\n{BODY}", None),
        (f"教育部门助学工作规则\n\n{BODY}", None),
        (f"教育部直属中学招生办法\n\n{BODY}", None),
        (f"关于护理补助的通知\n\n{BODY}\n\n医保局\n2019年5月6日", None),
        (f"关于护理补助的通知\n\n{BODY}\n\n国家医疗保障局\n2019年5月6日", "全国"),
        (f"财政部驻河南办事处关于审核的通知\n\n{BODY}", "河南"),
        (f"朝阳产业扶持办法\n\n{BODY}", None),
        (f"朝阳产业扶持办法\n\n{BODY}\n\n朝阳市商务局\n2019年5月6日", "朝阳"),
        ("洛阳市公园开放时间表\n公园\t时间\n一园\t八时\n二园\t九时", "洛阳"),
        ("洛阳市夏令食品一瞥\n品名\t价格\n凉粉\t三元\n凉皮\t四元", "洛阳"),
    ],
)
def test_places_come_from_title_issuer_and_scope_alone(text: str, places: str | None) -> None:
    assert value_of(text, "places") == places


@pytest.mark.parametrize(
    ("second", "audience"),
    [
        ("本办法适用于本市户籍的老人。", "本市户籍的老人"),
        ("（适用对象）\n在本市连续居住三年的老人，适用本办法。", "在本市连续居住三年的老人"),
        ("本市行政区域内养老机构的管理适用本办法。", "本市行政区域内养老机构的管理"),
        ("本市行政区域内古井的修缮，适用本办法。", None),
        ("本办法适用于在中华人民共和国沿海建造的码头。", None),
        ("本办法适用于从事养殖的农户和企业。", "从事养殖的农户和企业"),
        ("外国人不适用本办法。", None),
        ("养老机构参照适用本办法。", None),
    ],
)
def test_the_audience_is_in_the_words_of_the_text(second: str, audience: str | None) -> None:
    text = f"养老服务办法\n\n第一条 为了老人，制定本办法。\n第二条 {second}\n第三条 甲。"
    assert value_of(text, "audience") == audience


@pytest.mark.parametrize(
    ("above", "page", "status"),
    [
        ("养老服务办法", {"有效性": "有效"}, "现行"),
        ("养老服务办法", {"时效性": "已失效"}, "废止"),
        ("养老服务办法\n效力状态：已废止", {}, "废止"),
        ("养老服务办法（已废止）", {}, "废止"),
        ("养老服务办法（征求意见稿）", {}, "征求意见稿"),
        ("养老服务办法（修订草案）", {}, "征求意见稿"),
        ("养老服务办法", {"有效性": ""}, None),
    ],
)
def test_the_status_is_what_page_or_stamp_says(above: str, page: dict[str, str], status: str | None) -> None:
    assert value_of(f"{above}\n\n{BODY}", "status", page) == status


NOTICE = (
    "首页 > 文件\n索引号：1\t发布机构：洛阳市民政局\n洛民〔2019〕8号\n"
    "关于印发《养老服务办法》的通知\n\n各区：\n请执行。\n\n洛阳市民政局\n2019年5月6日\n\n"
    "养老服务办法\n\n第一条 本办法适用于老人和残疾人。\n"
    "第二条 本办法自2019年7月1日起施行，有效期五年。《旧的办法》同时废止。"
)


@pytest.mark.parametrize("text", [NOTICE, f"洛阳市养老\n服务办法\n\n{BODY}", "", "\n\n", "甲\t乙\n1\t2"])
def test_evidence_stands_in_the_text_where_it_says(text: str) -> None:
    source = source_of(text)
    facts = read_facts(source, parse_outline(source.text))
    named = [getattr(facts, field.name) for field in fields(facts)]
    found = [fact for fact in (*named, *facts.repeals) if isinstance(fact, Fact)]
    assert len(found) >= (text == NOTICE) * 10
    for fact in found:
        assert 0 < fact.confidence <= 1
        assert fact.start is None or source.text[fact.start : fact.end] == fact.evidence


@pytest.mark.parametrize("label", ["文号", "发文字号", "文 号"])
def test_what_a_page_states_has_no_place_in_the_text(label: str) -> None:
    number = facts_of(f"养老服务办法\n\n{BODY}", {label: "洛民〔2019〕8号"}).number
    assert number == Fact("洛民〔2019〕8号", f"{label}：洛民〔2019〕8号", confidence=0.95)
