"""The laws of `Retriever`, checked by value over every implementation."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from corpus.corpus import Corpus
from index.encoder.encoder import unit_rows
from index.engines.bm25 import asked, indexed_text
from index.engines.dense import CONTEXT
from index.index import Index, build_index
from index.retriever import EVERYTHING, Hit, Retriever, Scope, ranked
from index.store import open_index, save_index
from tests.bigram_encoder import BigramEncoder

QUERIES = [
    "首贷",
    "没贷过款的小店咋能贷到款",
    "不动产抵押权注销登记",
    "how do I get first-loan support",
    "破产 管理人",
    "办理",
]
ENGINES: dict[str, Callable[[Index], Retriever]] = {
    "bm25": lambda index: index.text.lexical,
    "dense": lambda index: index.text.semantic,
    "hybrid": lambda index: index,
}


@pytest.fixture(scope="module")
def built(corpus: Corpus, bigram_encoder: BigramEncoder) -> Index:
    return build_index(corpus, bigram_encoder)


@pytest.fixture(scope="module")
def reopened(
    built: Index, corpus: Corpus, bigram_encoder: BigramEncoder, tmp_path_factory: pytest.TempPathFactory
) -> Index:
    folder = tmp_path_factory.mktemp("index")
    save_index(built, folder)
    return open_index(folder, corpus, bigram_encoder)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, built: Index) -> Retriever:
    return ENGINES[request.param](built)


def values(hits: list[Hit]) -> list[tuple[str, float]]:
    return [(hit.clause.id, hit.score) for hit in hits]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("limit", [1, 3, 10, 99, 500])
def test_at_most_limit_hits_no_clause_twice_in_the_total_order(engine: Retriever, query: str, limit: int) -> None:
    hits = engine.search(query, limit=limit)
    ids = [hit.clause.id for hit in hits]
    assert len(hits) <= limit
    assert len(set(ids)) == len(ids)
    assert hits == ranked(hits)


@pytest.mark.parametrize("query", QUERIES)
def test_a_shorter_list_is_the_beginning_of_a_longer_one(engine: Retriever, query: str) -> None:
    assert values(engine.search(query, limit=5)) == values(engine.search(query, limit=50))[:5]


@pytest.mark.parametrize("query", ["", " ", "\n\t", "　", "？！…", "🙂"])
def test_a_blank_query_gives_no_hit(engine: Retriever, query: str) -> None:
    assert engine.search(query, limit=10) == []


@pytest.mark.parametrize("limit", [0, -1])
def test_no_room_gives_no_hit(engine: Retriever, limit: int) -> None:
    assert engine.search("首贷", limit=limit) == []


@pytest.mark.parametrize("query", QUERIES)
def test_the_same_query_gives_the_same_result_from_many_threads(engine: Retriever, query: str) -> None:
    expected = values(engine.search(query, limit=10))
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda _: values(engine.search(query, limit=10)), range(32)))
    assert results == [expected] * 32


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("query", QUERIES)
def test_build_save_open_gives_equal_hits(name: str, query: str, built: Index, reopened: Index) -> None:
    assert ENGINES[name](reopened).search(query, limit=20) == ENGINES[name](built).search(query, limit=20)


@pytest.mark.parametrize(
    "scope",
    [
        Scope(documents=frozenset({"harbin-66"})),
        Scope(jurisdictions=frozenset({"合肥"})),
        Scope(documents=frozenset({"anhui-2023-4"}), jurisdictions=frozenset({"安徽", "芜湖"})),
    ],
)
@pytest.mark.parametrize("query", QUERIES)
def test_a_scope_never_leaks_and_is_applied_before_the_limit(engine: Retriever, query: str, scope: Scope) -> None:
    hits = engine.search(query, limit=7, scope=scope)
    assert all(scope.admits(hit.clause) for hit in hits)
    if isinstance(engine, Index):  # a fused score depends on what else is in the scope
        assert len(hits) == 7
    else:
        every = [hit for hit in engine.search(query, limit=500) if scope.admits(hit.clause)]
        assert [hit.clause.id for hit in hits] == [hit.clause.id for hit in every[:7]]
        assert [hit.score for hit in hits] == pytest.approx([hit.score for hit in every[:7]])


@pytest.mark.parametrize("scope", [Scope(documents=frozenset()), Scope(jurisdictions=frozenset({"火星"}))])
def test_an_empty_scope_admits_nothing(engine: Retriever, scope: Scope) -> None:
    assert engine.search("首贷", limit=10, scope=scope) == []


@pytest.mark.parametrize("query", QUERIES)
def test_a_lexical_hit_shares_a_token_and_a_clause_that_shares_one_is_a_hit(built: Index, query: str) -> None:
    titles = {document.id: document.title for document in built.corpus.documents}
    wanted = asked(query, built.text.lexical.weights.vocabulary).counts.keys()
    sharing = {c.id for c in built.corpus.clauses if wanted & set(indexed_text(c, titles[c.document_id]))}
    assert {hit.clause.id for hit in built.text.lexical.search(query, limit=500)} == sharing


@pytest.mark.parametrize("query", QUERIES)
def test_a_dense_score_is_the_best_cosine_of_the_clause_and_its_parts_in_context(built: Index, query: str) -> None:
    encode = built.encoder.encode_documents
    vector = built.encoder.encode_queries([query])[0]
    clauses = built.corpus.clauses
    whole = encode([c.text for c in clauses])
    expected = {}
    for c, clause in enumerate(clauses):
        beside = [whole[i] for i in (c - 1, c + 1) if 0 <= i < len(clauses) and clauses[i].path == clause.path != ()]
        own = encode([clause.text, *(f"{clause.title}\n{part.text}" for part in clause.parts)])
        leaning = own + CONTEXT * np.sum(beside, axis=0) if beside else own
        expected[clause.id] = float(np.max(unit_rows(leaning) @ vector))
    hits = built.text.semantic.search(query, limit=500)
    assert dict(values(hits)) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("query", QUERIES)
def test_a_fused_hit_carries_what_each_leg_said(built: Index, query: str) -> None:
    said = {name: {h.clause.id: h.legs[name] for h in leg.search(query, limit=100)} for name, leg in built.legs.items()}
    for hit in built.search(query, limit=20):
        assert hit.legs == {name: of[hit.clause.id] for name, of in said.items() if hit.clause.id in of}
        assert hit.score <= 1


def test_results_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    program = (
        "import json, sys; sys.path.insert(0, sys.argv[1]); from tests.bigram_encoder import BigramEncoder;"
        "from corpus.load import load_corpus; from index.index import build_index;"
        "index = build_index(load_corpus(), BigramEncoder());"
        "print(json.dumps([[(h.clause.id, h.score) for h in index.search(q, limit=20)]"
        " for q in json.loads(sys.argv[2])] + [index.version]))"
    )
    here = str(Path(__file__).parents[3])
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program, here, json.dumps(QUERIES)],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            cwd=tmp_path,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(outputs) == 1


def test_everything_is_the_widest_scope(corpus: Corpus) -> None:
    assert all(EVERYTHING.admits(clause) for clause in corpus.clauses)
