"""Laws of 文号 and issuer: as printed, whole, and only where they are the document's own."""

import pytest

from tests.corpus.facts.texts import BODY, facts_of, shown, value_of


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("洛政〔2019〕8号", "洛政〔2019〕8号"),
        ("洛政办[2019]18号", "洛政办[2019]18号"),
        ("洛民发（2019）28 号", "洛民发（2019）28号"),
        ("洛 民【2019】第3号", "洛民【2019】第3号"),
        ("洛阳市人民政府令第35号", "洛阳市人民政府令第35号"),
        ("洛阳市人民政府令\n第35号", "洛阳市人民政府令第35号"),
        ("某部公告2019年第35号", "某部公告2019年第35号"),
        ("文　　号：洛政〔2019〕8号\t主题词：养老", "洛政〔2019〕8号"),
        ("【文号】 洛政〔2019〕8号", "洛政〔2019〕8号"),
        ("洛阳市人民政府文件 洛政〔2019〕8号", "洛政〔2019〕8号"),
        ("（2019年5月6日洛阳市人民政府令第35号公布　自2019年7月1日起施行）", "洛阳市人民政府令第35号"),
    ],
)
def test_a_number_is_read_in_every_form(line: str, number: str) -> None:
    above = value_of(f"{line}\n洛阳市养老服务办法\n\n{BODY}", "number")
    below = value_of(f"洛阳市养老服务办法\n{line}\n\n{BODY}", "number")
    assert number in (above, below)


@pytest.mark.parametrize(
    "sentence",
    [
        "第一条 根据洛政〔2019〕8号文件，制定本办法。",
        "根据《养老办法》（洛政〔2019〕8号），现通知如下：",
        "洛政〔2019〕8号废止。",
    ],
)
def test_a_number_that_is_cited_is_not_its_own(sentence: str) -> None:
    assert facts_of(f"洛阳市养老服务办法\n\n{sentence}\n第二条 甲。").number is None


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("关于养老服务的通知\n\n各区：\n一、甲。\n\n洛阳市民政局\n2019年5月6日", "洛阳市民政局"),
        (
            "关于养老服务的通知\n\n一、甲。\n\n洛阳市民政局 洛阳市财政局\n洛阳市审计局\n2019年5月6日",
            "洛阳市民政局、洛阳市财政局、洛阳市审计局",
        ),
        ("关于养老服务的通知\n\n一、甲。\n洛阳市民政局洛阳市财政局2019年5月6日", "洛阳市民政局、洛阳市财政局"),
        ("中共洛阳市委 洛阳市人民政府\n关于养老服务的意见\n\n一、甲。", "中共洛阳市委、洛阳市人民政府"),
        ("教育部 财政部关于助学的意见\n\n一、甲。\n二、乙。", "教育部、财政部"),
        ("住房城乡建设部等三部门关于养老设施的通知\n\n一、甲。\n二、乙。", "住房城乡建设部等三部门"),
        ("关于养老服务的通知\n来源：洛阳市人民政府办公室\n\n一、甲。\n二、乙。", None),
        ("洛阳市民政局关于养老服务的通知\n\n一、甲。\n二、乙。", "洛阳市民政局"),
        ("养老服务办法\n（2019年5月6日洛阳市民政局印发）\n\n一、甲。\n二、乙。", "洛阳市民政局"),
        ("养老服务办法\n（2019年5月6日由洛阳市人民政府公布）\n\n一、甲。\n二、乙。", "洛阳市人民政府"),
        (
            "养老条例\n（2019年5月6日洛阳市第九届人民代表大会常务委员会第三次会议通过）\n\n第一条 甲。\n第二条 乙。",
            "洛阳市人民代表大会常务委员会",
        ),
        (
            "养老法\n（2019年5月6日第九届全国人民代表大会第三次会议通过）\n\n第一条 甲。\n第二条 乙。",
            "全国人民代表大会",
        ),
        ("关于停诊的公告\n\n一、甲。\n二、乙。\n特此公告。\n洛阳市第三人民医院\n2019年5月6日", "洛阳市第三人民医院"),
        ("关于报名的通知\n\n一、甲。\n二、乙。\n\n洛阳市某某幼儿园\n2019年5月6日", "洛阳市某某幼儿园"),
        ("洛阳市民政局文件\n洛民〔2019〕8号\n关于养老服务的通知\n\n一、甲。\n二、乙。", "洛阳市民政局"),
        ("发布机构：洛阳市民政局\t发布日期：2019-05-06\n养老服务办法\n\n一、甲。\n二、乙。", "洛阳市民政局"),
        ("市政府关于养老服务的通知\n\n洛阳市各区：\n一、甲。\n二、洛阳市负责。", None),
        ("洛阳市养老服务办法\n发布机构：市政府办公室\n\n一、甲。\n二、乙。", "洛阳市人民政府办公室"),
        ("养老服务办法\n发布机构：有关部门\n\n一、甲。\n二、乙。", None),
        ("养老服务办法\n来源：某某日报\n\n一、甲。\n二、乙。", None),
    ],
)
def test_the_issuer_is_who_signed_or_whom_title_and_page_name(text: str, issuer: str | None) -> None:
    assert value_of(text, "issuer") == issuer


@pytest.mark.parametrize(
    "enclosed", ["洛阳市民政局\n2018年1月2日", "洛阳市财政局 洛阳市审计局\n2018年1月2日", "（洛阳市民政局 2018年1月）"]
)
def test_who_signed_the_notice_counts_and_not_the_enclosed_text(enclosed: str) -> None:
    notice = "关于印发养老服务办法的通知\n\n各区：\n请执行。\n\n洛阳市人民政府\n2019年5月6日\n\n"
    facts = facts_of(f"{notice}养老服务办法\n\n{BODY}\n\n{enclosed}")
    assert shown(facts, "issuer") == "洛阳市人民政府"
    assert shown(facts, "issued") == "2019-05-06"
