"""The approximate index: what it finds of the exact best, inside scopes too, and that it comes back from disk."""

import numpy as np
import pytest

from corpus.clause import Clause
from index.clause_table import ClauseTable
from index.encoder.vectors import Vectors, unit_rows
from index.engines import ann, dense
from index.engines.ann import Ann, build_ann, train_ann
from index.engines.dense import DenseRetriever, encode_texts
from index.lexicon.expansion import load_lexicon
from index.query import QueryReader
from index.retriever import EVERYTHING, Scope
from tests.bigram_encoder import BigramEncoder


@pytest.fixture(scope="module")
def vectors() -> Vectors:
    """Rows around two hundred centres, as texts about as many matters."""
    numbers = np.random.default_rng(17)
    centres = numbers.normal(size=(200, 32))
    return unit_rows((centres[numbers.integers(0, 200, 6000)] + numbers.normal(size=(6000, 32)) / 2).astype(np.float32))


@pytest.fixture
def in_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few vectors are sorted into many lists, of which few are looked at."""
    monkeypatch.setattr(ann, "_ONE_LIST", 0)
    monkeypatch.setattr(ann, "_MILLION", 6000)
    monkeypatch.setattr(ann, "_LISTS", 64)
    monkeypatch.setattr(ann, "CANDIDATES", 200)


def exact(vectors: Vectors, query: Vectors, rows: np.ndarray) -> set[int]:
    return set(rows[np.argsort(-(vectors[rows] @ query))[:10]].tolist())


@pytest.mark.usefixtures("in_lists")
@pytest.mark.parametrize("compact", [0, 6000])
@pytest.mark.parametrize("every", [1, 3, 20])
def test_most_of_the_ten_best_are_named_inside_a_scope_too(
    vectors: Vectors, every: int, compact: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ann, "COMPACT", compact)
    built = train_ann(vectors)
    rows = np.arange(0, len(vectors), every)
    near = built if every == 1 else built.within(rows, vectors)
    shares = []
    for query in vectors[1::97]:
        named = near.candidates(query)
        assert set(named.tolist()) <= set(rows.tolist())
        assert (np.diff(named) > 0).all()
        shares.append(len(exact(vectors, query, rows) & set(named.tolist())) / 10)
    assert np.mean(shares) > 0.97


@pytest.mark.usefixtures("in_lists")
@pytest.mark.parametrize("compact", [0, 6000])
def test_a_scope_that_lies_elsewhere_is_found_all_the_same(
    vectors: Vectors, compact: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ann, "COMPACT", compact)
    query = vectors[0]
    far = np.sort(np.argsort(vectors @ query)[:300])
    named = train_ann(vectors).within(far, vectors).candidates(query)
    assert len(named) == 200
    assert set(named.tolist()) <= set(far.tolist())


@pytest.mark.usefixtures("in_lists")
def test_recall_is_that_of_the_candidates(vectors: Vectors) -> None:
    built = train_ann(vectors, vectors[:40])
    everything = np.arange(len(vectors))
    found = [exact(vectors, q, everything) & set(built.candidates(q).tolist()) for q in vectors[:40]]
    assert built.recall.queries == 40
    assert built.recall.at_10 == pytest.approx(np.mean([len(one) / 10 for one in found]))


@pytest.mark.usefixtures("in_lists")
def test_built_twice_it_is_the_same_and_so_it_is_read_back(vectors: Vectors) -> None:
    built = train_ann(vectors)
    one, other = built.to_arrays(), train_ann(vectors).to_arrays()
    assert all((one[name] == other[name]).all() for name in one)
    read = Ann.from_arrays(one)
    assert read
    assert read.recall == built.recall
    for query in vectors[:5]:
        assert (read.candidates(query) == built.candidates(query)).all()


def test_a_damaged_one_is_refused_and_none_is_none(vectors: Vectors) -> None:
    arrays = train_ann(vectors).to_arrays()
    with pytest.raises(ValueError, match="cannot be read"):
        Ann.from_arrays({**arrays, "ann": arrays["ann"][: len(arrays["ann"]) // 2]})
    assert Ann.from_arrays({}) is None


def test_few_vectors_have_none(vectors: Vectors, monkeypatch: pytest.MonkeyPatch) -> None:
    assert build_ann(vectors) is None
    monkeypatch.setattr(ann, "APPROXIMATE", len(vectors) - 1)
    assert build_ann(vectors)


@pytest.mark.parametrize("scope", [Scope(), Scope(documents=frozenset(f"r{i:04}" for i in range(0, 900, 3)))])
def test_a_longer_list_extends_a_shorter_one_and_its_scores_are_cosines(
    bigram_encoder: BigramEncoder, scope: Scope, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense, "EXHAUSTIVE", 0)
    monkeypatch.setattr(ann, "CANDIDATES", 100)
    numbers = np.random.default_rng(0)
    texts = ["".join(numbers.choice(list("甲乙丙丁"), 6)) for _ in range(900)]
    clauses = [Clause(f"r{i:04}", f"r{i:04}", "", "", (), text, 0, 6) for i, text in enumerate(texts)]
    passages = encode_texts(clauses, bigram_encoder)
    reader = QueryReader(bigram_encoder, load_lexicon())
    leg = DenseRetriever(ClauseTable(clauses), passages, reader, ann=train_ann(passages.vectors))
    asked = bigram_encoder.encode_queries(["甲乙丙"])[0]
    longest = leg.search("甲乙丙", limit=900, scope=scope)
    assert len(longest) == 100
    for hit in longest:
        assert scope.admits(hit.clause)
        assert hit.score == pytest.approx(float(passages.vectors[int(hit.clause.id[1:])] @ asked), abs=1e-6)
    for limit in (1, 10, 70):
        assert leg.search("甲乙丙", limit=limit, scope=scope) == longest[:limit]


def test_clauses_that_are_not_kept_are_not_covered(
    bigram_encoder: BigramEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dense, "EXHAUSTIVE", 0)
    clauses = [Clause(f"r{i}", f"r{i}", "", "", (), f"甲乙{i}", 0, 3) for i in range(10)]
    passages = encode_texts(clauses, bigram_encoder)
    reader, kept = QueryReader(bigram_encoder, load_lexicon()), np.arange(10) % 2 == 0
    leg = DenseRetriever(ClauseTable(clauses), passages, reader, ann=train_ann(passages.vectors), kept=kept)
    assert {hit.clause.id for hit in leg.search("甲乙", limit=10)} == {f"r{i}" for i in range(0, 10, 2)}
    scores = leg.open(reader.as_query("甲乙"))(10, EVERYTHING).score_clauses(np.arange(10))
    assert (np.isnan(scores) == ~kept).all()
