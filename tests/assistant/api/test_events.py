"""Life events over HTTP: in order, with every clause's address, names, places and validity; none is an empty list."""

from fastapi.testclient import TestClient

from assistant.service import Assistant
from corpus.label import label
from tests.api_app import make_app


def test_every_event_is_listed_and_told_with_its_clauses(assistant: Assistant) -> None:
    client = TestClient(make_app(assistant))
    listed = client.get("/v1/events").json()["events"]
    assert [one["id"] for one in listed] == [event.id for event in assistant.services.events]
    for event, summary in zip(assistant.services.events, listed, strict=True):
        told = client.get(f"/v1/events/{event.id}").json()
        assert {key: told[key] for key in summary} == summary
        assert [step["number"] for step in told["steps"]] == list(range(1, len(event.steps) + 1))
        assert told["ordered"] is event.ordered
        ids = [[one["id"] for one in step["clauses"]] for step in told["steps"]]
        assert ids == [list(step.clauses) for step in event.steps]


def test_a_clause_has_its_address_its_names_its_places_and_its_validity(assistant: Assistant) -> None:
    told = TestClient(make_app(assistant)).get("/v1/events/home-and-car").json()
    (one,) = [one for step in told["steps"] for one in step["clauses"] if one["id"] == "harbin-66:11"]
    corpus = assistant.corpus
    clause, record = corpus.clause("harbin-66:11"), corpus.plain["harbin-66:11"]
    assert one["label"] == label(corpus.document("harbin-66"), clause)
    assert (one["name"], one["name_en"]) == (record.name, record.title_en)
    assert (one["jurisdiction"], one["validity"]["status"]) == (["哈尔滨"], "未注明")


def test_an_unknown_event_is_a_problem_that_says_where_to_look(assistant: Assistant) -> None:
    response = TestClient(make_app(assistant)).get("/v1/events/move-to-mars")
    assert response.status_code == 404
    assert "/v1/events" in response.json()["detail"]


def test_a_corpus_without_events_has_an_empty_list(second_assistant: Assistant) -> None:
    client = TestClient(make_app(second_assistant))
    assert client.get("/v1/events").json() == {"events": []}
    assert client.get("/v1/events/home-and-car").status_code == 404
