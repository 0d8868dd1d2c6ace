"""An engine that is away: questions and readiness say so with 503, and both are well when it is back."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.service import Assistant
from assistant.settings import Settings
from index.building import build_index
from index.engines.contract import contract_corpus
from index.engines.milvus.connection import Address, Connection
from index.engines.milvus.engine import MilvusEngine
from index.store import open_index, save_index
from tests.api_app import make_app
from tests.bigram_encoder import BigramEncoder
from tests.milvus_server import Clock, Server


def test_questions_and_readiness_say_that_milvus_is_away_and_are_well_when_it_is_back(
    milvus: Server, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clock, encoder, folder = Clock(), BigramEncoder(), tmp_path / "index"
    engine = MilvusEngine(Connection(Address(f"http://127.0.0.1:{milvus.port}"), 20, clock))
    save_index(build_index(contract_corpus(), encoder), folder, engine)
    index = open_index(folder, contract_corpus(), encoder, engine=engine)
    client = TestClient(make_app(Assistant(index, Settings(index=folder, feedback=None))))
    assert client.get("/readyz").status_code == 200
    milvus.stop()
    answers = [client.get("/readyz"), client.post("/v1/ask", json={"question": "门面装修到哪里备案"})]
    answers.append(client.post("/v1/search", json={"query": "门面装修"}))
    for answer in answers:
        assert answer.status_code == 503
        assert answer.json()["type"].endswith("engine-unavailable")
        assert str(milvus.port) not in answer.text  # where it is, is the operator's business
    said = [record.getMessage() for record in caplog.records if record.name == "assistant.api.problems"]
    assert len(said) == len(answers)
    assert all(f"http://127.0.0.1:{milvus.port}" in one and "POLICYQA_MILVUS_URL" in one for one in said)
    assert client.get("/healthz").status_code == 200
    milvus.start()
    clock.now += 10
    assert client.get("/readyz").status_code == 200
    assert client.post("/v1/search", json={"query": "门面装修"}).json()["hits"]
