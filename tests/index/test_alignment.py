"""The words of every clause, sentence by sentence, and how near a question's words come to them."""

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from corpus.records.record import PlainRecord
from index.alignment import ClauseWords, TokenAlignment, build_alignment
from index.building import build_index
from index.clause_table import ClauseTable
from index.engines.contract import contract_corpus
from index.index import Index
from index.store import open_index, save_index
from index.text.normalizer import normalize
from index.text.statements import statements_in
from index.text.tokenizer import words
from tests.bigram_encoder import BigramEncoder

Rows = list[list[tuple[list[int], int]]]  # of each clause its sentences: words, and what they state

QUERIES = [
    "没贷过款的小店咋能贷到款",
    "不动产抵押权注销登记",
    "how do I get first-loan support",
    "12345热线升级了多少功能",
]


def by_definition(index: Index, query: str, said: str) -> float:
    asked = words(query)
    weights = index.idf(asked)
    best = [
        max(float(a @ s) for s in index.encoder.encode_documents(words(said)))
        for a in index.encoder.encode_queries(asked)
    ]
    return float(np.average(best, weights=weights))


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("id_", ["anhui-2023-4:1.3", "harbin-66:26"])
def test_a_score_is_the_weighted_mean_of_the_best_counterparts(index: Index, query: str, id_: str) -> None:
    clause = index.corpus.clause(id_)
    text = f"{clause.title}\n{clause.text}"
    records = "\n".join(line for record in index.corpus.records(clause) for _, line in record.lines())
    [read] = index.read([query])
    assert index.maxsim(read, clause, records=False) == pytest.approx(by_definition(index, query, text), abs=1e-5)
    assert index.maxsim(read, clause, records=True) == pytest.approx(
        by_definition(index, query, f"{text}\n{records}"), abs=1e-5
    )
    assert index.maxsim_text(read, clause.title) == pytest.approx(by_definition(index, query, clause.title), abs=1e-5)


def test_a_clause_that_holds_every_word_scores_one(index: Index) -> None:
    clause = index.corpus.clause("harbin-66:26")
    [query] = index.read([clause.title])
    assert index.maxsim(query, clause, records=False) == pytest.approx(1, abs=1e-5)


def test_a_word_without_a_counterpart_lowers_the_score(index: Index) -> None:
    clause = index.corpus.clause("anhui-2023-4:1.3")
    more, less = index.read(["首贷户贷款的利率", "首贷户贷款"])
    assert index.maxsim(more, clause, records=False) < index.maxsim(less, clause, records=False)


@pytest.mark.parametrize("query", ["", "？", "请问怎么办"])
def test_nothing_to_compare_scores_zero(index: Index, query: str) -> None:
    [read] = index.read([query])
    assert index.maxsim(read, index.corpus.clauses[0], records=True) == 0
    assert index.maxsim_text(read, "首贷") == 0
    assert index.maxsim_text(index.read(["首贷"])[0], "") == 0


def test_where_records_are_not_looked_at_they_count_for_nothing(index: Index) -> None:
    clause = index.corpus.clause("anhui-2023-4:1.3")
    [query] = index.read(["没贷过款的小店咋能贷到款"])
    bare = index.without_plain()
    assert bare.maxsim(query, clause, records=True) == index.maxsim(query, clause, records=False)


def test_no_clause_is_tokenised_or_encoded_at_question_time(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    [query] = index.read(["首贷户贷款的利率"])
    monkeypatch.setattr(type(index.encoder), "encode_documents", lambda *_: pytest.fail("encoded"))
    for clause in index.corpus.clauses:
        index.maxsim(query, clause, records=True)


def clause_words(rows: Rows) -> ClauseWords:
    sentences = [sentence for clause in rows for sentence in clause]
    return ClauseWords(
        np.cumsum([0, *map(len, rows)]),
        np.cumsum([0, *(len(ids) for ids, _ in sentences)]),
        np.array([number for ids, _ in sentences for number in ids], np.int32),
        np.array([states for _, states in sentences], np.int32),
    )


def rows_of(found: ClauseWords) -> Rows:
    sentences = [
        (found.ids[start:end].tolist(), int(states))
        for start, end, states in zip(found.sentences, found.sentences[1:], found.states, strict=False)
    ]
    return [sentences[start:end] for start, end in zip(found.clauses, found.clauses[1:], strict=False)]


sentences = st.tuples(st.lists(st.integers(0, 9), min_size=1, max_size=4), st.integers(0, 7))
rows = st.lists(st.lists(sentences, max_size=3), max_size=5)


@given(rows, st.data())
def test_some_clauses_are_taken_in_the_order_asked_for(clauses: Rows, data: st.DataObject) -> None:
    positions = data.draw(st.permutations(range(len(clauses))).map(lambda order: order[: len(order) // 2 + 1]))
    taken = clause_words(clauses).take(np.array(positions, np.intp))
    assert rows_of(taken) == [clauses[position] for position in positions]
    assert rows_of(clause_words(clauses).take(np.arange(len(clauses)))) == clauses


@given(rows, st.data())
def test_beside_another_each_clause_has_the_sentences_of_both(first: Rows, data: st.DataObject) -> None:
    second = data.draw(st.lists(st.lists(sentences, max_size=3), min_size=len(first), max_size=len(first)))
    both = clause_words(first).beside(clause_words(second))
    assert rows_of(both) == [one + other for one, other in zip(first, second, strict=True)]


@given(rows)
def test_the_words_of_a_clause_are_those_of_its_sentences(clauses: Rows) -> None:
    found = clause_words(clauses)
    for position, clause in enumerate(clauses):
        assert found.of(position).tolist() == [number for ids, _ in clause for number in ids]


def small() -> TokenAlignment:
    text = "门面装修应当备案。……；三天内办完！\n垃圾清运费按月收取"
    clauses = (
        Clause("d:1", "d", "第一条", "门面装修", ("第一章 总则", "一般规定"), text, 0, len(text)),
        Clause("d:2", "d", "第二条", "", (), "！", 0, 1),
    )
    record = PlainRecord("d:1", "装修备案", "装修门面要去备案", "", "", ("装修要备案", "？"), (), ("门面", "店"), 1)
    corpus = Corpus((Document("d", "门面办法", ""),), clauses, plain={"d:1": record})
    return build_alignment(corpus, ClauseTable(clauses), BigramEncoder())


def spoken(alignment: TokenAlignment, found: ClauseWords, texts: Sequence[str]) -> list[bool]:
    """Whether sentence by sentence the words of the first clause are those of these texts."""
    encoder = BigramEncoder()
    same = []
    for (ids, states), text in zip(rows_of(found)[0], texts, strict=True):
        said = encoder.encode_documents(words(text))
        vectors = alignment.vectors[[number for number in ids if number]]  # 0 is like no word
        same.append(np.array_equal(vectors, said) and states == statements_in(normalize(text)))
    return same


def test_a_clause_has_its_title_and_the_sentences_that_have_words() -> None:
    alignment = small()
    texts = ["门面装修", "门面装修应当备案", "三天内办完", "垃圾清运费按月收取"]
    assert all(spoken(alignment, alignment.text, texts))
    assert rows_of(alignment.text)[1] == [([0], 0)]
    assert not alignment.vectors[0].any()


def test_a_record_has_a_sentence_a_line() -> None:
    alignment = small()
    assert all(spoken(alignment, alignment.records, ["装修备案", "装修门面要去备案", "装修要备案", "门面 店"]))
    assert rows_of(alignment.records)[1] == []


def test_around_a_clause_stand_its_headings_and_the_title_of_its_document_each_word_once() -> None:
    alignment = small()
    [[(ids, states)], below] = rows_of(alignment.context)
    expected = list(dict.fromkeys(word for text in ("门面办法", "第一章 总则", "一般规定") for word in words(text)))
    assert np.array_equal(alignment.vectors[ids[1:]], BigramEncoder().encode_documents(expected))
    assert (ids[0], states) == (0, 0)
    assert len(below) == 1


def test_saved_and_opened_it_has_equal_arrays(tmp_path: Path) -> None:
    built = build_index(contract_corpus(), BigramEncoder())
    save_index(built, tmp_path)
    opened = open_index(tmp_path, contract_corpus(), BigramEncoder()).alignment
    assert np.array_equal(opened.vectors, built.alignment.vectors)
    for layer in ("text", "records", "context"):
        for field in fields(ClauseWords):
            one, other = (getattr(getattr(found, layer), field.name) for found in (opened, built.alignment))
            assert one.dtype == other.dtype
            assert np.array_equal(one, other), (layer, field.name)
