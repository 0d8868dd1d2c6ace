"""The conversation behind the page."""

from dataclasses import replace

import pytest

from assistant.answer import Answer
from assistant.service import Assistant
from corpus.errors import InputError
from ui.chat import Chat, Conversation
from ui.page_words import STARTERS


def _chat(assistant: Assistant) -> tuple[Chat, list[Answer]]:
    told: list[Answer] = []
    return Chat(assistant, told.append), told


def test_each_question_adds_its_answer_and_tells_the_counter(assistant: Assistant) -> None:
    chat, told = _chat(assistant)
    first = chat.ask("怎么申请首贷", "", ())
    second = chat.ask("退休证怎么下载", "哈尔滨", first)
    assert second == tuple(told)
    assert [answer.question for answer in second] == ["怎么申请首贷", "退休证怎么下载"]
    assert [message["role"] for message in chat.messages(second)] == ["user", "assistant"] * 2


def test_a_follow_up_is_understood_from_what_was_said(assistant: Assistant) -> None:
    chat, _ = _chat(assistant)
    conversation = chat.ask("那贴息呢？", "", chat.ask("怎么申请首贷", "", ()))
    assert conversation[-1].understood.rewritten_from_history


def test_the_place_filter_holds(assistant: Assistant) -> None:
    chat, _ = _chat(assistant)
    (answer,) = chat.ask("不动产登记怎么办", "哈尔滨", ())
    ids = [citation.clause_id for citation in answer.citations] + [related.clause_id for related in answer.related]
    clauses = [assistant.corpus.clause(id_) for id_ in ids]
    assert clauses
    assert all(clause.jurisdiction == ("哈尔滨",) for clause in clauses)


def test_every_starter_is_answered_and_together_they_show_what_there_is(assistant: Assistant) -> None:
    answers = [assistant.ask(starter) for starter in STARTERS]
    assert [answer.question for answer in answers if not answer.citations] == []
    assert {answer.language for answer in answers} == {"zh", "en"}
    assert {answer.citations[0].document_title for answer in answers} == {
        document.title for document in assistant.corpus.documents
    }


@pytest.mark.parametrize("blank", ["", "  ", "\n\u3000"])
def test_a_blank_question_changes_nothing(assistant: Assistant, blank: str) -> None:
    chat, told = _chat(assistant)
    assert chat.ask(blank, "", ()) == ()
    assert told == []


def test_a_question_over_the_limit_is_refused(assistant: Assistant) -> None:
    chat, _ = _chat(assistant)
    with pytest.raises(InputError):
        chat.ask("贷" * (assistant.settings.max_question + 1), "", ())


def test_the_conversation_kept_is_bounded(assistant: Assistant) -> None:
    chat, _ = _chat(Assistant(assistant.index, replace(assistant.settings, max_history=2)))
    conversation: Conversation = ()
    for question in ("你好", "怎么申请首贷", "谢谢"):
        conversation = chat.ask(question, "", conversation)
    assert [answer.question for answer in conversation] == ["怎么申请首贷", "谢谢"]
