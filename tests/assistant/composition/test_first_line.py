"""The first line of an answer, through the whole assistant."""

import pytest

from assistant.answer import Audience, BlockKind
from assistant.messages import messages
from assistant.service import Assistant


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("存档在档案中心，退休证能自己打印吗", "【哈尔滨】可以。"),
        ("滁州窗口过户还要带纸质材料吗", "【滁州 2023-10-19】不用。"),
        ("合肥办永久居留身份证还要无犯罪记录证明吗", "【合肥 2023-10-19】不用。"),
        ("同一个规划许可证，盖好的一栋楼能先验收吗", "【哈尔滨】可以。"),
        ("哈尔滨税务局同一年度能重复上门检查吗", "【哈尔滨】不得（按原文所写的条件）。"),
        ("Do I need a no-crime certificate for permanent residence in Hefei?", "[Hefei 2023-10-19] Not required."),
    ],
)
def test_yes_or_no_stands_first_behind_place_and_day(assistant: Assistant, question: str, first: str) -> None:
    lead = assistant.ask(question).blocks[0]
    assert (lead.kind, lead.text) == (BlockKind.LEAD, first)
    assert lead.citations


def test_the_number_stands_first(assistant: Assistant) -> None:
    lead = assistant.ask("芜湖小微企业低压接入标准是多少千瓦").blocks[0]
    assert (lead.kind, lead.text) == (BlockKind.LEAD, "【芜湖 2023-10-19】200千瓦。")


@pytest.mark.parametrize("question", ["怎么注销抵押登记", "How do I cancel a mortgage after paying it off?"])
def test_else_the_plain_sentence_comes_right_behind_place_and_day(assistant: Assistant, question: str) -> None:
    first, source = assistant.ask(question).blocks[:2]
    assert (first.kind, source.kind) == (BlockKind.GIST, BlockKind.SOURCE)
    assert first.text.startswith(("【哈尔滨】", "[Harbin] "))
    assert source.text.endswith(("（日期未写明）", "(undated)"))


def test_a_clause_without_a_plain_sentence_is_told_in_its_own_words(market: Assistant) -> None:
    lead = market.ask("旧书缺页能退货吗").blocks[0]
    assert lead.text.startswith("【适用地区未注明】可以")
    assert "可以自购买之日起7日内退货" in lead.text


def test_a_place_in_the_question_wins_and_the_answer_says_so(assistant: Assistant) -> None:
    answer = assistant.ask("哈尔滨房贷还清了怎么注销抵押", jurisdiction=["合肥"])
    assert answer.citations[0].jurisdiction == ("哈尔滨",)
    assert "您问的是哈尔滨，所以没有按选择的地区（合肥）回答。" in answer.text
    assert "所以没有按选择" not in assistant.ask("怎么注销抵押", jurisdiction=["哈尔滨"]).text


def test_of_what_one_city_does_the_place_before_the_line_is_that_city(assistant: Assistant) -> None:
    answer = assistant.ask("首贷能扫二维码申请吗")
    assert answer.blocks[0].text.startswith("【芜湖 2023-10-19】")
    assert "文件写的是芜湖的做法，其他地方没有写明。" in answer.text


def test_no_yes_or_no_is_said_of_a_clause_that_is_only_near(assistant: Assistant) -> None:
    found = assistant.look_up("退休证能自己打印吗")
    blocks, _ = assistant.composer.quoting(found.result, found.result.hits[:1], messages("zh"), Audience.CITIZEN)
    assert not any(block.kind is BlockKind.LEAD for block in blocks)
