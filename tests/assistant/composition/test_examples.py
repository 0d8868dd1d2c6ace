"""The questions that a refusal recommends are answered by the documents at hand."""

import pytest

from assistant.composition.examples import answered_examples
from assistant.messages import languages
from assistant.service import Assistant
from corpus.corpus import Corpus


def test_only_questions_that_are_answered_are_examples(corpus: Corpus) -> None:
    asked: list[str] = []

    def is_answered(question: str) -> bool:
        asked.append(question)
        return len(asked) % 3 == 0

    found = answered_examples(corpus, is_answered)
    assert set(found) == set(languages())
    for questions in found.values():
        assert len(questions) == len(set(questions)) == 2
        assert set(questions) <= set(asked[2::3])


def test_examples_are_of_different_documents_where_there_are_several(corpus: Corpus) -> None:
    found = answered_examples(corpus, lambda _: True)
    names = {record.name: key for key, record in corpus.plain.items()}
    assert {names[question].partition(":")[0] for question in found["zh"]} == {d.id for d in corpus.documents}


def test_where_nothing_is_answered_there_is_no_example_and_the_search_ends(corpus: Corpus) -> None:
    asked: list[str] = []

    def is_answered(question: str) -> bool:
        asked.append(question)
        return False

    found = answered_examples(corpus, is_answered)
    assert found == dict.fromkeys(languages(), ())
    assert len(asked) < 100


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_examples_of_an_assistant_are_answered_by_it(assistant: Assistant, language: str) -> None:
    examples = assistant.examples(language)
    assert len(examples) == 2
    for question in examples:
        assert assistant.ask(question).citations


def test_a_folder_without_records_is_offered_its_own_headings_in_chinese_alone(market: Assistant) -> None:
    for question in market.examples("zh"):
        assert question in {clause.title for clause in market.corpus.clauses}
        assert market.ask(question).citations
    assert market.examples("zh")
    assert market.examples("en") == ()


def test_an_unknown_language_has_no_examples(assistant: Assistant) -> None:
    assert assistant.examples("fr") == ()
