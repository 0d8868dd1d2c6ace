import numpy as np
import pytest

from corpus.clause import Clause, Part
from index.clause_table import ClauseTable
from index.encoder.vectors import Vectors, unit_rows
from index.engines import dense
from index.engines.dense import NEIGHBOUR_WEIGHT, DenseRetriever, encode_texts
from index.index import Index
from index.lexicon.expansion import load_lexicon
from index.query import QueryReader
from index.retriever import EVERYTHING, Scope
from index.text.normalizer import normalize
from tests.bigram_encoder import BigramEncoder


def row(number: int, text: str, title: str = "") -> Clause:
    return Clause(f"r{number:04}", f"r{number:04}", title, title, (), text, 0, len(text))


def retriever(clauses: list[Clause], encoder: BigramEncoder) -> DenseRetriever:
    return DenseRetriever(ClauseTable(clauses), encode_texts(clauses, encoder), QueryReader(encoder, load_lexicon()))


def test_the_best_part_is_named(bigram_encoder: BigramEncoder) -> None:
    text = "（三）首贷。一是建立名单。二是开设专区。"
    parts = (Part("d:1.1", "一是", "一是建立名单。", 6, 13), Part("d:1.2", "二是", "二是开设专区。", 13, 20))
    clause = Clause("d:1", "d", "一、", "首贷", (), text, 0, len(text), (), parts)
    [hit] = retriever([clause], bigram_encoder).search("二是开设专区", limit=1)
    assert hit.legs["dense"].part_id == "d:1.2"


@pytest.mark.parametrize("exhaustive", [0, 8192])
@pytest.mark.parametrize("limit", [1, 3, 10, 40])
@pytest.mark.parametrize("scope", [EVERYTHING, Scope(documents=frozenset(f"r{i:04}" for i in range(0, 900, 3)))])
def test_scanned_or_exhaustive_it_loses_nothing_against_brute_force(
    bigram_encoder: BigramEncoder, limit: int, scope: Scope, exhaustive: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense, "EXHAUSTIVE", exhaustive)
    # Few letters and many equal texts: near ties and ties everywhere.
    numbers = np.random.default_rng(0)
    clauses = [row(i, "".join(numbers.choice(list("甲乙丙丁"), 6))) for i in range(900)]
    leg = retriever(clauses, bigram_encoder)
    for query in ("甲乙丙", "丁丁甲", "乙"):
        asked = bigram_encoder.encode_queries([query])[0]
        scores = {
            c.id: float(np.vecdot(v, asked)) for c, v in zip(clauses, leg.vectors, strict=True) if scope.admits(c)
        }
        expected = sorted(scores, key=lambda id_: (-scores[id_], id_))[:limit] if asked.any() else []
        assert [hit.clause.id for hit in leg.search(query, limit=limit, scope=scope)] == expected


@pytest.mark.parametrize("query", ["首贷", "不动产抵押权注销登记", "how do I get first-loan support"])
def test_a_score_is_the_best_cosine_of_the_clause_and_its_parts_beside_its_neighbours(index: Index, query: str) -> None:
    def encode(texts: list[str]) -> Vectors:
        return index.encoder.encode_documents([normalize(text) for text in texts])

    vector = index.encoder.encode_queries([normalize(query)])[0]
    clauses = index.corpus.clauses
    whole = encode([c.text for c in clauses])
    expected = {}
    for c, clause in enumerate(clauses):
        beside = [whole[i] for i in (c - 1, c + 1) if 0 <= i < len(clauses) and clauses[i].path == clause.path != ()]
        own = encode([clause.text, *(f"{clause.title}\n{part.text}" for part in clause.all_parts())])
        leaning = own + NEIGHBOUR_WEIGHT * np.sum(beside, axis=0) if beside else own
        expected[clause.id] = float(np.max(unit_rows(leaning) @ vector))
    hits = index.text.semantic.search(query, limit=500)
    assert {hit.clause.id: hit.score for hit in hits} == pytest.approx(expected, abs=1e-5)
