"""Milvus away, silent, or without what the index needs: an error that says so, and health when it is back."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import EngineError, IndexMismatchError
from index.building import build_index
from index.engines.contract import contract_corpus
from index.engines.milvus.connection import Address, Connection
from index.engines.milvus.engine import MilvusEngine
from index.index import Index
from index.store import open_index, save_index
from tests.bigram_encoder import BigramEncoder
from tests.milvus_server import Clock, Server

QUESTION = "门面装修到哪里备案"
SECRET = "root:so-secret"


def engine_at(port: int, clock: Callable[[], float], seconds: float = 20) -> MilvusEngine:
    return MilvusEngine(Connection(Address(f"http://{SECRET}@127.0.0.1:{port}", token=SECRET), seconds, clock))


def placed(folder: Path, engine: MilvusEngine) -> Index:
    save_index(build_index(contract_corpus(), BigramEncoder()), folder, engine)
    return open_index(folder, contract_corpus(), BigramEncoder(), engine=engine)


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(EngineError) as caught:
        act()
    assert "secret" not in str(caught.value)
    return str(caught.value)


def test_a_server_that_stops_in_mid_service_is_missed_and_found_again_without_a_restart(
    milvus: Server, tmp_path: Path
) -> None:
    clock = Clock()
    index = placed(tmp_path / "index", engine_at(milvus.port, clock))
    expected = index.search(QUESTION, limit=5)
    milvus.stop()
    for _ in range(3):
        said = refusal(lambda: index.search(QUESTION, limit=5))
        assert f"http://127.0.0.1:{milvus.port}" in said
        assert "POLICYQA_MILVUS_URL" in said
    milvus.start()
    clock.now += 10
    assert index.search(QUESTION, limit=5) == expected
    assert expected


def test_nothing_is_built_where_nobody_listens(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    refusal(lambda: placed(tmp_path / "index", engine_at(port, Clock())))
    assert not (tmp_path / "index" / "CURRENT").exists()
    assert not (tmp_path / "index" / "COLLECTIONS").exists()


def test_a_server_that_accepts_and_never_answers_is_not_waited_for(milvus: Server, tmp_path: Path) -> None:
    placed(tmp_path / "index", engine_at(milvus.port, Clock()))
    with socket.create_server(("127.0.0.1", 0)) as silent:
        engine = engine_at(silent.getsockname()[1], Clock(), seconds=0.2)
        said = refusal(lambda: open_index(tmp_path / "index", contract_corpus(), BigramEncoder(), engine=engine))
    assert "Milvus does not answer" in said


def test_while_nobody_answers_one_call_a_second_knocks(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    clock, knocks = Clock(), list[float]()
    connection = Connection(Address(f"http://127.0.0.1:{port}"), 5, clock)
    opened = connection._open

    def knock() -> object:
        knocks.append(clock.now)
        return opened()

    monkeypatch.setattr(connection, "_open", knock)
    for now in (0.0, 0.1, 0.9, 1.1, 1.5, 2.5):
        clock.now = now
        refusal(lambda: connection.call("list_collections"))
    assert knocks == [0.0, 1.1, 2.5]


def test_an_index_whose_collection_is_gone_or_cut_is_not_searched(milvus: Server, tmp_path: Path) -> None:
    engine = engine_at(milvus.port, Clock())
    index = placed(tmp_path / "index", engine)
    (name,) = engine.connection.call("list_collections")
    engine.connection.call("delete", name, filter="clause == 3")
    with pytest.raises(IndexMismatchError, match="policyqa index"):
        open_index(tmp_path / "index", contract_corpus(), BigramEncoder(), engine=engine)
    engine.drop(name)
    with pytest.raises(IndexMismatchError, match="policyqa index"):
        open_index(tmp_path / "index", contract_corpus(), BigramEncoder(), engine=engine)
    assert name in refusal(lambda: index.search(QUESTION, limit=5))


def test_an_index_of_one_engine_is_not_opened_by_another(milvus: Server, tmp_path: Path) -> None:
    engine = engine_at(milvus.port, Clock())
    placed(tmp_path / "there", engine)
    save_index(build_index(contract_corpus(), BigramEncoder()), tmp_path / "here")
    with pytest.raises(IndexMismatchError, match="POLICYQA_ENGINE"):
        open_index(tmp_path / "there", contract_corpus(), BigramEncoder())
    with pytest.raises(IndexMismatchError, match="POLICYQA_ENGINE"):
        open_index(tmp_path / "here", contract_corpus(), BigramEncoder(), engine=engine)


def test_an_address_is_shown_without_what_is_secret() -> None:
    address = Address(f"https://{SECRET}@milvus.example.cn:19530/db", token=SECRET)
    assert address.shown == "https://milvus.example.cn:19530"
    assert "secret" not in repr(address)
