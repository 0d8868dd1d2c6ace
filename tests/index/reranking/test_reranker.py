"""The laws of `Retriever` over a re-ranker, what it does beyond the first, and places that come first."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from index.alignment import ClauseWords
from index.building import build_index
from index.engines.contract import Build, RetrieverContract, contract_corpus
from index.index import Index
from index.query import Query
from index.reranking.model import Values, load_model
from index.reranking.reranker import DEPTH, Reranker
from index.retriever import Hit, Retriever, Scope, ranked
from index.store import open_index, save_index
from tests.bigram_encoder import BigramEncoder

QUERY = "开店要登记多久能办完"


def reranker_of(index: Index) -> Reranker:
    return Reranker(index.table, index.fused, index.reader, index.idf, index.alignment, records=False)


class TestReranker(RetrieverContract):
    scores_depend_on_scope = True

    @pytest.fixture
    def build(self) -> Build:
        return lambda corpus: reranker_of(build_index(corpus, BigramEncoder()))

    @pytest.fixture
    def reopened(self, build: Build, tmp_path: Path) -> Retriever:  # noqa: ARG002  (as the contract has it)
        save_index(build_index(contract_corpus(), BigramEncoder()), tmp_path)
        return reranker_of(open_index(tmp_path, contract_corpus(), BigramEncoder()))


def clause(id_: str, text: str, places: tuple[str, ...] = ()) -> Clause:
    return Clause(id_, "d", id_, text[:4], (), text, 0, len(text), places)


def index_of(clauses: Sequence[Clause]) -> Index:
    return build_index(Corpus((Document("d", "开店办法", ""),), tuple(clauses)), BigramEncoder())


@pytest.fixture(scope="module")
def many() -> Index:
    """More clauses about one matter than are put in order."""
    things = ("茶馆", "书店", "面馆", "花店", "药店", "酒馆", "粮店", "布店")
    ends = ("{}天能办完", "当场办完，登记费{}元", "到{}号窗口", "登记以后再开店，期限{}年", "应当交{}份材料")
    return index_of(
        [
            clause(f"d:{97 * n % 71:02}", f"开{things[n % 8]}要登记。{ends[n % 5].format(n)}。")
            for n in range(DEPTH + 30)
        ]
    )


def ids(hits: Sequence[Hit]) -> list[str]:
    return [hit.clause.id for hit in hits]


def test_the_first_of_the_fusion_are_put_in_order_and_those_behind_stay_below(many: Index) -> None:
    fused, hits = many.fused.search(QUERY, limit=100), reranker_of(many).search(QUERY, limit=100)
    assert len(hits) == len(fused) == DEPTH + 30
    assert ids(hits[:DEPTH]) != ids(fused[:DEPTH])
    assert sorted(ids(hits[:DEPTH])) == sorted(ids(fused[:DEPTH]))
    assert ids(hits[DEPTH:]) == ids(fused[DEPTH:])
    assert hits == ranked(hits)
    assert hits[DEPTH].score < hits[DEPTH - 1].score
    gaps = [hits[DEPTH - 1].score - hit.score for hit in hits[DEPTH:]]
    assert gaps == pytest.approx([fused[DEPTH - 1].score - hit.score for hit in fused[DEPTH:]])


def test_a_score_is_what_the_model_makes_of_the_features_that_a_hit_carries(many: Index) -> None:
    hits, model = reranker_of(many).search(QUERY, limit=100), load_model()
    fused = {hit.clause.id: hit.score for hit in many.fused.search(QUERY, limit=100)}
    for hit in hits[:DEPTH]:
        score = model.bias + sum(model.weights.get(name, 0) * value for name, value in hit.features.items())
        assert hit.score == pytest.approx(score, abs=1e-6)
        assert hit.features["fused"] == fused[hit.clause.id]
        assert all(np.isfinite(value) for value in hit.features.values())
    assert not any(hit.features for hit in hits[DEPTH:])


@pytest.mark.parametrize("limit", [1, 5, DEPTH - 1, DEPTH, DEPTH + 1, DEPTH + 20])
def test_a_shorter_list_is_the_beginning_of_a_longer_one(many: Index, limit: int) -> None:
    reranker = reranker_of(many)
    longer, shorter = reranker.search(QUERY, limit=100), reranker.search(QUERY, limit=limit)
    assert [(hit.clause.id, hit.score, hit.features) for hit in shorter] == [
        (hit.clause.id, hit.score, hit.features) for hit in longer[:limit]
    ]


def test_a_hit_counted_from_the_end_is_the_same_hit(many: Index) -> None:
    [query] = many.read([QUERY])
    reranker = reranker_of(many)
    found = reranker.rerank(reranker.matches(query), many.fused.open(query).search(limit=60), Scope())
    assert found[-1] == found[59]
    assert found[-1].features == {}
    assert found[-60].features == found[0].features != {}
    with pytest.raises(IndexError):
        found[60]


def test_a_query_searched_in_several_scopes_finds_what_it_finds_in_each_alone_and_reads_no_clause_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    index = index_of([clause(f"d:{n}", f"开店要登记，{n}天办完。", (("东州", "西州")[n % 2],)) for n in range(30)])
    [query] = index.read([QUERY])
    scopes = [Scope(jurisdictions=frozenset({"东州"})), Scope(), Scope(preferred=frozenset({"西州"}))]
    alone = [reranker_of(index).search(query, limit=100, scope=scope) for scope in scopes]
    looked_at: list[int] = []

    def counted(self: Reranker, query: Query, spoken: ClauseWords, context: ClauseWords) -> Mapping[str, Values]:
        looked_at.append(len(spoken.clauses) - 1)
        return match(self, query, spoken, context)

    match = Reranker.match
    monkeypatch.setattr(Reranker, "match", counted)
    opened = reranker_of(index).open(query)
    for scope, expected in zip(scopes, alone, strict=True):
        found = opened.search(limit=100, scope=scope)
        assert [(hit.clause.id, hit.score, hit.features) for hit in found] == [
            (hit.clause.id, hit.score, hit.features) for hit in expected
        ]
    assert looked_at == [15, 15]


def test_of_equal_scores_the_order_of_ids_decides_before_and_behind() -> None:
    same = index_of([clause(f"d:{97 * n % 71:02}", "开店要登记，三天办完。") for n in range(DEPTH + 30)])
    hits = reranker_of(same).search(QUERY, limit=100)
    assert hits == ranked(hits)
    assert ids(hits) == sorted(ids(hits))


TEXT = "开店要登记，三天办完。"
OTHERS = [
    clause(f"d:x{n}", text) for n, text in enumerate(("清运费按月交", "公园早上开门", "书要按时还", "树要每年修"))
]


@pytest.fixture(scope="module")
def two_places() -> Index:
    return index_of([clause("d:1", TEXT, ("东州",)), clause("d:2", TEXT, ("西州",)), *OTHERS])


def test_what_a_preferred_place_says_comes_first(two_places: Index) -> None:
    reranker = reranker_of(two_places)
    assert ids(reranker.search(QUERY, limit=2)) == ["d:1", "d:2"]
    hits = reranker.search(QUERY, limit=9, scope=Scope(preferred=frozenset({"西州"})))
    assert ids(hits[:2]) == ["d:2", "d:1"]
    assert [hit.features["preferred_place"] for hit in hits[:2]] == [1.0, 0.0]
    assert sorted(ids(hits)) == sorted(ids(reranker.search(QUERY, limit=9)))


def test_nothing_is_preferred_where_no_place_is(two_places: Index) -> None:
    for hit in reranker_of(two_places).search(QUERY, limit=9, scope=Scope(jurisdictions=frozenset({"东州", "西州"}))):
        assert hit.features["preferred_place"] == 0


def test_what_a_place_rules_itself_is_told_from_what_the_state_rules_or_nobody_is_known_to() -> None:
    index = index_of([clause("d:1", TEXT, ("东州",)), clause("d:2", TEXT, ("全国",)), clause("d:3", TEXT), *OTHERS])
    local = {hit.clause.id: hit.features["local"] for hit in reranker_of(index).search(QUERY, limit=9)}
    assert [local[id_] for id_ in ("d:1", "d:2", "d:3")] == [1, 0, 0]


@pytest.mark.parametrize("query", ["怎么办", "店", "zzz", "请问 登记"])
def test_a_question_of_few_or_unknown_or_no_words_is_put_in_order(many: Index, query: str) -> None:
    hits = reranker_of(many).search(query, limit=100)
    assert hits == ranked(hits)
    assert all(np.isfinite(hit.score) for hit in hits)


def test_words_count_alike_where_none_is_worth_anything(many: Index) -> None:
    def worthless(words: Sequence[str]) -> NDArray[np.float64]:
        return np.zeros(len(words))

    bare = Reranker(many.table, many.fused, many.reader, worthless, many.alignment, records=False)
    for hit in bare.search("登记 期限", limit=DEPTH):
        assert 0 <= hit.features["sentence"] <= hit.features["words"] + 1e-6


def test_lines_of_records_count_as_sentences_where_they_are_looked_at(index: Index) -> None:
    whole, bare = (
        Reranker(index.table, index.fused, index.reader, index.idf, index.alignment, records=records).search(
            "没贷过款的小店咋能贷到款", limit=99
        )
        for records in (True, False)
    )
    said = {hit.clause.id: hit.features["words"] for hit in bare if hit.features}
    pairs = [(hit.features["words"], said[hit.clause.id]) for hit in whole if hit.features and hit.clause.id in said]
    assert pairs
    assert all(with_lines >= without - 1e-6 for with_lines, without in pairs)
    assert any(with_lines > without + 0.01 for with_lines, without in pairs)


def test_long_clauses_are_looked_at_until_their_words_are_too_many_but_never_fewer_than_four(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    (query,) = index.read(["怎么办理"])
    looked_at = []
    for words in (1, 8000, 10**9):
        monkeypatch.setattr("index.reranking.reranker._WORDS", words)
        hits = index.search(query, limit=60)
        looked_at.append(sum(bool(hit.features) for hit in hits))
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert looked_at[0] == 4 < looked_at[1] < looked_at[2] == DEPTH
