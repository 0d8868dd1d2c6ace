"""Which messages are about the talk itself, and which are questions that only sound like it."""

import pytest

from assistant.question.talk import LAST, Act, act_of, nth_of
from index.text.normalizer import normalize


@pytest.mark.parametrize(
    "text",
    [
        "破产管理人由谁指定", "12345热线管哪些事", "投诉举报从哪里提", "人工智能公司有补贴吗", "再次申请贷款要等多久",
        "区别对待民营企业怎么办", "人工授精报销吗", "客服中心怎么备案", "真人秀节目审批", "重复检查怎么投诉",
        "还有别的银行办首贷吗", "第二个孩子怎么落户", "第二类医疗器械备案", "不对称加密备案", "谢师宴要报备吗",
        "好的企业能上名单吗", "简单注销需要什么", "举报偷税有奖励吗", "我要投诉供暖不热", "你们单位在哪里",
        "找谁盖章", "一般纳税人和小规模有什么区别", "哪几种车能补贴", "原文件遗失怎么补", "错误登记怎么更正",
        "没有回复我的申请怎么办", "不是本地户口能办吗", "没有房产证能过户吗", "什么是容缺办理", "继续教育学分",
        "收到罚单怎么办", "投诉", "对公账户怎么开", "行政复议找谁", "human resources permit",
        "customer service centre subsidy", "how do I repeat a test",
        "what is the difference between a branch and a firm", "which kinds of firms get the subsidy",
        "who do I call about heating", "is there more than one window", "wrong name on my licence",
        "simple deregistration", "second home purchase", "okay to work from home?", "thank-you fee legal?",
        "complaint about a bank",
    ],
)  # fmt: skip
def test_a_question_about_a_matter_is_no_talk_about_the_talk(text: str) -> None:
    assert act_of(normalize(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "需要打电话吗", "谁可以去", "还需要什么", "怎么联系", "投诉给谁", "一样吗", "简单吗", "要写什么",
        "写错了怎么办", "第一次可以吗",
        "两个都要吗", "what documents do I need", "can someone else do it", "any other documents",
        "what if it is wrong",
        "is it easy", "do I need an agent", "will they call me", "must I repeat it", "how long",
    ],
)  # fmt: skip
def test_a_follow_up_in_the_words_of_the_talk_is_a_question_all_the_same(text: str) -> None:
    assert act_of(normalize(text)) is None


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("这些话太专业了，我没看明白", Act.SIMPLER), ("前面那个答案再念一遍给我听", Act.AGAIN),
        ("你没理解我的意思", Act.WRONG),
        ("除了这些还有没有别的办法", Act.MORE), ("我不想跟机器聊，让客服来说", Act.PERSON),
        ("这事我应该问谁", Act.CALL),
        ("这两条说的有什么出入", Act.DIFFERENCE), ("请把第三个再说得详细点", Act.NTH),
        ("你根据哪个文件这么说", Act.SOURCE),
        ("could you put it in easier words for me", Act.SIMPLER), ("you have still not answered it", Act.WRONG),
        ("are there any other measures?", Act.MORE), ("I would prefer to talk with a real person", Act.PERSON),
        ("how is the first one different from the other", Act.DIFFERENCE), ("where is that written", Act.SOURCE),
    ],
)  # fmt: skip
def test_a_message_made_of_the_words_of_the_talk_is_told_by_its_signs(text: str, act: Act) -> None:
    assert act_of(normalize(text)) is act


def test_of_several_wishes_the_one_that_asks_most_counts() -> None:
    assert act_of(normalize("好的，谢谢。再见！")) is Act.GOODBYE
    assert act_of(normalize("你好，麻烦转人工")) is Act.PERSON
    assert act_of(normalize("不对，我问的是注销")) is None
    assert act_of(normalize("再说一遍" * 30)) is None, "so long a message is read as a question"


@pytest.mark.parametrize(
    ("text", "nth"),
    [
        ("第二个", (2, False)), ("第十一个的原文", (11, False)), ("第两个", (2, False)), ("最后一个呢", (LAST, False)),
        ("前者", (1, False)), ("后者的依据", (LAST, False)), ("第三条的出处", (3, True)),
        ("好的，第四个呢", (4, False)),
        ("the third one", (3, False)), ("what about the last one?", (LAST, False)), ("number 2", (2, False)),
        ("摊位怎么备案", None),
    ],
)  # fmt: skip
def test_which_one_is_meant(text: str, nth: tuple[int, bool] | None) -> None:
    assert nth_of(normalize(text)) == nth
