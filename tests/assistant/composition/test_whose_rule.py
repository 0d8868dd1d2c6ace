"""Whose rule is quoted, beside whom or what was asked about; through the shipped texts in the end."""

import pytest

from assistant.answer import BlockKind
from assistant.composition.sentences import QuotedSentence
from assistant.composition.whose_rule import Matter, people_difference, place_difference, practised_in
from assistant.service import Assistant


def sentence(
    *places: str, text: str = "开设窗口", cosine: float = 0.5, excepted: tuple[str, ...] = ()
) -> QuotedSentence:
    return QuotedSentence(1, text, text, cosine, places, excepted)


@pytest.mark.parametrize(
    ("said", "asked", "key"),
    [
        (("温州",), ("绍兴",), "other"),
        (("温州",), ("温州",), None),
        (("温州",), ("鹿城区",), None),  # lies in it
        (("温州",), (), "part"),
        (("温州",), ("浙江",), "part"),
        (("秦淮区", "建邺区"), ("溧水区",), "not_listed"),
        (("秦淮区", "建邺区"), ("建邺区",), None),
        (("秦淮区", "建邺区"), ("南京",), "part"),
        (("秦淮区",), ("溧水区",), "other"),
        ((), ("绍兴",), None),
    ],
)
def test_the_place_of_a_sentence_is_held_against_the_place_asked_about(
    said: tuple[str, ...], asked: tuple[str, ...], key: str | None
) -> None:
    found = place_difference([sentence(*said)], asked)
    assert (found and found.key) == key


def test_another_sentence_about_the_place_asked_for_is_enough() -> None:
    assert place_difference([sentence("温州", cosine=0.6), sentence("绍兴", cosine=0.5)], ("绍兴",)) is None


def test_a_place_that_the_text_leaves_out_is_said_to_be() -> None:
    found = place_difference([sentence(excepted=("溧水区",))], ("溧水区",))
    assert found is not None
    assert (found.key, found.said_places) == ("excepted", ("溧水区",))


@pytest.mark.parametrize(
    ("question", "quoted", "key"),
    [
        ("非小微企业也减半收取吗", "对小微企业减半收取检测费。", "only"),
        ("小微企业以外的公司呢", "对小微企业减半收取检测费。", "only"),
        ("大型企业也减半收取吗", "对小微企业减半收取检测费。", "others"),
        ("小微企业减半收取吗", "对小微企业减半收取检测费。", None),
        ("退役军人优先吗", "残疾人优先办理。", "others"),
        ("退役军人优先吗", "残疾人、退役军人优先办理。", None),
        ("退役军人优先吗", "当场办结。", None),
        ("非本市户籍能报名吗", "本市户籍的学生可以报名。", "only"),
        ("外地户口能报名吗", "本市户籍和非本市户籍的学生都可以报名。", None),
        ("乡镇也通夜班车吗", "市区开通夜班车。", "others"),
        ("养殖户之外的人能领吗", "养殖户每年领取一次。", "only"),
        ("is it free for non-veterans", "退役军人免费停车。", "only"),
        ("Do people with disabilities park for free?", "退役军人免费停车。", "others"),
    ],
)
def test_the_people_of_the_quotes_are_held_against_those_asked_about(
    question: str, quoted: str, key: str | None
) -> None:
    found = people_difference(question.lower(), [sentence(text=quoted)], Matter(quoted, quoted))
    assert (found and found.key) == key


@pytest.mark.parametrize(
    ("question", "quoted", "key"),
    [
        ("40岁能报名吗", "十八周岁以上三十五周岁以下的可以报名。", "bound"),
        ("30岁能报名吗", "十八周岁以上三十五周岁以下的可以报名。", None),
        ("6人的小组能申请吗", "每组给予2000元;10人以上的小组加倍。", None),  # the general case comes first
        ("网吧能领补贴吗", "小吃店每月补贴水费。网吧、歌舞厅不予补贴。", "ruled_out"),
        ("小吃店能领补贴吗", "小吃店每月补贴水费。网吧、歌舞厅不予补贴。", None),
        ("有违约记录的商户能续租吗", "不存在违约记录的商户优先续租。", "only"),
        ("没有违约记录的商户能续租吗", "不存在违约记录的商户优先续租。", None),
        ("没有健康证的能摆摊吗", "持有健康证的人员可以摆摊。", "required"),
        ("除了烟酒店，花店也能免押金吗", "烟酒店免收押金。", "only"),
        ("以前领过的还能领吗", "首次创业的给予补贴。", "others"),
        ("大公司欠我们小厂货款能申请吗", "小微企业可以申请。", None),  # who owes is not who asks
    ],
)
def test_cases_that_the_quotes_leave_out_are_told_from_those_they_take_in(
    question: str, quoted: str, key: str | None
) -> None:
    sentences = [sentence(text=one) for one in quoted.replace(";", "。").split("。") if one]
    found = people_difference(question, sentences, Matter(quoted, quoted))
    assert (found and found.key) == key


def test_a_heading_that_names_one_city_of_the_province_makes_it_that_city_s_practice(assistant: Assistant) -> None:
    answer = assistant.ask("芜湖有没有知识产权大厦")
    assert "文件写的是合肥的做法；芜湖是否已办，文件没有写明。" in answer.blocks[0].text


def test_places_that_say_as_much_are_named_together() -> None:
    near = [sentence("温州", cosine=0.6), sentence("绍兴", cosine=0.58), sentence("金华", cosine=0.2)]
    assert practised_in(near) == ("温州", "绍兴")


def test_which_place_does_it_is_answered_by_the_place_of_the_words(assistant: Assistant) -> None:
    assert assistant.ask("远程帮办房产登记，哪个市做了").blocks[0].text.endswith("文件里写到这件事的有：合肥。")


def test_a_refusal_says_of_which_cases_the_nearest_clause_is(assistant: Assistant) -> None:
    answer = assistant.ask("Is the outside line free for a big factory in Wuhu as well?")
    assert answer.status == "no_answer"
    assert "small" in answer.text


def test_whom_the_rest_of_the_clause_names_is_no_stranger() -> None:
    quoted, clause = "残疾人优先办理。", "残疾人优先办理。退役军人凭证件优先。"
    assert people_difference("退役军人优先吗", [sentence(text=quoted)], Matter(quoted, clause)) is None


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("滁州能给首贷户预授信吗", "文件写的是芜湖的做法；滁州是否已办，文件没有写明。"),
        ("滁州买房登记，有人远程帮着申报吗", "文件写的是合肥的做法；滁州是否已办，文件没有写明。"),
        ("松北区装水装气，七样能填一张表吗", "松北区不在文件列出的道里区、道外区、南岗区、香坊区、平房区之内。"),
        ("阿城区有没有数字政务门牌", "文件写的是道里区的做法；阿城区是否已办，文件没有写明。"),
        ("芜湖大型企业低压接电也零投资吗", "文件写的是小微企业；大型企业是否适用，文件没有写明。"),
        ("芜湖小微企业之外的也零投资吗", "文件只写了小微企业；此外的是否适用，文件没有写明。"),
    ],
)
def test_what_holds_for_others_is_said_first_and_no_yes_stands_beside_it(
    assistant: Assistant, question: str, first: str
) -> None:
    answer = assistant.ask(question)
    assert answer.blocks[0].kind is BlockKind.LEAD
    assert answer.blocks[0].text.endswith(first)
    own = [block.text for block in answer.blocks if block.kind in (BlockKind.LEAD, BlockKind.NOTICE)]
    assert not any("可以" in text for text in own)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("芜湖能给首贷户预授信吗", "芜湖"),
        ("道里区装水装气，七样能填一张表吗", "道里"),
    ],
)
def test_who_asks_for_the_place_of_the_quote_is_told_no_difference(
    assistant: Assistant, question: str, first: str
) -> None:
    answer = assistant.ask(question)
    assert "没有写明" not in answer.text
    assert "不在文件列出" not in answer.text
    assert first in answer.text


def test_the_places_of_the_quoted_words_are_data_of_the_citation(assistant: Assistant) -> None:
    assert assistant.ask("滁州能给首贷户预授信吗").citations[0].places_in_quote == ("芜湖",)
    assert assistant.ask("房贷还清怎么在网上注销抵押").citations[0].places_in_quote == ()
