import pytest

from assistant.history import Turn, stands_alone, with_history


@pytest.mark.parametrize(
    "question",
    [
        "换成合肥呢",
        "那谁来办",
        "个体户也行吗",
        "需要什么材料",
        "what about Wuhu?",
        "does that apply to shops?",
        "how long does it take there?",
        "how long does it take",
        "and for small shops?",
    ],
)
def test_a_follow_up_leans_on_what_was_said(question: str) -> None:
    assert not stands_alone(question)


@pytest.mark.parametrize(
    "question",
    [
        "Is there any first-loan support for small firms?",
        "support that small companies can get for a first loan",
        "房贷还清以后在网上怎么注销不动产抵押登记呢",
        "房贷还清后网上怎么注销抵押登记",
        "企业年金方案备案怎么办理",
        "how do I get first-loan support for a small shop",
    ],
)
def test_a_whole_question_stands_alone(question: str) -> None:
    assert stands_alone(question)


def test_a_follow_up_takes_the_last_whole_question_of_the_user() -> None:
    history = [
        Turn("user", "房贷还清后怎么注销抵押登记"),
        Turn("assistant", "依据……"),
        Turn("user", "谁来办"),
        Turn("assistant", "依据……"),
    ]
    assert with_history("需要什么材料", history) == ("房贷还清后怎么注销抵押登记 需要什么材料", True)


def test_a_whole_question_leaves_the_history_alone() -> None:
    question = "企业年金方案备案怎么办理"
    assert with_history(question, [Turn("user", "房贷还清后怎么注销抵押登记")]) == (question, False)


@pytest.mark.parametrize("history", [[], [Turn("assistant", "您好")], [Turn("user", "  ")]])
def test_without_an_earlier_question_nothing_is_put_before(history: list[Turn]) -> None:
    assert with_history("需要什么材料", history) == ("需要什么材料", False)


@pytest.mark.parametrize("question", ["怎么注销抵押", "怎么领退休证", "怎么上牌", "能直接打印吗", "电费怎么交"])
def test_a_short_question_with_a_topic_stands_alone(question: str) -> None:
    assert stands_alone(question)


@pytest.mark.parametrize(
    "question", ["需要什么材料", "要交钱吗", "要跑几趟", "how long does it take", "How much?", "那谁来办"]
)
def test_a_question_of_nothing_but_aspects_leans(question: str) -> None:
    assert not stands_alone(question)
