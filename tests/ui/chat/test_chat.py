"""The conversation behind the page."""

import pytest

from assistant.answer import Answer
from assistant.messages import languages, messages
from assistant.question.limits import RequestLimits
from assistant.service import Assistant
from corpus.errors import InputError
from ui.chat.chat import Chat

KEY = "0123456789abcdef" * 2
MANY = ("你好", "怎么申请首贷", "谢谢", "今晚吃什么", "退休证可以自己在网上下载吗？", "房贷还清后怎么注销抵押")


@pytest.fixture(scope="module")
def told() -> list[Answer]:
    return []


@pytest.fixture
def chat(assistant: Assistant, told: list[Answer]) -> Chat:
    told.clear()
    return Chat(assistant, told.append)


def test_each_question_adds_its_answer_and_tells_the_counter(chat: Chat, told: list[Answer]) -> None:
    chat.ask("怎么申请首贷", "", KEY)
    said = chat.ask("退休证怎么下载", "哈尔滨", KEY)
    assert [exchange.answer for exchange in said] == told
    assert [answer.question for answer in told] == ["怎么申请首贷", "退休证怎么下载"]
    assert chat.conversations.get(KEY) == said
    for words in map(messages, languages()):
        assert [message["role"] for message in chat.messages(said, words)] == ["user", "assistant"] * 2


def test_a_follow_up_is_understood_from_what_was_said_in_its_tab_only(chat: Chat) -> None:
    chat.ask("怎么申请首贷", "", KEY)
    assert chat.ask("那贴息呢？", "", KEY)[-1].answer.understood.rewritten_from_history
    assert not chat.ask("那贴息呢？", "", "f" * 32)[-1].answer.understood.rewritten_from_history


def test_the_place_chosen_holds(chat: Chat, assistant: Assistant) -> None:
    (exchange,) = chat.ask("不动产登记怎么办", "哈尔滨", KEY)
    ids = [c.clause_id for c in exchange.answer.citations] + [r.clause_id for r in exchange.answer.related]
    assert ids
    assert all(assistant.corpus.clause(id_).jurisdiction == ("哈尔滨",) for id_ in ids)


def test_a_question_over_the_limit_is_refused_and_changes_nothing(chat: Chat) -> None:
    said = chat.ask("怎么申请首贷", "", KEY)
    with pytest.raises(InputError):
        chat.ask("贷" * (chat.limits.max_question + 1), "", KEY)
    assert chat.conversations.get(KEY) == said


def test_the_conversation_kept_is_bounded(assistant: Assistant) -> None:
    chat = Chat(assistant, lambda _: None, RequestLimits(max_history=2))
    for question in ("你好", "怎么申请首贷", "谢谢"):
        said = chat.ask(question, "", KEY)
    assert [exchange.answer.question for exchange in said] == ["怎么申请首贷", "谢谢"]


def test_what_is_offered_next_is_answered_in_its_conversation(chat: Chat) -> None:
    offered = 0
    for number, question in enumerate((*MANY, "hello", "How is a credit record repaired after a penalty?")):
        key = f"{number:032x}"
        said = chat.ask(question, "", key)
        assert len(said[-1].follow_ups) <= 3
        for more in said[-1].follow_ups:
            chat.conversations.keep(key, said)
            answer = chat.ask(more, "", key)[-1].answer
            assert answer.citations
            assert answer.language == said[0].answer.language
            offered += 1
    assert offered > 10


def test_an_exchange_is_rendered_once_in_each_language(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[str] = []

    def render(answer: Answer, *_: object) -> str:
        rendered.append(answer.question)
        return "<p></p>"

    monkeypatch.setattr("ui.chat.chat.answer_html", render)
    for question in ("怎么申请首贷", "谢谢"):
        chat.messages(chat.ask(question, "", KEY), messages("zh"))
    assert rendered == ["怎么申请首贷", "谢谢"]
    chat.messages(chat.conversations.get(KEY), messages("en"))
    assert rendered == ["怎么申请首贷", "谢谢"] * 2
