"""Narrowing the contents of a document: by words, by place, by whom a clause speaks of."""

import pytest

from corpus.corpus import Corpus
from ui.document.narrowing import (
    Narrowing,
    applies_in,
    audiences_of,
    audiences_to_choose,
    narrowed,
    places_to_choose,
)


def _ids(corpus: Corpus, document_id: str, by: Narrowing) -> list[str]:
    clauses = [clause for clause in corpus.clauses if clause.document_id == document_id]
    return [clause.id for clause in narrowed(clauses, by, corpus)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("竹木草", ["harbin-66:29"]),
        ("竹木草 出口", ["harbin-66:29"]),
        ("竹木草 退休", []),
        ("竹木草製品", ["harbin-66:29"]),  # traditional characters
        ("优化国际贸易服务", ["harbin-66:27", "harbin-66:28", "harbin-66:29", "harbin-66:30"]),  # a heading
    ],
)
def test_a_clause_is_found_by_every_word_it_or_its_heading_holds(
    corpus: Corpus, words: str, expected: list[str]
) -> None:
    assert _ids(corpus, "harbin-66", Narrowing(words)) == expected


def test_a_clause_is_found_by_its_plain_and_its_english_name(corpus: Corpus) -> None:
    record = corpus.plain["harbin-66:19"]
    for words in (record.name, record.title_en):
        assert "harbin-66:19" in _ids(corpus, "harbin-66", Narrowing(words))


def test_a_place_leaves_what_applies_there_and_its_provinces_rules(corpus: Corpus) -> None:
    wuhu = _ids(corpus, "anhui-2023-4", Narrowing(place="芜湖"))
    assert {"anhui-2023-4:3.1", "anhui-2023-4:1.3", "anhui-2023-4:0.1"} <= set(wuhu)
    assert not any(one.startswith(("anhui-2023-4:2.", "anhui-2023-4:4.")) for one in wuhu)


def test_places_are_offered_only_where_the_clauses_differ(corpus: Corpus, second_corpus: Corpus) -> None:
    by_document = {
        document.id: places_to_choose([one for one in corpus.clauses if one.document_id == document.id])
        for document in corpus.documents
    }
    assert by_document == {"anhui-2023-4": ("安徽", "合肥", "芜湖", "滁州"), "harbin-66": ()}
    assert places_to_choose(second_corpus.clauses) == ()


def test_audiences_are_read_off_the_words_and_offered_where_they_differ(corpus: Corpus) -> None:
    clauses = [clause for clause in corpus.clauses if clause.document_id == "harbin-66"]
    assert "worker" in audiences_of(corpus.clause("harbin-66:19"))
    assert "foreign" in audiences_of(corpus.clause("anhui-2023-4:4.5"))
    for name in audiences_to_choose(clauses):
        assert 0 < len(narrowed(clauses, Narrowing(audience=name), corpus)) < len(clauses)


def test_what_does_not_say_where_it_applies_applies_anywhere(second_corpus: Corpus) -> None:
    assert all(applies_in(clause, "合肥") for clause in second_corpus.clauses)


def test_words_beyond_the_limit_do_no_harm(corpus: Corpus) -> None:
    assert _ids(corpus, "harbin-66", Narrowing("税" * 100_000)) == []
