"""The answers behind the page."""

from collections.abc import Sequence

import pytest

from assistant.answer import Answer
from assistant.messages import languages
from assistant.service import Assistant, Turn
from corpus.errors import InputError
from ui.chat.chat import Chat

MANY = ("你好", "怎么申请首贷", "谢谢", "今晚吃什么", "退休证可以自己在网上下载吗？", "房贷还清后怎么注销抵押")


@pytest.fixture(scope="module")
def told() -> list[Answer]:
    return []


@pytest.fixture
def chat(assistant: Assistant, told: list[Answer]) -> Chat:
    told.clear()
    return Chat(assistant, lambda answer, _history: told.append(answer))


def test_each_answer_is_told_to_the_counter_and_shown_in_every_language(chat: Chat, told: list[Answer]) -> None:
    exchanges = [chat.ask("怎么申请首贷", ""), chat.ask("退休证怎么下载", "哈尔滨")]
    assert [exchange.answer for exchange in exchanges] == told
    for code in languages():
        question, answer = chat.shown(exchanges[0], code)
        assert "怎么申请首贷" in question
        assert "pq-answered" in answer


def test_a_follow_up_leans_on_the_turns_that_are_sent(chat: Chat) -> None:
    turns = chat.ask("怎么申请首贷", "").turns()
    assert [turn.role for turn in turns] == ["user", "assistant"]
    assert turns[1].clause_ids
    assert chat.ask("那贴息呢？", "", turns).answer.understood.rewritten_from_history
    assert not chat.ask("那贴息呢？", "").answer.understood.rewritten_from_history


def test_what_was_said_before_is_told_with_the_answer(assistant: Assistant) -> None:
    told: list[Sequence[Turn]] = []
    chat = Chat(assistant, lambda _answer, history: told.append(history))
    turns = chat.ask("怎么申请首贷", "").turns()
    chat.ask("那贴息呢？", "", turns)
    assert told == [(), turns]


def test_the_place_chosen_holds(chat: Chat, assistant: Assistant) -> None:
    answer = chat.ask("不动产登记怎么办", "哈尔滨").answer
    ids = [c.clause_id for c in answer.citations] + [r.clause_id for r in answer.related]
    assert ids
    assert all(assistant.corpus.clause(id_).jurisdiction == ("哈尔滨",) for id_ in ids)


def test_a_question_over_the_limit_is_refused(chat: Chat) -> None:
    with pytest.raises(InputError):
        chat.ask("贷" * (chat.limits.max_question + 1), "")


def test_what_is_offered_next_is_answered_in_its_conversation(chat: Chat) -> None:
    offered = 0
    for question in (*MANY, "hello", "How is a credit record repaired after a penalty?"):
        said = chat.ask(question, "")
        assert len(said.follow_ups) <= 3
        for more in said.follow_ups:
            answer = chat.ask(more, "", said.turns()).answer
            assert answer.citations
            assert answer.language == said.answer.language
            offered += 1
    assert offered > 10


def test_a_turn_names_a_clause_once(chat: Chat) -> None:
    turn: Turn = chat.ask("小微企业第一次贷款有哪些支持？", "").turns()[1]
    assert len(set(turn.clause_ids)) == len(turn.clause_ids) > 0
