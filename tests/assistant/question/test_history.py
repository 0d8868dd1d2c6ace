import pytest

from assistant.question.history import (
    Turn,
    depends_on_history,
    is_only_a_place,
    last_answer,
    merge_by_mean,
    names_no_topic,
    user_messages,
)
from assistant.question.places import place_words
from assistant.service import Assistant
from corpus.clause import Clause
from index.index import Index
from index.retriever import Hit

MARGIN = 0.06


def hit(name: str, score: float) -> Hit:
    return Hit(Clause(f"d:{name}", "d", name, name, (), name, 0, 1), score)


def test_what_the_user_said_is_given_the_latest_first() -> None:
    turns = [Turn("user", f"问{i}") for i in range(6)] + [Turn("assistant", "答"), Turn("user", "  ")]
    assert list(user_messages(turns)) == [f"问{i}" for i in reversed(range(6))]


def test_the_last_answer_is_the_assistants_with_the_clauses_it_cited() -> None:
    turns = [Turn("assistant", "一", ("d:1",)), Turn("assistant", "二", ("d:2", "d:3")), Turn("user", "问")]
    assert last_answer(turns) == turns[1]
    assert last_answer(turns[2:]) is None


def test_small_talk_between_is_no_answer_to_point_at() -> None:
    turns = [Turn("assistant", "一", ("d:1",)), Turn("user", "谢谢"), Turn("assistant", "不客气")]
    assert last_answer(turns) == turns[0]
    assert last_answer(turns[1:]) == turns[2], "where nothing was cited, the text of the last is looked at"


def test_a_question_stands_alone_when_it_finds_its_clause_clearly_better_alone() -> None:
    assert not depends_on_history([hit("a", 0.6)], [hit("b", 0.59 - MARGIN)], MARGIN)
    assert depends_on_history([hit("a", 0.6)], [hit("b", 0.59)], MARGIN)
    assert depends_on_history([hit("a", 0.3)], [hit("b", 0.6)], MARGIN)
    assert depends_on_history([], [hit("b", 0.6)], MARGIN)


def test_merged_results_are_ranked_by_the_mean_of_both_scores() -> None:
    merged = merge_by_mean([hit("a", 0.6), hit("b", 0.5)], [hit("b", 0.7), hit("c", 0.9)])
    assert [one.clause.number for one in merged] == ["b", "c", "a"]
    assert [one.score for one in merged] == pytest.approx([0.6, 0.45, 0.3])


@pytest.mark.parametrize(
    ("question", "no_topic", "only_a_place"),
    [
        ("滁州呢", True, True),
        ("合肥", True, True),
        ("需要什么材料", True, False),
        ("合肥要多久", True, False),
        ("how long does it take", True, False),
        ("退休证怎么办", False, False),
        ("合肥的退税", False, False),
    ],
)
def test_a_question_without_a_word_of_its_own_names_no_topic(
    index: Index, question: str, no_topic: bool, only_a_place: bool
) -> None:
    [query] = index.read([question])
    places = place_words(question)
    assert (names_no_topic(query, places), is_only_a_place(query, places)) == (no_topic, only_a_place)


ASKED = [Turn("user", "房贷还清后怎么注销抵押登记"), Turn("assistant", "依据……")]


@pytest.mark.parametrize("question", ["网上交完还要等人审吗", "谁来办", "收钱吗", "那多久能办完"])
def test_a_question_without_a_topic_keeps_the_one_before(assistant: Assistant, question: str) -> None:
    found = assistant.look_up(question, ASKED).result
    assert found.used_history
    assert found.hits[0].clause.id == "harbin-66:11"


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("换个事，投标保证金能不能用保函代替现金", "harbin-66:47"),
        ("另外，企业年金方案在网上怎么备案", "harbin-66:22"),
    ],
)
def test_a_new_topic_leaves_the_old_one(assistant: Assistant, question: str, clause: str) -> None:
    assert assistant.look_up(question, ASKED).result.hits[0].clause.id == clause


def test_a_place_is_carried_over_until_another_is_named(assistant: Assistant) -> None:
    history = [Turn("user", "芜湖怎么给破产管理人打分")]
    for question, place in (("谁来打分", "芜湖"), ("哈尔滨是怎么考核的", "哈尔滨")):
        found = assistant.look_up(question, history)
        assert found.reading.places.covered == found.result.places.covered == (place,)


def test_a_question_of_nothing_but_a_place_asks_the_same_there(assistant: Assistant) -> None:
    found = assistant.look_up("哈尔滨呢", [Turn("user", "芜湖怎么给破产管理人打分")]).result
    assert found.used_history
    assert found.hits[0].clause.id == "harbin-66:50"


def test_without_history_nothing_is_put_before(assistant: Assistant) -> None:
    found = assistant.look_up("需要什么材料", [Turn("assistant", "您好")])
    assert found.reading.in_context is None
    assert (found.result.query.text, found.result.used_history) == ("需要什么材料", False)
