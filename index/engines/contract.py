"""The laws of `Retriever` as a test suite that an engine inherits.

    class TestMyEngine(RetrieverContract):
        @pytest.fixture
        def build(self) -> Build:
            return lambda corpus: MyEngine(corpus)

Values are compared, not lengths. An engine that keeps something on disk overrides `reopened` as well. Import this
module from tests only: it needs pytest.
"""

import math
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from index.retriever import EVERYTHING, UNPLACED, Hit, Retriever, Scope, ranked

Build = Callable[[Corpus], Retriever]

QUERIES = ("门面装修", "门面装修到哪里备案", "补贴标准是多少", "how to register a shop", "办理 期限", "办", "第三条")
BLANK = ("", " ", "\n\t", "　", "？！…", "🙂")
SCOPES = (
    Scope(documents=frozenset({"shops"})),
    Scope(documents=frozenset({"shops", "subsidies"})),
    Scope(jurisdictions=frozenset({"东州"})),
    Scope(jurisdictions=frozenset({"东州", "西州"})),
    Scope(documents=frozenset({"shops", "nowhere"}), jurisdictions=frozenset({"西州"})),
    Scope(jurisdictions=frozenset({UNPLACED})),
    Scope(jurisdictions=frozenset({"西州", UNPLACED})),
)
NOTHING = (
    Scope(documents=frozenset()),
    Scope(jurisdictions=frozenset()),
    Scope(documents=frozenset({"nowhere"})),
    Scope(jurisdictions=frozenset({"火星"})),
    Scope(documents=frozenset({"fees"}), jurisdictions=frozenset({"东州"})),
)

_TEXTS = (
    ("shops", ("东州",), "门面装修应当到街道备案，办理期限为三个工作日。"),
    ("shops", ("东州",), "开办小商店可以在网上登记，register a shop online。"),
    ("shops", ("西州",), "门面装修备案不收取费用。"),
    ("shops", ("东州", "西州"), "流动摊位由街道划定区域和时段。"),
    ("subsidies", ("东州",), "补贴标准为每户每年两千元。"),
    ("subsidies", ("西州",), "补贴标准由区里公布，办理期限为十个工作日。"),
    ("subsidies", ("西州",), "申领补贴应当提交身份证明。"),
    ("subsidies", ("西州",), "申领补贴应当提交身份证明。"),  # equal texts: the order of ids decides
    ("fees", (), "垃圾清运费按月收取。"),
    ("fees", (), "门面装修垃圾由施工方清运。"),
    ("fees", (), "清运时段由物业公告。"),
    ("fees", (), "Fees are paid monthly。"),
)


def contract_corpus() -> Corpus:
    """Twelve made-up clauses of three documents in two places, two of them equal, ids not in the order of the text."""
    clauses = [
        Clause(f"{document}:{99 - number}", document, f"第{number}条", text[:4], (), text, 0, len(text), places)
        for number, (document, places, text) in enumerate(_TEXTS, 1)
    ]
    documents = dict.fromkeys(document for document, _, _ in _TEXTS)
    return Corpus(tuple(Document(id_, f"{id_}办法", "") for id_ in documents), tuple(clauses))


def values(hits: list[Hit]) -> list[tuple[str, float]]:
    """What two equal results have in common."""
    return [(hit.clause.id, hit.score) for hit in hits]


class RetrieverContract:
    """Inherit it and add a fixture `build` that makes the engine over any corpus."""

    scores_depend_on_scope = False  # true of a fusion, whose legs are weighed by their best inside the scope

    @pytest.fixture
    def engine(self, build: Build) -> Retriever:
        """The engine over the corpus of the contract."""
        return build(contract_corpus())

    @pytest.fixture
    def reopened(self, build: Build, tmp_path: Path) -> Retriever:  # noqa: ARG002  (for those that override it)
        """The same after it was saved and opened, for an engine that keeps something on disk."""
        return build(contract_corpus())

    @pytest.mark.parametrize("query", QUERIES)
    @pytest.mark.parametrize("limit", [1, 3, 10, 500])
    def test_at_most_limit_hits_no_clause_twice_in_the_total_order(
        self, engine: Retriever, query: str, limit: int
    ) -> None:
        hits = engine.search(query, limit=limit)
        ids = [hit.clause.id for hit in hits]
        assert len(hits) <= limit
        assert len(set(ids)) == len(ids)
        assert hits == ranked(hits)

    @pytest.mark.parametrize("query", QUERIES)
    def test_hits_are_clauses_of_the_corpus_with_finite_scores(self, engine: Retriever, query: str) -> None:
        known = {clause.id: clause for clause in contract_corpus().clauses}
        for hit in engine.search(query, limit=500):
            assert hit.clause == known[hit.clause.id]
            assert type(hit.score) is float
            assert math.isfinite(hit.score)

    def test_what_says_the_query_in_its_own_words_comes_first(self, engine: Retriever) -> None:
        assert engine.search("垃圾清运费按月收取。", limit=1)[0].clause.text == "垃圾清运费按月收取。"

    @pytest.mark.parametrize("query", QUERIES)
    def test_a_shorter_list_is_the_beginning_of_a_longer_one(self, engine: Retriever, query: str) -> None:
        longer = values(engine.search(query, limit=50))
        for limit in range(1, len(longer) + 1):
            assert values(engine.search(query, limit=limit)) == longer[:limit]

    @pytest.mark.parametrize("query", BLANK)
    def test_a_blank_query_gives_no_hit(self, engine: Retriever, query: str) -> None:
        assert engine.search(query, limit=10) == []

    @pytest.mark.parametrize("limit", [0, -1])
    def test_no_room_gives_no_hit(self, engine: Retriever, limit: int) -> None:
        assert engine.search("门面装修", limit=limit) == []

    @pytest.mark.parametrize("query", QUERIES)
    def test_the_same_query_gives_the_same_result_from_many_threads(self, engine: Retriever, query: str) -> None:
        expected = engine.search(query, limit=10)
        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(lambda _: engine.search(query, limit=10), range(32))) == [expected] * 32

    @pytest.mark.parametrize("query", QUERIES)
    def test_built_twice_or_saved_and_opened_it_gives_equal_hits(
        self, engine: Retriever, build: Build, reopened: Retriever, query: str
    ) -> None:
        expected = engine.search(query, limit=20)
        assert build(contract_corpus()).search(query, limit=20) == expected
        assert reopened.search(query, limit=20) == expected

    @pytest.mark.parametrize("scope", SCOPES)
    @pytest.mark.parametrize("query", QUERIES)
    def test_a_scope_never_leaks_and_is_applied_before_the_limit(
        self, engine: Retriever, query: str, scope: Scope
    ) -> None:
        inside = [hit for hit in engine.search(query, limit=500) if scope.admits(hit.clause)]
        for limit in (1, 2, 500):
            hits = engine.search(query, limit=limit, scope=scope)
            assert [hit.clause.id for hit in hits] == [hit.clause.id for hit in inside[:limit]]
            if not self.scores_depend_on_scope:
                assert [hit.score for hit in hits] == pytest.approx([hit.score for hit in inside[:limit]])

    @pytest.mark.parametrize("scope", NOTHING)
    def test_an_empty_scope_admits_nothing(self, engine: Retriever, scope: Scope) -> None:
        assert engine.search("门面装修垃圾", limit=10, scope=scope) == []

    def test_the_widest_scope_changes_nothing(self, engine: Retriever) -> None:
        everywhere = Scope(documents=frozenset({"shops", "subsidies", "fees"}))
        expected = values(engine.search("办理期限", limit=20, scope=EVERYTHING))
        found = engine.search("办理期限", limit=20, scope=everywhere)
        assert [hit.clause.id for hit in found] == [id_ for id_, _ in expected]

    def test_a_corpus_of_one_clause_is_searched(self, build: Build) -> None:
        corpus = contract_corpus()
        alone = Corpus(corpus.documents[:1], corpus.clauses[:1])
        hits = build(alone).search("门面装修", limit=10)
        assert [hit.clause for hit in hits] in ([], list(alone.clauses))
