"""Topics to start from."""

import pytest

from assistant.messages import languages
from assistant.service import Assistant
from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from index.encoder.encoder import Encoder
from index.index import build_index
from ui.chat.ready_made import AnsweredQuestions
from ui.chat.topics import answered_topics, read_topics


@pytest.mark.parametrize("code", languages())
def test_every_starter_is_answered_and_together_they_show_what_there_is(assistant: Assistant, code: str) -> None:
    topics = answered_topics(code, AnsweredQuestions(assistant))
    assert topics == read_topics(code)
    answers = [assistant.ask(question) for topic in topics for question in topic.questions]
    assert {answer.language for answer in answers} == {code}
    assert {c.document_title for answer in answers for c in answer.citations} == {
        document.title for document in assistant.corpus.documents
    }


def test_another_corpus_is_not_offered_questions_it_cannot_answer(assistant: Assistant, encoder: Encoder) -> None:
    texts = [f"第{n}条 {animal}应当每日饲喂。" for n, animal in enumerate("猫狗羊牛马猪兔鸡", 1)]
    documents = tuple(Document(f"d{n}", f"规则{n}", text) for n, text in enumerate(texts))
    clauses = tuple(Clause(f"{d.id}:1", d.id, "第一条", d.text, (), d.text, 0, len(d.text)) for d in documents)
    other = Assistant(build_index(Corpus(documents, clauses), encoder), assistant.settings)
    assert answered_topics("zh", AnsweredQuestions(other)) == ()


def test_a_language_that_no_topic_is_written_in_has_none() -> None:
    assert read_topics("xx") == ()
