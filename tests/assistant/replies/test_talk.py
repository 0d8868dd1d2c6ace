"""Talk about the talk: conversations of several turns, in both languages, and questions that are none of it."""

from collections.abc import Sequence

import pytest

from assistant.answer import Answer, Audience, BlockKind, Reason, Status
from assistant.question.history import Turn
from assistant.service import Assistant

FIRST_LOAN, CHUZHOU_REGISTER, HARBIN_DIVIDE = "anhui-2023-4:1.3", "anhui-2023-4:4.2", "harbin-66:10"


def talk(
    assistant: Assistant, *said: str, audience: Audience = Audience.CITIZEN, with_ids: bool = True
) -> list[Answer]:
    """The answers to what the user says, turn by turn; without ids the assistant's turns hold their words alone."""
    history: list[Turn] = []
    answers: list[Answer] = []
    for text in said:
        answers.append(assistant.ask(text, history=history, audience=audience))
        ids = tuple(citation.clause_id for citation in answers[-1].citations) if with_ids else ()
        history += [Turn("user", text), Turn("assistant", answers[-1].text, ids)]
    return answers


def cited(answer: Answer) -> list[str]:
    return list(dict.fromkeys(citation.clause_id for citation in answer.citations))


def quotes(answer: Answer) -> list[str]:
    return [citation.quote for citation in answer.citations]


def is_about_the_talk(answer: Answer) -> bool:
    return (answer.status, answer.reason, answer.citations) == (Status.NO_ANSWER, Reason.CONVERSATION, ())


@pytest.mark.parametrize("with_ids", [True, False])
def test_once_more_quotes_the_same_words_again_whatever_was_said_between(assistant: Assistant, with_ids: bool) -> None:
    first, again, thanks, once_more = talk(
        assistant, "小微企业头一回贷款怎么申请", "刚才没听清，再说一次吧", "哦，谢谢", "重复一遍", with_ids=with_ids
    )
    assert quotes(first) == quotes(again) == quotes(once_more)
    assert again.blocks[0].text == "刚才的回答是："
    assert is_about_the_talk(thanks)
    assert thanks.text.startswith("不客气")


def test_once_more_after_a_refusal_says_it_again_and_cites_nothing(assistant: Assistant) -> None:
    for with_ids in (True, False):
        refused, again = talk(assistant, "芜湖首贷专区的座机号码是多少", "再说一遍", with_ids=with_ids)
        assert (again.reason, again.text) == (refused.reason, refused.text)
        assert again.citations == ()


def test_simpler_words_are_those_of_the_records_of_what_was_cited(assistant: Assistant) -> None:
    _, simpler, once_more, hopeless = talk(
        assistant, "退休证能在网上下载吗", "太长了，说得通俗一点", "用大白话讲讲", "转真人"
    )
    record = assistant.corpus.plain["harbin-66:19"]
    assert is_about_the_talk(simpler)
    assert [block.text for block in simpler.blocks if block.kind is BlockKind.GIST] == [record.plain]
    assert simpler.blocks[0].text == f"一句话：{record.name}。"
    assert "第十九条" in simpler.text
    assert once_more.text.startswith("没有更简单的说法了")
    assert record.plain in once_more.text
    assert "12345" in hopeless.text


def test_without_records_there_are_no_simpler_words_and_it_is_said(market: Assistant) -> None:
    first, simpler, kinds = talk(market, "摆旧书摊要备案吗", "看不懂", "哪几种")
    assert cited(first) == ["market:3"]
    assert "没有白话解释" in simpler.text
    assert is_about_the_talk(simpler)
    assert cited(kinds) == ["market:3"]
    assert "没有分项列出" in kinds.text


def test_who_was_not_answered_is_asked_what_is_meant_and_shown_what_else_is_near(assistant: Assistant) -> None:
    first, wrong, still_wrong = talk(assistant, "合肥的公司注销怎么办", "你没有回答我的问题", "还是不对")
    assert is_about_the_talk(wrong)
    assert "请用一句话告诉我" in wrong.text
    assert wrong.blocks[-1].kind is BlockKind.CALL
    assert "12345" in wrong.blocks[-1].text
    assert wrong.related
    assert {near.clause_id for near in wrong.related}.isdisjoint(cited(first))
    assert is_about_the_talk(still_wrong)
    assert still_wrong.text != wrong.text


def test_what_else_gives_the_next_clauses_that_answer_each_once_until_there_are_none(assistant: Assistant) -> None:
    answers = talk(assistant, "不动产登记有什么方便的", "还有别的规定吗", "还有吗", "还有吗", "还有吗")
    shown = [id_ for answer in answers for id_ in cited(answer)]
    assert len(shown) == len(set(shown)) >= 2
    assert is_about_the_talk(answers[-1])
    assert "没有别的答案" in answers[-1].text
    assert {near.clause_id for near in answers[-1].related}.isdisjoint(shown)


def test_which_kinds_quotes_the_items_that_the_clause_lists(assistant: Assistant) -> None:
    _, kinds, second, third = talk(
        assistant, "小微企业头一回贷款怎么申请", "具体有哪几种", "第二个的依据是哪条", "最后一个呢"
    )
    clause = assistant.corpus.clause(FIRST_LOAN)
    assert [citation.part_id for citation in kinds.citations] == [part.id for part in clause.parts]
    assert kinds.text.startswith(f"文件列出{len(clause.parts)}项")
    assert quotes(second) == [clause.parts[1].text]
    assert second.blocks[0].text == "在皖营商环境办〔2023〕4号 典型案例 一、（三）二是。"
    assert quotes(third) == [clause.parts[-1].text], "counted in the list, not in the second one"


def test_the_difference_of_two_answers_is_both_side_by_side_under_their_places(assistant: Assistant) -> None:
    chuzhou, harbin, both, latter = talk(
        assistant, "滁州不动产登记怎么办", "哈尔滨呢", "这两个有什么不一样", "后者的原文"
    )
    assert (cited(chuzhou), cited(harbin)) == ([CHUZHOU_REGISTER], [HARBIN_DIVIDE])
    assert cited(both) == [CHUZHOU_REGISTER, HARBIN_DIVIDE]
    names = [block.text for block in both.blocks if block.kind is BlockKind.NAME]
    assert [name[:4] for name in names] == ["【滁州 ", "【哈尔滨"]
    assert cited(latter) == [HARBIN_DIVIDE]
    assert latter.blocks[0].kind is BlockKind.LEAD
    assert "第十条" in latter.blocks[0].text


def test_of_one_clause_there_is_no_difference(assistant: Assistant) -> None:
    _, one = talk(assistant, "退休证能在网上下载吗", "有啥区别")
    assert is_about_the_talk(one)
    assert "没有可以比较的另一条" in one.text


def test_the_nth_is_counted_in_the_answer_that_cited_several(assistant: Assistant) -> None:
    several, second, first, fifth = talk(assistant, "第26条和第33条", "第二个", "第一个的原文呢", "第五个呢")
    assert cited(several) == ["harbin-66:26", "harbin-66:33"]
    assert (cited(second), cited(first)) == (["harbin-66:33"], ["harbin-66:26"])
    assert "第三十三条" in second.blocks[0].text
    assert is_about_the_talk(fifth)
    assert "没有第5个" in fifth.text


def test_a_clause_number_beyond_what_was_cited_is_the_number_of_a_clause(assistant: Assistant) -> None:
    _, clause = talk(assistant, "退休证能在网上下载吗", "第33条的原文")
    assert cited(clause) == ["harbin-66:33"]
    assert cited(assistant.ask("第二条的原文")) == ["harbin-66:2"]


def test_where_it_stands_is_the_address_and_the_words(assistant: Assistant) -> None:
    first, source, sure = talk(assistant, "退休证能在网上下载吗", "依据是什么", "你确定吗")
    for answer in (source, sure):
        assert cited(answer) == cited(first)
        assert (
            answer.blocks[0].text == "在《哈尔滨市优化营商环境改革措施66条》第十九条（四、提高劳动就业公共服务质量）。"
        )


def test_in_english_too(assistant: Assistant) -> None:
    first, again, plainer, kinds, second, wrong = talk(
        assistant,
        "How does a small firm in Wuhu get its first bank loan?",
        "Sorry, could you repeat that?",
        "I still don't understand.",
        "Which kinds are there?",
        "Where does the second one come from?",
        "No, that's not what I asked!",
        with_ids=False,
    )
    assert cited(first) == [FIRST_LOAN]
    assert quotes(again) == quotes(first)
    assert plainer.blocks[0].text == f"In one line: {assistant.corpus.plain[FIRST_LOAN].title_en}."
    assert kinds.text.startswith("The document lists 4")
    assert [citation.part_id for citation in second.citations] == [f"{FIRST_LOAN}.2"]
    assert wrong.text.startswith("Sorry, that did not answer")
    assert {answer.language for answer in (first, again, plainer, kinds, second, wrong)} == {"en"}


def test_english_small_talk(assistant: Assistant) -> None:
    hello, fine, who, person, complaint, call, thanks, bye = talk(
        assistant, "Good morning!", "ok", "Are you a robot?", "Please connect me to a human",
        "I want to make a complaint", "Who should I contact?", "Many thanks", "Bye, that's all",
    )  # fmt: skip
    assert hello.reason is Reason.GREETING
    assert hello.text.startswith("Hello")
    others = (fine, who, person, complaint, call, thanks, bye)
    assert all(map(is_about_the_talk, others))
    assert "program, not a person" in who.text
    assert all("12345" in answer.blocks[-1].text for answer in (person, complaint, call))
    assert thanks.text.startswith("You are welcome")
    assert bye.text.startswith("Good-bye")


def test_an_acknowledgement_is_no_greeting_and_a_greeting_is_one(assistant: Assistant) -> None:
    hello, fine, bye, who = talk(assistant, "您好，在吗", "嗯嗯，知道了", "没别的事了，再见", "您是机器还是真人")
    assert (hello.reason, hello.text[:2]) == (Reason.GREETING, "您好")
    assert all(is_about_the_talk(answer) and not answer.text.startswith("您好") for answer in (fine, bye, who))
    assert "不是真人" in who.text


@pytest.mark.parametrize(
    "text",
    [
        "帮我转接人工客服",
        "有没有真人",
        "我要举报",
        "我想投诉你们",
        "那我应该找谁咨询",
        "你好，转人工",
        "不对，找个人跟我说",
    ],
)
@pytest.mark.parametrize("before", [(), ("退休证能在网上下载吗",)])
def test_who_wants_a_person_is_given_the_number_at_once(assistant: Assistant, text: str, before: Sequence[str]) -> None:
    answer = talk(assistant, *before, text)[-1]
    assert is_about_the_talk(answer)
    assert answer.blocks[-1].kind is BlockKind.CALL
    assert "12345" in answer.blocks[-1].text


def test_the_office_and_the_number_that_the_last_clause_names_are_told(office: Assistant) -> None:
    first, call = talk(office, "蒸汽锅炉由哪个科室检查", "我该打给谁")
    assert "承压科" in first.text
    assert "刚才的条款写到的单位：承压科" in call.text
    _, number = talk(office, "人民医院的急诊电话", "那我该找谁问")
    assert "0599-6100345" in number.text
    assert is_about_the_talk(number)


def test_an_agent_is_told_what_to_do_with_the_caller(assistant: Assistant) -> None:
    first, *others = talk(
        assistant,
        "退休证能在网上下载吗",
        "说简单点",
        "不对",
        "转人工",
        "我要投诉",
        "该找谁",
        "你是谁",
        audience=Audience.AGENT,
    )
    assert first.citations
    assert all("12345" not in answer.text for answer in others)
    assert "来电人" in others[2].text
    assert "登记投诉" in others[3].text


@pytest.mark.parametrize(
    "text",
    ["再说一遍", "说简单点", "不对", "还有别的吗", "哪几种", "两个有啥区别", "第二个的依据是哪条", "依据呢",
     "say it again", "in plain words please", "that is wrong", "anything else?", "what kinds", "the second one"],
)  # fmt: skip
def test_before_anything_was_asked_it_is_said_how_to_ask(assistant: Assistant, text: str) -> None:
    for history in ((), (Turn("user", "你好"), Turn("assistant", "您好"))):
        answer = assistant.ask(text, history=history)
        assert is_about_the_talk(answer)
        assert answer.text.startswith(("前面还没有说到哪件事", "We have not spoken of any matter"))


def test_a_history_without_answers_is_looked_up_again(assistant: Assistant) -> None:
    asked = [Turn("user", "退休证能在网上下载吗")]
    assert cited(assistant.ask("再说一遍", history=asked)) == ["harbin-66:19"]
    assert cited(assistant.ask("出处是哪里", history=asked)) == ["harbin-66:19"]


def test_a_follow_up_keeps_its_matter_over_what_was_said_of_the_talk(assistant: Assistant) -> None:
    plain = talk(assistant, "芜湖工程报建谁来代办", "要交钱吗")[-1]
    between = talk(assistant, "芜湖工程报建谁来代办", "没听清", "好的", "谢谢", "哦", "要交钱吗")[-1]
    assert between.understood == plain.understood
    assert (between.status, cited(between)) == (plain.status, cited(plain))


def test_which_number_to_ring_is_a_question_about_the_matter_where_there_is_one(office: Assistant) -> None:
    assert is_about_the_talk(office.ask("该打哪个电话"))
    assert talk(office, "第一医院急诊在哪", "该打哪个电话")[-1].reason is not Reason.CONVERSATION
