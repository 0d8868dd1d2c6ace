"""The laws of `Retriever`, checked by value over every implementation, and over one that is not ours."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.clause import Clause
from corpus.corpus import Corpus
from index import second
from index.building import build_index
from index.clause_table import ClauseTable
from index.engines import ann, bm25_query, dense, maxscore
from index.engines.contract import QUERIES, Build, RetrieverContract, contract_corpus
from index.index import Index
from index.layer import Layer, build_induced, build_text
from index.lexicon.expansion import load_lexicon
from index.query import Query, QueryReader
from index.retriever import EVERYTHING, Hit, Retriever, Scope, ranked
from index.store import open_index, save_index
from index.text.tokenizer import tokenize
from tests.bigram_encoder import BigramEncoder


def text_layer_of(corpus: Corpus) -> tuple[Retriever, Retriever]:
    layer = build_text(corpus, ClauseTable(corpus.clauses), QueryReader(BigramEncoder(), load_lexicon()))
    return layer.lexical, layer.semantic


class TestBM25(RetrieverContract):
    @pytest.fixture
    def build(self) -> Build:
        return lambda corpus: text_layer_of(corpus)[0]


class TestBM25Searched(TestBM25):
    @pytest.fixture(autouse=True, params=[False, True])
    def search(self, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(bm25_query, "PRUNED", 0)
        monkeypatch.setattr(bm25_query.BM25Query, "_few", lambda *_: request.param)
        monkeypatch.setattr(maxscore, "_FIRST", 1)


class TestDense(RetrieverContract):
    @pytest.fixture
    def build(self) -> Build:
        return lambda corpus: text_layer_of(corpus)[1]


class TestDenseScannedInHalfPrecision(TestDense):
    @pytest.fixture(autouse=True)
    def scan(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(dense, "EXHAUSTIVE", 0)


class TestDenseApproximate(TestDense):
    @pytest.fixture(autouse=True)
    def approximate(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(dense, "EXHAUSTIVE", 0)
        monkeypatch.setattr(ann, "APPROXIMATE", 0)


class TestFused(RetrieverContract):
    scores_depend_on_scope = True

    @pytest.fixture
    def build(self) -> Build:
        return lambda corpus: build_index(corpus, BigramEncoder())

    @pytest.fixture
    def reopened(self, build: Build, tmp_path: Path) -> Retriever:
        built = build(contract_corpus())
        assert isinstance(built, Index)
        save_index(built, tmp_path)
        return open_index(tmp_path, contract_corpus(), BigramEncoder())


def induced_layer_of(corpus: Corpus) -> Layer:
    table, reader = ClauseTable(corpus.clauses), QueryReader(BigramEncoder(), load_lexicon())
    return build_induced(corpus, table, reader, lambda _: 1.0)


class InducedContract(RetrieverContract):
    """A leg over what people may ask: saved and opened with a whole index."""

    @pytest.fixture
    def reopened(self, build: Build, tmp_path: Path) -> Retriever:
        name = build(contract_corpus()).name  # type: ignore[attr-defined]
        save_index(build_index(contract_corpus(), BigramEncoder()), tmp_path)
        return open_index(tmp_path, contract_corpus(), BigramEncoder()).legs[name]

    def test_what_says_the_query_in_its_own_words_comes_first(self, engine: Retriever) -> None:
        assert engine.search("垃圾清运", limit=1)[0].clause.title == "垃圾清运"


class TestInducedBM25(InducedContract):
    @pytest.fixture
    def build(self) -> Build:
        return lambda corpus: induced_layer_of(corpus).lexical


class TestInducedDense(InducedContract):
    @pytest.fixture
    def build(self) -> Build:
        return lambda corpus: induced_layer_of(corpus).semantic


class TestSecondDense(RetrieverContract):
    @pytest.fixture
    def build(self) -> Build:
        return lambda corpus: build_index(corpus, BigramEncoder(), second=BigramEncoder()).legs[second.NAME]

    @pytest.fixture
    def reopened(self, tmp_path: Path) -> Retriever:
        save_index(build_index(contract_corpus(), BigramEncoder(), second=BigramEncoder()), tmp_path)
        return open_index(tmp_path, contract_corpus(), BigramEncoder(), second=BigramEncoder()).legs[second.NAME]


class TestFusedApproximate(TestFused):
    @pytest.fixture(autouse=True)
    def approximate(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(dense, "EXHAUSTIVE", 0)
        monkeypatch.setattr(ann, "APPROXIMATE", 0)


class TestFusedWithSecond(TestFused):
    @pytest.fixture
    def build(self) -> Build:
        return lambda corpus: build_index(corpus, BigramEncoder(), second=BigramEncoder())

    @pytest.fixture
    def reopened(self, build: Build, tmp_path: Path) -> Retriever:
        built = build(contract_corpus())
        assert isinstance(built, Index)
        save_index(built, tmp_path)
        return open_index(tmp_path, contract_corpus(), BigramEncoder(), second=BigramEncoder())


class SharedTokens:
    """A toy engine: how many different tokens of the query a clause holds, less what it says besides."""

    def __init__(self, corpus: Corpus) -> None:
        self._clauses = corpus.clauses

    def search(self, query: Query | str, *, limit: int, scope: Scope = EVERYTHING) -> list[Hit]:
        asked = set(tokenize(query if isinstance(query, str) else query.text))

        def score(clause: Clause) -> float:
            said = set(tokenize(clause.text))
            return len(asked & said) / len(asked | said)

        inside = [Hit(clause, score(clause)) for clause in self._clauses if scope.admits(clause)] if asked else []
        return ranked((hit for hit in inside if hit.score), max(limit, 0))


class TestToy(RetrieverContract):
    @pytest.fixture
    def build(self) -> Build:
        return SharedTokens


def test_results_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    program = (
        "import json, sys; sys.path.insert(0, sys.argv[1]); from tests.bigram_encoder import BigramEncoder;"
        "from corpus.load import load_corpus; from index.building import build_index;"
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
