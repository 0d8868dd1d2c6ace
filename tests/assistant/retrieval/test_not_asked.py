"""A question that is nearer to what is not asked of a clause than to the clause is not answered from it."""

from dataclasses import replace

import pytest

from assistant.retrieval.not_asked import without_not_asked
from assistant.service import Assistant
from corpus.corpus import Corpus
from index.building import build_index
from index.encoder.encoder import Encoder
from index.index import Index

ASKED = "公司换区要交搬家税吗"


@pytest.fixture(scope="module")
def negative(corpus: Corpus, encoder: Encoder) -> Index:
    record = corpus.plain["harbin-66:1"]
    plain = {**corpus.plain, "harbin-66:1": replace(record, not_ask=(ASKED,))}
    return build_index(replace(corpus, plain=plain), encoder)


def test_it_is_not_answered_from_that_clause_and_others_are(assistant: Assistant, negative: Index) -> None:
    other = assistant.with_index(negative)
    assert ASKED not in assistant.corpus.plain["harbin-66:1"].ask
    first = other.look_up(ASKED, jurisdiction=["哈尔滨"]).first
    assert first is None or first.id != "harbin-66:1"
    asked = assistant.corpus.plain["harbin-66:1"].ask[0]
    answer = other.ask(asked, jurisdiction=["哈尔滨"])
    assert answer.citations[0].clause_id == "harbin-66:1"


def test_a_clause_asked_for_by_number_is_shown(assistant: Assistant, negative: Index) -> None:
    answer = assistant.with_index(negative).ask("66条措施第一条")
    assert {citation.clause_id for citation in answer.citations} == {"harbin-66:1"}


def test_without_negatives_the_hits_are_the_same(assistant: Assistant) -> None:
    query = assistant.index.read([ASKED])[0]
    hits = assistant.index.search(query, limit=5)
    assert without_not_asked(hits, query, assistant.index) is hits


def test_another_version_is_told(index: Index, negative: Index) -> None:
    assert negative.version != index.version
