"""A build writes a collection of its own, the alias moves to it in one step, and what nobody names any more goes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.corpus import Corpus
from corpus.errors import EngineError, IndexMismatchError
from index.building import build_index
from index.engines.contract import contract_corpus
from index.engines.milvus.connection import Address, Connection
from index.engines.milvus.engine import ALIAS, MilvusEngine
from index.store import open_index, save_index
from tests.bigram_encoder import BigramEncoder

QUESTION = "门面装修到哪里备案"


def corpus_of(count: int) -> Corpus:
    whole = contract_corpus()
    return Corpus(whole.documents, whole.clauses[:count])


@pytest.fixture
def engine(tmp_path: Path) -> MilvusEngine:
    return MilvusEngine(Connection(Address(str(tmp_path / "milvus.db"))))


def collections(engine: MilvusEngine) -> set[str]:
    return set(engine.connection.call("list_collections"))


def meant(engine: MilvusEngine) -> str:
    return str(engine.connection.call("describe_alias", ALIAS)["collection_name"])


def save(count: int, folder: Path, engine: MilvusEngine) -> set[str]:
    """The collections that are there afterwards."""
    save_index(build_index(corpus_of(count), BigramEncoder()), folder, engine)
    return collections(engine)


def test_each_build_has_a_collection_of_its_own_and_the_alias_means_the_newest(
    engine: MilvusEngine, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    first = save(8, folder, engine)
    second = save(9, folder, engine)
    assert {meant(engine)} == second - first
    assert first < second  # the one before stays: somebody may just be opening it
    third = save(10, folder, engine)
    assert {meant(engine)} == third - second
    assert third & first == set()
    assert len(third) == 2
    version = build_index(corpus_of(10), BigramEncoder()).version
    assert version in meant(engine)


def test_an_index_that_is_open_goes_on_while_another_is_built(engine: MilvusEngine, tmp_path: Path) -> None:
    save(8, tmp_path / "index", engine)
    index = open_index(tmp_path / "index", corpus_of(8), BigramEncoder(), engine=engine)
    expected = index.search(QUESTION, limit=9)
    save(12, tmp_path / "index", engine)
    assert index.search(QUESTION, limit=9) == expected
    with pytest.raises(IndexMismatchError, match="another corpus"):
        open_index(tmp_path / "index", corpus_of(8), BigramEncoder(), engine=engine)


def test_two_installations_in_one_database_leave_each_other_alone(engine: MilvusEngine, tmp_path: Path) -> None:
    save(8, tmp_path / "one", engine)
    for count in (9, 10, 11):
        save(count, tmp_path / "two", engine)
    index = open_index(tmp_path / "one", corpus_of(8), BigramEncoder(), engine=engine)
    assert index.search(QUESTION, limit=1)
    assert len(collections(engine)) == 3


def failing(engine: MilvusEngine, monkeypatch: pytest.MonkeyPatch, what: str, drops: Callable[[], bool]) -> None:
    called = engine.connection.call

    def call(name: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        if name == what or (name == "drop_collection" and not drops()):
            raise EngineError("Milvus is away")
        return called(name, *args, **kwargs)

    monkeypatch.setattr(engine.connection, "call", call)


@pytest.mark.parametrize("what", ["create_collection", "insert", "flush", "load_collection", "alter_alias"])
def test_a_build_that_fails_leaves_what_was_in_service_and_nothing_besides(
    engine: MilvusEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    before = save(8, tmp_path / "index", engine)
    with monkeypatch.context() as patched:
        failing(engine, patched, what, drops=lambda: True)
        with pytest.raises(EngineError):
            save(9, tmp_path / "index", engine)
    index = open_index(tmp_path / "index", corpus_of(8), BigramEncoder(), engine=engine)
    assert index.search(QUESTION, limit=1)
    assert {meant(engine)} == before
    assert before <= save(10, tmp_path / "index", engine)
    assert len(collections(engine)) == 2


def test_what_could_not_be_removed_is_removed_by_the_next_build(
    engine: MilvusEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(8, tmp_path / "index", engine)
    with monkeypatch.context() as patched:
        failing(engine, patched, "flush", drops=lambda: False)
        with pytest.raises(EngineError):
            save(9, tmp_path / "index", engine)
    assert len(collections(engine)) == 2
    save(10, tmp_path / "index", engine)
    assert len(collections(engine)) == 2
    assert meant(engine) in collections(engine)


def test_an_approximate_index_says_what_it_finds_of_the_exact_one(tmp_path: Path) -> None:
    engine = MilvusEngine(Connection(Address(str(tmp_path / "graph.db"))), exhaustive=0)
    corpus = contract_corpus()
    index = build_index(corpus, BigramEncoder())
    save_index(index, tmp_path / "index", engine)
    opened = open_index(tmp_path / "index", corpus, BigramEncoder(), engine=engine)
    hit, other = opened.legs["dense"].search(QUESTION, limit=3), index.legs["dense"].search(QUESTION, limit=3)
    assert hit == other
    manifest = (tmp_path / "index" / "0001" / "manifest.json").read_text()
    assert '"dense_index": "HNSW"' in manifest
    assert '"recall@10": 1.0' in manifest


def test_rows_are_written_in_batches_and_their_number_is_told(
    engine: MilvusEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.engines.milvus.writing.BATCH", 5)
    told: list[tuple[int, int]] = []
    save_index(build_index(contract_corpus(), BigramEncoder()), tmp_path / "i", engine, lambda *rows: told.append(rows))
    assert told[-1][0] == told[-1][1] == 36
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert max(b - a for (a, _), (b, _) in zip([(0, 0), *told], told, strict=False)) <= 5
