"""The routes of matching: what is sent fits its description, and what is wrong is named."""

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assistant.api.matching_schemas import ChangesOut, MatchOut, ProfileOut
from assistant.service import Assistant
from corpus.validity import today
from tests.api_app import make_app

PROFILE = {"kind": "个体工商户", "years_registered": 2, "taxpayer": "小规模纳税人", "matter": ["有纠纷或打官司"]}


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    with TestClient(make_app(assistant), raise_server_exceptions=False) as client:
        yield client


def test_the_profile_is_that_of_the_records(client: TestClient, assistant: Assistant) -> None:
    found = ProfileOut.model_validate_json(client.get("/v1/profile").content)
    assert [question.key for question in found.questions] == [one.key for one in assistant.services.profile]
    assert (found.records, found.places) == (len(assistant.services.conditions), list(assistant.corpus.places))


@pytest.mark.parametrize("answers", [{}, PROFILE])
def test_a_match_is_as_it_is_described(client: TestClient, assistant: Assistant, answers: dict[str, object]) -> None:
    body = client.post("/v1/match", json={"answers": answers, "jurisdiction": ["哈尔滨"]}).json()
    assert set(MatchOut.model_validate(body).model_dump(by_alias=True)) == set(body)
    assert sum(body["counts"][verdict] for verdict in ("applies", "may", "not")) == len(body["entries"])
    assert body["as_of"] == today().isoformat()
    for entry in body["entries"]:
        text = assistant.corpus.document(entry["document_id"]).text
        for condition in (*entry["reasons"], *entry["met"], *entry["one_away"]):
            assert text[condition["quote"]["start"] : condition["quote"]["end"]] == condition["quote"]["text"]


def test_an_entry_tells_why(client: TestClient) -> None:
    body = client.post("/v1/match", json={"answers": PROFILE, "jurisdiction": ["哈尔滨"]}).json()
    entry = next(one for one in body["entries"] if one["id"] == "harbin-66:3")
    assert (entry["verdict"], entry["settled"], entry["name"]) == ("may", True, "哪些个体户重点扶持升成公司")
    assert [(one["quote"]["text"], one["ask"]) for one in entry["reasons"]] == [("产值和销售规模较大", None)]
    assert {one["quote"]["text"] for one in entry["met"]} == {"个体工商户", "注册登记一年以上"}
    other = next(one for one in body["entries"] if one["id"] == "anhui-2023-4:1.3")
    assert (other["verdict"], other["in_place"], other["reasons"]) == ("not", False, [])


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"answers": {"colour": "红"}}, "answers.colour"),
        ({"answers": {"kind": "火星人"}}, "answers.kind"),
        ({"answers": {"years_registered": 1e9}}, "answers.years_registered"),
        ({"answers": {"years_registered": "二"}}, "answers.years_registered"),
        ({"answers": {"matter": {"出口货物": True}}}, "answers.matter"),
        ({"answers": {}, "jurisdiction": ["火星"]}, "jurisdiction"),
        ({"answers": {}, "jurisdiction": ["合肥"] * 1000}, "jurisdiction"),
        ({"answers": {}, "as_of": "昨天"}, "as_of"),
        ({}, "answers"),
        ({"answers": []}, "answers"),
        ({"answers": {}, "name": "x"}, "name"),
    ],
)
def test_bad_input_is_named(client: TestClient, body: dict[str, object], field: str) -> None:
    response = client.post("/v1/match", json=body)
    assert response.status_code == 422
    assert [one["field"] for one in response.json()["errors"]] == [field]


def test_a_lone_surrogate_is_refused(client: TestClient) -> None:
    for answers in ({"kind": "\ud800"}, {"\ud800": "x"}):
        sent = json.dumps({"answers": answers})
        assert client.post("/v1/match", content=sent, headers={"content-type": "application/json"}).status_code == 422


def test_changes_are_as_they_are_described(client: TestClient) -> None:
    body = client.get("/v1/match/changes", params={"since": "2023-01-01", "kind": "企业", "place": "合肥"}).json()
    found = ChangesOut.model_validate(body)
    assert {one.document_id for one in found.changes} == {"anhui-2023-4"}  # the other one states no day
    assert {one.verdict for one in found.changes} <= {"applies", "may"}
    assert len({one.change_id for one in found.changes}) == len(found.changes) > 0


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "since"),
        ("?since=9999-12-31", "since"),
        ("?since=2023-01-01&x=1", "x"),
        ("?since=2023-01-01&place=火星", "place"),
    ],
)
def test_bad_addresses_are_named(client: TestClient, query: str, field: str) -> None:
    response = client.get(f"/v1/match/changes{query}")
    assert (response.status_code, [one["field"] for one in response.json()["errors"]]) == (422, [field])


def test_a_corpus_without_records_has_an_empty_list(second_assistant: Assistant) -> None:
    with TestClient(make_app(second_assistant)) as client:
        assert client.get("/v1/profile").json()["records"] == 0
        assert client.post("/v1/match", json={"answers": {"kind": "企业"}}).json()["entries"] == []
        assert client.get("/v1/match/changes?since=2020-01-01").json()["changes"] == []
