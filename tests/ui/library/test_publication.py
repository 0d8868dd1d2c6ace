"""Publishing, going back and removing, as the page asks for them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.publication import audit
from assistant.publication.examined import Examined
from assistant.publication.publisher import GateError, Publisher
from assistant.settings import Settings
from index.encoder.encoder import Encoder
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


@dataclass(frozen=True)
class Asked:
    id: str
    question: str
    status: str
    said: str
    cited: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    before: Asked
    now: Asked
    gone: tuple[str, ...] = ()


def test_the_gate_refuses_with_every_question_and_a_reason_opens_it(
    client: TestClient, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Asked("fee-1", "摊位费多少", "answered", "每天5元", ("market:1",))
    change: Any = Change(before, Asked("fee-1", "摊位费多少", "no_answer", "not_in_documents"), ("market:1",))
    publish = Publisher.publish

    def examined(self: Publisher, *, by: str | None, force: str | None, wait: bool) -> Any:  # noqa: ANN401
        if not force:
            raise GateError(Examined(results=(), broken=(change,), known=1, set_aside=("old-3",)))
        return publish(self, by=by, force=force, wait=wait)

    monkeypatch.setattr(Publisher, "publish", examined)
    client.post("/v1/library/publish", json={"reason": "   "})
    done = ended(client, desk)
    refused = done["outcome"]["refused"]
    assert (done["state"], refused["allowed"], refused["known"], refused["set_aside"]) == ("refused", 0, 1, ["old-3"])
    (broken,) = refused["broken"]
    assert (broken["id"], broken["question"], broken["gone"]) == ("fee-1", "摊位费多少", ["market:1"])
    assert (broken["before"]["status"], broken["now"]["status"]) == ("answered", "no_answer")
    client.post("/v1/library/publish", json={"reason": "旧办法已停用"})
    assert ended(client, desk)["state"] == "done"
    assert generations(client)[0]["reason"] == "旧办法已停用"


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
