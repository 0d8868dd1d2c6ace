"""Publishing, going back and removing, as the page asks for them."""

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.publication import audit
from assistant.publication.publisher import Publisher
from assistant.settings import Settings
from index.encoder.encoder import Encoder
from index.lexicon.lexicon import LEXICON
from tests.assistant.publication.shelf import FERRY, MARKET, put, settings_in
from tests.ui.library.clerk import Table, held
from tests.ui.library.documents import desk_in
from tests.ui.library.office import ended, run_here, served, settle
from ui.library.desk import Desk
from ui.library.routes import library_app


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoder: Encoder) -> Settings:
    """A library whose first generation is in service, and a fee in it that has changed since."""
    settings = settings_in(tmp_path)
    put(settings, "ferry", FERRY, 'issuer = "曲靖市港航局"\n')
    put(settings, "market", MARKET.format(fee=5))
    settle(monkeypatch, settings, encoder)
    Publisher(settings).publish()
    put(settings, "market", MARKET.format(fee=8))
    return settings


@pytest.fixture
def desk(settings: Settings, tmp_path: Path) -> Desk:
    return desk_in(tmp_path, run_here, lambda: served(settings))


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return TestClient(library_app(desk))


def states(client: TestClient) -> dict[str, str]:
    return {id_: row["state"] for id_, row in held(client).items()}


def generations(client: TestClient) -> list[Table]:
    return list(client.get("/v1/library/generations").json()["generations"])


def test_what_has_changed_is_published_and_gone_back_from(client: TestClient, desk: Desk, settings: Settings) -> None:
    put(settings, "guests", "合肥市旅馆管理办法\n第一条 旅馆押金不得超过三百元。\n")
    assert states(client) == {"ferry": "in_service", "market": "changed", "guests": "waiting"}
    assert client.post("/v1/library/publish", json={"by": " 云泽市政务办 "}).status_code == 202
    done = ended(client, desk)
    assert (done["state"], done["outcome"]["number"], done["outcome"]["documents"]) == ("done", 2, 3), done
    assert "正在读取文件、建立索引……Reading the documents and building the index." in done["steps"]
    assert set(states(client).values()) == {"in_service"}

    new, old = generations(client)
    assert (new["current"], new["by"], new["cause"]) == (True, "云泽市政务办", "publish")
    assert [one["title"] for one in new["added"]] == ["合肥市旅馆管理办法"]
    assert [one["id"] for one in new["changed"]] == ["market"]
    assert old["going_back"] == {
        "returning": [],
        "leaving": [{"id": "guests", "title": "合肥市旅馆管理办法"}],
        "changing": [{"id": "market", "title": "曲靖市早市管理办法"}],
    }
    assert client.post("/v1/library/rollback", json={"generation": 1, "by": "值班"}).status_code == 202
    back = ended(client, desk)["outcome"]
    assert (back["number"], back["documents"], back["servers"], back["late"]) == (1, 2, 0, [])
    assert states(client) == {"ferry": "in_service", "market": "changed", "guests": "waiting"}
    assert [one["by"] for one in audit.events(settings.library_folder)][-1] == "值班"
    missing = client.post("/v1/library/rollback", json={"generation": 17})
    assert (missing.status_code, "17" in missing.json()["detail"]) == (404, True)


def test_facts_records_and_clauses_count_as_changes(client: TestClient, settings: Settings) -> None:
    put(settings, "market", MARKET.format(fee=5))
    assert states(client)["market"] == "in_service"
    put(settings, "market", MARKET.format(fee=5), "expires = 2030-01-01\n")
    assert states(client)["market"] == "changed"
    home = settings.library_folder / "documents" / "ferry"
    record = (
        "- clause: '1'\n  name: 渡口时间\n  plain: 渡口早六点开、晚九点停。\n"
        "  title_en: Hours of the ferry\n  gist_en: It opens at six.\n  ask: [渡口几点开]\n"
        "  ask_en: [when does the ferry open]\n  keywords: [渡口]\n"
    )
    (home / "ferry.plain.yaml").write_text(record, encoding="utf-8")
    assert states(client)["ferry"] == "changed"


def test_a_published_document_leaves_service_at_once_with_a_proof(
    client: TestClient, desk: Desk, settings: Settings
) -> None:
    begun = client.delete("/v1/library/documents/ferry", params={"by": "甲", "reason": "来文撤回", "purge": True})
    assert (begun.status_code, begun.json()["publication"]["task"]) == (200, "remove")
    proof = ended(client, desk)["outcome"]
    assert (proof["title"], proof["found"], proof["kept_in"]) == ("曲靖市渡口管理办法", 0, [])
    assert {trace["where"] for trace in proof["traces"]} >= {"ids", "quotes", "files"}
    assert set(held(client)) == {"market"}
    assert [(one["cause"], one["reason"]) for one in generations(client)] == [("remove", "来文撤回")]
    assert [one.id for one in served(settings).documents] == ["market"]


def test_a_document_that_was_never_published_leaves_without_further_ado(client: TestClient, settings: Settings) -> None:
    put(settings, "guests", "合肥市旅馆管理办法\n第一条 旅馆押金不得超过三百元。\n")
    assert client.delete("/v1/library/documents/guests").json() == {"publication": None}
    assert "guests" not in held(client)
    assert len(generations(client)) == 1


def test_what_is_wrong_with_a_file_is_told(client: TestClient, desk: Desk, settings: Settings) -> None:
    put(settings, "market", MARKET.format(fee=8), "expires = soon\n")
    client.post("/v1/library/publish", json={})
    done = ended(client, desk)
    assert (done["state"], "market/market.toml:2: " in done["reason"]) == ("failed", True)
    assert len(generations(client)) == 1


def test_the_gate_refuses_with_every_question_and_a_reason_opens_it(
    client: TestClient, desk: Desk, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYQA_GATE", "0")
    question = {"id": "close-1", "question": "早市几点收摊", "relevant": ["market:2"]}
    folder = settings.library_folder / "questions"
    folder.mkdir()
    (folder / "saved.jsonl").write_text(json.dumps(question, ensure_ascii=False), encoding="utf-8")
    put(settings, "market", MARKET.format(fee=5).partition("第二条")[0])
    client.post("/v1/library/publish", json={"reason": "   "})
    done = ended(client, desk)
    assert done["state"] == "refused", done
    (broken,) = done["outcome"]["refused"]["broken"]
    assert done["outcome"]["refused"]["allowed"] == 0
    assert (broken["id"], broken["question"], broken["gone"]) == ("close-1", "早市几点收摊", ["market:2"])
    assert (broken["before"]["status"], broken["before"]["cited"]) == ("answered", ["market:2"])
    assert "市场管理" in broken["now"]["said"] or broken["now"]["status"] != "answered"
    client.post("/v1/library/publish", json={"reason": "收摊时间不再规定"})
    assert ended(client, desk)["state"] == "done"
    newest = generations(client)[0]
    assert (newest["reason"], newest["examined"]["right"], newest["examined"]["asked"]) == ("收摊时间不再规定", 0, 1)


def test_new_words_of_the_office_wait_for_publication(client: TestClient, desk: Desk, settings: Settings) -> None:
    def words() -> bool:
        return bool(client.get("/v1/library/documents").json()["words"])

    assert not words()
    (settings.library_folder / LEXICON).write_text(
        "field,official,said,direction\n市场,早市,鬼市,both\n", encoding="utf-8"
    )
    assert words()
    client.post("/v1/library/publish", json={})
    assert ended(client, desk)["state"] == "done"
    assert not words()


def test_two_cannot_publish_at_once(client: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = []

    def run(_arguments: Any, _say: Any) -> Table:  # noqa: ANN401
        refused.append(client.post("/v1/library/publish", json={}))
        refused.append(client.delete("/v1/library/documents/ferry"))
        return {"refused": {}}

    monkeypatch.setattr(desk.publication, "_run", run)
    client.post("/v1/library/publish", json={})
    assert ended(client, desk)["state"] == "refused"
    assert [one.status_code for one in refused] == [409, 409]
    assert "请等它结束" in refused[0].json()["detail"]


@pytest.mark.parametrize("asked", [{"by": "x" * 201}, {"by": "甲\n乙"}, {"reason": "\0"}, {"else": 1}])
def test_what_cannot_be_written_down_is_refused(client: TestClient, asked: Table) -> None:
    assert client.post("/v1/library/publish", json=asked).status_code == 422
