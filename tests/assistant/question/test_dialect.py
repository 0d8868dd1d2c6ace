"""Laws of dialect words: what each becomes and where it stays is in the data, and standard texts stay as they are."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.question.dialect import DialectWord, dialect_words, in_standard_words
from assistant.service import Assistant
from corpus.corpus import Corpus
from index.lexicon import lexicon
from index.text.normalizer import normalize

WORDS = dialect_words()
HEARD = [pair for word in WORDS for pair in word.heard.items()]
KEPT = [sentence for word in WORDS for sentence in word.kept]


@pytest.mark.parametrize(("said", "means"), HEARD)
def test_a_dialect_question_is_read_in_standard_words(said: str, means: str) -> None:
    assert in_standard_words(normalize(said)) == normalize(means)


@pytest.mark.parametrize("sentence", KEPT)
def test_the_same_characters_within_other_words_stay(sentence: str) -> None:
    assert in_standard_words(normalize(sentence)) == normalize(sentence)


@pytest.mark.parametrize("means", [means for _, means in HEARD])
def test_what_was_put_into_standard_words_stays(means: str) -> None:
    assert in_standard_words(normalize(means)) == normalize(means)


def test_every_meaning_has_an_example_and_every_word_is_in_normal_form() -> None:
    assert [word.means for word in WORDS if not word.heard] == []
    assert [said for word in WORDS for said in word.said if normalize(said) != said] == []
    assert [word.means for word in WORDS if len(set(word.said)) < len(word.said)] == []


def test_the_clauses_of_the_documents_are_standard(corpus: Corpus) -> None:
    texts = [text for clause in corpus.clauses for text in (clause.title, clause.text, *clause.path)]
    assert [text for text in texts if in_standard_words(normalize(text)) != normalize(text)] == []


def test_what_the_lexicon_knows_is_read_as_it_is_written_there() -> None:
    said = {term for group in lexicon.groups() for term in (*group.said, *group.official)}
    assert [term for term in said if in_standard_words(normalize(term)) != term] == []


def test_a_title_stays_as_it_is_written() -> None:
    title = normalize("《关爱老人家行动方案》")
    assert in_standard_words(normalize("《关爱老人家行动方案》里头写了啥子")) == f"{title}里面写了什么"


@pytest.mark.parametrize(
    ("condition", "kept", "changed"),
    [
        (DialectWord("是", ("系",), after=("他",)), "关系", "他系"),
        (DialectWord("是", ("系",), not_after=("关",)), "关系", "他系"),
        (DialectWord("是", ("系",), before=("我",)), "系统", "系我"),
        (DialectWord("是", ("系",), not_before=("统",)), "系统", "系我"),
        (DialectWord("吗", ("伐",), ends=True), "采伐林木", "好伐"),
        (DialectWord("吗", ("伐",), ends=True), "伐", "好伐?"),
    ],
)
def test_a_condition_looks_at_what_stands_beside(condition: DialectWord, kept: str, changed: str) -> None:
    (word,) = condition.said
    assert not re.search(condition.pattern(word), kept)
    assert re.search(condition.pattern(word), changed)


@given(st.text("冇乜边个咩几多钱屋里头娃儿好久办不?,《》a", max_size=40))
def test_a_standard_text_in_latin_letters_or_marks_stays_and_nothing_breaks(text: str) -> None:
    found = in_standard_words(normalize(text))
    assert normalize(found) == found


def test_a_question_is_shown_as_it_was_asked_and_searched_in_standard_words(assistant: Assistant) -> None:
    answer = assistant.ask("哈尔滨退休证喺边度领")
    assert answer.question == "哈尔滨退休证喺边度领"
    assert answer.understood.query == "哈尔滨退休证在哪里领"
    assert answer.citations[0].clause_id == "harbin-66:19"
