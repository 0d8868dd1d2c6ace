import pytest

from assistant.question.history import MARGIN, TURNS, Turn, blend, earlier_questions, leans
from assistant.service import Assistant
from corpus.clause import Clause
from index.retriever import Hit


def hit(name: str, score: float) -> Hit:
    return Hit(Clause(f"d:{name}", "d", name, name, (), name, 0, 1), score)


def test_only_the_users_latest_questions_are_kept_oldest_first() -> None:
    turns = [Turn("user", f"问{i}") for i in range(6)] + [Turn("assistant", "答"), Turn("user", "  ")]
    assert earlier_questions(turns) == [f"问{i}" for i in range(6)][-TURNS:]


def test_a_question_stands_alone_when_it_finds_its_clause_clearly_better_alone() -> None:
    assert not leans([hit("a", 0.6)], [hit("b", 0.59 - MARGIN)])
    assert leans([hit("a", 0.6)], [hit("b", 0.59)])
    assert leans([hit("a", 0.3)], [hit("b", 0.6)])


def test_a_blend_ranks_by_the_mean_of_both_scores() -> None:
    blended = blend([hit("a", 0.6), hit("b", 0.5)], [hit("b", 0.7), hit("c", 0.9)])
    assert [one.clause.number for one in blended] == ["b", "c", "a"]
    assert [one.score for one in blended] == pytest.approx([0.6, 0.45, 0.3])


ASKED = [Turn("user", "房贷还清后怎么注销抵押登记"), Turn("assistant", "依据……")]


@pytest.mark.parametrize("question", ["网上交完还要等人审吗", "谁来办", "收钱吗", "那多久能办完"])
def test_a_question_without_a_topic_keeps_the_one_before(assistant: Assistant, question: str) -> None:
    found = assistant.look_up(question, ASKED)
    assert found.asked.from_history
    assert found.hits[0].clause.id == "harbin-66:11"


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("换个事，投标保证金能不能用保函代替现金", "harbin-66:47"),
        ("另外，企业年金方案在网上怎么备案", "harbin-66:22"),
    ],
)
def test_a_new_topic_leaves_the_old_one(assistant: Assistant, question: str, clause: str) -> None:
    assert assistant.look_up(question, ASKED).hits[0].clause.id == clause


def test_a_place_is_carried_over_until_another_is_named(assistant: Assistant) -> None:
    history = [Turn("user", "芜湖怎么给破产管理人打分")]
    assert assistant.look_up("谁来打分", history).asked.places.covered == ("芜湖",)
    assert assistant.look_up("哈尔滨是怎么考核的", history).asked.places.covered == ("哈尔滨",)


def test_a_question_of_nothing_but_a_place_asks_the_same_there(assistant: Assistant) -> None:
    found = assistant.look_up("哈尔滨呢", [Turn("user", "芜湖怎么给破产管理人打分")])
    assert found.asked.from_history
    assert found.hits[0].clause.id == "harbin-66:50"


def test_without_history_nothing_is_put_before(assistant: Assistant) -> None:
    asked = assistant.look_up("需要什么材料", [Turn("assistant", "您好")]).asked
    assert (asked.query, asked.in_context, asked.from_history) == ("需要什么材料", None, False)
