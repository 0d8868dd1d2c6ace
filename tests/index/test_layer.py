"""Laws of the layers: what the plain and the induced one cover, what a hit names, and that none pushes back."""

from dataclasses import replace

import numpy as np
import pytest

from corpus.clause import Clause, Document, Part
from corpus.corpus import Corpus
from corpus.records.record import PlainRecord
from index.building import build_index
from index.clause_table import ClauseTable
from index.engines.passages import FIELDS
from index.index import Index
from index.layer import build_records, build_text, record_lines
from index.lexicon.expansion import load_lexicon
from index.query import QueryReader
from index.retriever import EVERYTHING
from tests.bigram_encoder import BigramEncoder

LEGS = ["bm25", "dense"]
PLAIN_LEGS = ["plain_bm25", "plain_dense"]
INDUCED_LEGS = ["induced_bm25", "induced_dense"]


@pytest.fixture(scope="module")
def half(corpus: Corpus) -> Corpus:
    """The shipped corpus with the records of every other clause and its parts."""
    kept = {key for clause in corpus.clauses[::2] for key in (clause.id, *(part.id for part in clause.parts))}
    return replace(corpus, plain={key: record for key, record in corpus.plain.items() if key in kept})


@pytest.fixture(scope="module")
def built(half: Corpus, bigram_encoder: BigramEncoder) -> Index:
    return build_index(half, bigram_encoder)


@pytest.fixture(scope="module")
def bare(corpus: Corpus, bigram_encoder: BigramEncoder) -> Index:
    return build_index(replace(corpus, plain={}), bigram_encoder)


@pytest.fixture(scope="module")
def queries(corpus: Corpus) -> list[str]:
    """What people ask, in both languages, and what the clauses themselves say."""
    asked = [record.ask[0] for record in list(corpus.plain.values())[::9] if record.ask]
    asked += [record.ask_en[0] for record in list(corpus.plain.values())[::9] if record.ask_en]
    return [*asked, *(clause.title for clause in corpus.clauses[::9]), "怎么办", "quantum chromodynamics"]


def test_the_plain_layer_covers_only_clauses_with_records(built: Index, half: Corpus, queries: list[str]) -> None:
    recorded = {clause.id for clause in half.clauses_with_records}
    assert recorded == {clause.id for clause in half.clauses[::2]}
    for query in queries:
        for name in PLAIN_LEGS:
            hits = built.legs[name].search(query, limit=500)
            assert {hit.clause.id for hit in hits} <= recorded
            assert all(list(hit.legs) == [name] for hit in hits)
    assert {hit.clause.id for hit in built.legs["plain_dense"].search("贷款", limit=500)} == recorded


def test_a_plain_leg_scores_only_the_clauses_it_covers(built: Index, half: Corpus) -> None:
    for name in PLAIN_LEGS:
        scores = built.legs[name].open(built.read(["贷款"])[0])(1, EVERYTHING)
        covered = ~np.isnan(scores.score_clauses(np.arange(len(half.clauses))))
        assert [half.clauses[i] for i in np.flatnonzero(covered).tolist()] == list(half.clauses_with_records)


def test_an_index_without_records_has_no_plain_layer(bare: Index, bigram_encoder: BigramEncoder) -> None:
    assert build_records(bare.corpus, bare.table, QueryReader(bigram_encoder, load_lexicon())) is None
    assert bare.records is None
    assert list(bare.legs) == [*LEGS, *INDUCED_LEGS]


def test_an_index_with_records_of_some_clauses_has_six_legs(built: Index) -> None:
    assert list(built.legs) == [*LEGS, *PLAIN_LEGS, *INDUCED_LEGS]


def test_where_every_clause_has_a_record_no_induced_line_is_in_play(
    corpus: Corpus, bigram_encoder: BigramEncoder, queries: list[str]
) -> None:
    whole = build_index(corpus, bigram_encoder)
    assert whole.induced is None
    assert list(whole.legs) == [*LEGS, *PLAIN_LEGS]
    for query in queries:
        assert whole.search(query, limit=100) == whole.without_induced().search(query, limit=100)


def test_the_induced_layer_covers_the_clauses_without_a_record(built: Index, half: Corpus, queries: list[str]) -> None:
    recorded = {clause.id for clause in half.clauses_with_records}
    for query in queries:
        for name in INDUCED_LEGS:
            assert not recorded & {hit.clause.id for hit in built.legs[name].search(query, limit=500)}
    for name in INDUCED_LEGS:
        scores = built.legs[name].open(built.read(["贷款"])[0])(1, EVERYTHING)
        covered = ~np.isnan(scores.score_clauses(np.arange(len(half.clauses))))
        assert {half.clauses[i].id for i in np.flatnonzero(covered).tolist()} == {c.id for c in half.clauses} - recorded


def test_a_restricted_layer_scores_what_it_keeps_as_the_whole_does(built: Index, queries: list[str]) -> None:
    whole = built.without_plain()
    assert whole.induced is not None
    assert built.induced is not None
    assert whole.induced.semantic.covered.all()
    kept = np.flatnonzero(built.induced.semantic.covered)
    for query in built.read(queries):
        for name in INDUCED_LEGS:
            one, other = (index.legs[name].open(query)(500, EVERYTHING).score_clauses(kept) for index in (built, whole))
            assert one == pytest.approx(other, abs=1e-6)


def test_without_the_induced_layer_an_index_is_searched_by_what_is_written(bare: Index, queries: list[str]) -> None:
    without = bare.without_induced()
    assert list(without.legs) == LEGS
    assert without.induced is None
    for name in LEGS:
        for query in queries:
            assert without.legs[name].search(query, limit=9) == bare.legs[name].search(query, limit=9)


def test_induced_words_are_words_of_no_text(bare: Index) -> None:
    induced = bare.induced
    assert induced is not None
    alone = next(word for word in induced.lexical.weights.vocabulary if not bare.text.lexical.weights.frequency(word))
    assert not bare.contains(alone)
    assert bare.frequency(alone) == 0


def test_without_the_plain_layer_an_index_is_what_it_is_without_records(
    built: Index, bare: Index, queries: list[str]
) -> None:
    without = built.without_plain()
    assert list(without.legs) == [*LEGS, *INDUCED_LEGS]
    for query in queries:
        for limit in (1, 10, 500):
            assert without.search(query, limit=limit) == bare.search(query, limit=limit)


def test_a_clause_without_a_record_leaves_its_weight_to_the_text(
    built: Index, bare: Index, half: Corpus, queries: list[str]
) -> None:
    recorded = {clause.id for clause in half.clauses_with_records}
    for query in queries:
        alone = {hit.clause.id: hit.score for hit in bare.fused.search(query, limit=500)}
        for hit in built.fused.search(query, limit=500):
            if hit.clause.id not in recorded:
                assert hit.score == pytest.approx(alone[hit.clause.id], abs=1e-12)
                assert set(hit.legs) <= {*LEGS, *INDUCED_LEGS}


def test_clauses_without_records_keep_their_order_in_the_fusion(
    built: Index, bare: Index, half: Corpus, queries: list[str]
) -> None:
    recorded = {clause.id for clause in half.clauses_with_records}
    for query in queries:
        orders = [
            [hit.clause.id for hit in index.fused.search(query, limit=500) if hit.clause.id not in recorded]
            for index in (built, bare)
        ]
        assert orders[0] == orders[1]


def record(id_: str, plain: str, keywords: tuple[str, ...] = ()) -> PlainRecord:
    return PlainRecord(
        id_, f"{plain}名", plain, "A title", f"A gist of {id_}", (f"{plain}吗",), ("why so",), keywords, 1
    )


@pytest.fixture(scope="module")
def small() -> Corpus:
    """Nine clauses of a made-up text; the first has a record, the second one of its only part."""
    part = Part("d:2.1", "一是", "一是卯。", 4, 8)
    clauses = [Clause(f"d:{n}", "d", f"{n}、", f"子{n}", (), f"子丑寅{n}", 0, 4) for n in range(1, 10)]
    clauses[1] = replace(clauses[1], parts=(part,))
    records = (record("d:1", "甲乙丙丁", ("戊己", "庚辛")), record("d:2.1", "壬癸辰巳"))
    return Corpus((Document("d", "题", ""),), tuple(clauses), plain={one.id: one for one in records})


def test_the_text_layer_is_not_told_what_the_records_say(small: Corpus, bigram_encoder: BigramEncoder) -> None:
    text = build_text(small, ClauseTable(small.clauses), QueryReader(bigram_encoder, load_lexicon()))
    assert list(text.legs()) == LEGS
    assert text.lexical.search("甲乙丙丁", limit=9) == []
    assert not {"甲", "戊", "title"} & text.lexical.weights.vocabulary.keys()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("甲乙丙丁", ("d:1", None, "plain")),
        ("甲乙丙丁名", ("d:1", None, "name")),
        ("戊己 庚辛", ("d:1", None, "keywords")),
        ("A gist of d:1", ("d:1", None, "gist_en")),
        ("壬癸辰巳吗", ("d:2", "d:2.1", "ask")),
        ("A gist of d:2.1", ("d:2", "d:2.1", "gist_en")),
    ],
)
def test_a_hit_names_the_part_and_the_field_that_it_was_found_by(
    small: Corpus, bigram_encoder: BigramEncoder, query: str, found: tuple[str, str | None, str]
) -> None:
    hit = build_index(small, bigram_encoder).legs["plain_dense"].search(query, limit=9)[0]
    said = hit.legs["plain_dense"]
    assert (hit.clause.id, said.part_id, said.field) == found
    assert said.score == pytest.approx(1, abs=1e-5)


def test_every_line_is_encoded_and_the_keywords_are_one(small: Corpus, bigram_encoder: BigramEncoder) -> None:
    lines = ["name", "plain", "title_en", "gist_en", "ask", "ask_en"]
    expected = [*((0, -1, field) for field in [*lines, "keywords"]), *((1, 0, field) for field in lines)]
    assert [line[:3] for line in record_lines(small, ClauseTable(small.clauses))] == expected
    records = build_index(small, bigram_encoder).records
    assert records is not None
    owners = records.semantic.owners
    found = zip(owners.clause.tolist(), owners.part.tolist(), (FIELDS[field] for field in owners.field), strict=True)
    assert list(found) == expected


def test_every_field_of_a_record_has_a_name_in_the_dense_leg() -> None:
    assert {field for field, _ in record("d:1", "甲", ("乙",)).lines()} <= set(FIELDS)
