"""`GET /v1/channels`, and the guide of a clause: what they say, and what they say of bad input."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.service import Assistant
from corpus.clock import CHINA
from tests.api_app import make_app

OFFICE = Path(__file__).parents[2] / "office"


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[TestClient]:
    evening = datetime(2026, 12, 1, 18, tzinfo=CHINA)
    office = Assistant(assistant.index, assistant.settings, documents=OFFICE, now=lambda: evening)
    with TestClient(make_app(office), raise_server_exceptions=False) as client:
        yield client


def test_a_channel_has_all_that_is_written_of_it_and_whether_it_is_open(client: TestClient) -> None:
    found = client.get("/v1/channels", params={"clause": "harbin-66:19", "place": "哈尔滨市"}).json()
    assert (found["at"], found["holidays_known"]) == ("2026-12-01T18:00:00+08:00", True)
    window, account, *_, hotline = found["channels"]
    assert window == {
        "kind": "窗口",
        "name": "档案中心测试窗口",
        "name_en": "Test window of the records centre",
        "phone": "0451-00000000",
        "url": None,
        "address": None,
        "hours": {"周一至周四": ["08:30-11:30", "13:00-16:30"], "周五": ["08:30-11:30"]},
        "open": False,
        "next_open": "2026-12-02T08:30:00+08:00",
        "clauses": ["harbin-66:19"],
        "places": ["哈尔滨"],
        "quote": None,
        "source": "测试",
        "checked": "2026-11-01",
    }
    assert (account["open"], account["hours"], account["source"]) == (None, None, None)
    assert (hotline["phone"], hotline["hours"], hotline["open"]) == ("12345", "always", True)


def test_what_the_text_names_is_a_quote_at_its_offsets(client: TestClient, assistant: Assistant) -> None:
    for clause in assistant.corpus.clauses:
        for one in client.get("/v1/channels", params={"clause": clause.id}).json()["channels"]:
            if quote := one["quote"]:
                text = assistant.corpus.document(clause.document_id).text
                assert text[quote["start"] : quote["end"]] == quote["text"]
            else:
                assert one["source"]
                assert one["checked"]


@pytest.mark.parametrize(
    ("at", "moment", "is_open"),
    [
        ("2026-12-01", "2026-12-01T00:00:00+08:00", False),
        ("2026-12-01T10:00", "2026-12-01T10:00:00+08:00", True),
        ("2026-12-01T02:00:00Z", "2026-12-01T10:00:00+08:00", True),
        ("2026-12-01T10:00:00 08:00", "2026-12-01T10:00:00+08:00", True),  # a + that nobody has escaped
        ("2026-02-16T10:00", "2026-02-16T10:00:00+08:00", False),
    ],
)
def test_a_day_or_a_moment_can_be_asked_for(client: TestClient, at: str, moment: str, is_open: bool) -> None:
    found = client.get("/v1/channels", params={"place": "哈尔滨", "at": at}).json()
    assert (found["at"], found["channels"][0]["open"]) == (moment, is_open)


def test_a_year_whose_holidays_nobody_wrote_down_says_so(client: TestClient) -> None:
    for at in ("2027-03-01T10:00", "2026-12-31T18:00"):
        found = client.get("/v1/channels", params={"place": "哈尔滨", "at": at}).json()
        assert found["holidays_known"] is False


@pytest.mark.parametrize("field", ["clause", "place", "at"])
def test_a_blank_value_is_none(client: TestClient, field: str) -> None:
    assert client.get("/v1/channels", params={field: ""}).json() == client.get("/v1/channels").json()


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("clause", "harbin-66:999", 404),
        ("clause", "'; drop", 404),
        ("place", "火星", 422),
        ("place", "\x00", 422),
        ("at", "tomorrow", 422),
        ("at", "2026-13-01", 422),
        ("at", "0001-01-01T00:00:00+23:59", 422),
        ("at", "9" * 5000, 422),
    ],
)
def test_bad_input_names_its_field_and_what_to_write(client: TestClient, field: str, value: str, status: int) -> None:
    response = client.get("/v1/channels", params={field: value})
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    if status == 422:
        assert response.json()["errors"][0]["field"] == field


def test_the_last_day_there_is_is_answered(client: TestClient) -> None:
    assert client.get("/v1/channels", params={"at": "9999-12-31T23:59:59"}).status_code == 200


def test_a_clause_has_its_guide_with_what_is_missing_null(client: TestClient) -> None:
    guide = client.get("/v1/clauses/harbin-66:19").json()["guide"]
    assert guide["materials"] == {
        "lines": ["身份证", "近期照片", "银行卡"],
        "lines_en": ["identity card", "a recent photograph", "bank card"],
        "source": "测试用的退休指南",
        "checked": "2026-11-06",
    }
    assert (guide["process"], guide["fee"]) == (None, None)
    assert client.get("/v1/clauses/harbin-66:50").json()["guide"] is None
    assert client.get("/v1/clauses/anhui-2023-4:1.3.1").json()["guide"]["name"] == "首贷申请"
