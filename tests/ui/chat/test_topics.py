"""Life events to start from."""

import pytest

from assistant.answer import Status
from assistant.messages import languages, messages
from assistant.service import Assistant
from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from ui.chat.chat import Chat
from ui.chat.topics import TILES, life_events, read_events


@pytest.mark.parametrize("code", languages())
def test_every_tile_is_answered_and_together_they_show_what_there_is(assistant: Assistant, code: str) -> None:
    events = Chat(assistant, lambda *_: None).events[code]
    assert len(events) == TILES
    answers = [assistant.ask(event.question) for event in events]
    assert {answer.language for answer in answers} == {code}
    assert {c.document_title for answer in answers for c in answer.citations} == {
        document.title for document in assistant.corpus.documents
    }


def test_the_documents_own_chapters_fill_up_what_no_life_event_of_ours_is_about() -> None:
    headings = ("第一章 犬只登记", "第二章 疫苗接种(3项)", "三、收费")
    document = Document("d", "养犬规定", "略" * 30)
    clauses = tuple(Clause(f"d:{n}", "d", f"第{n}条", "略", (path,), "略", n, n + 1) for n, path in enumerate(headings))
    asked: list[str] = []

    def answers(question: str) -> bool:
        asked.append(question)
        return "犬只" in question or "疫苗" in question

    events = life_events(messages("zh"), Corpus((document,), clauses), answers)
    assert [event.name for event in events] == ["犬只登记", "疫苗接种"]
    assert [event.question for event in events] == ["犬只登记有哪些规定？", "疫苗接种有哪些规定？"]
    assert len(asked) < 60


def test_another_corpus_is_offered_what_it_answers(second_assistant: Assistant) -> None:
    for code, events in Chat(second_assistant, lambda *_: None).events.items():
        for event in events:
            assert second_assistant.ask(event.question).status is Status.ANSWERED, code


def test_a_language_that_no_event_is_written_in_has_none() -> None:
    assert read_events("xx") == ()
