"""The whole site behind limits: programs, pages and the chat page are told in their own way, and answers go on."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from starlette.responses import PlainTextResponse

from assistant.access.roles import Role
from assistant.feedback.store import FeedbackStore
from assistant.handover.keys import KeyFile
from assistant.rates.counters import Counters
from assistant.rates.counting import Counting
from assistant.rates.plan import plan_of
from assistant.rates.rates import Rates
from assistant.service import Assistant
from assistant.settings import Settings
from tests.assistant.rates.clock import Hand
from tests.people import key_of, make_access
from ui.server import create_site

ASK = {"data": ["怎么申请首贷", "", "[]"], "fn_index": 0}


@pytest.fixture(scope="module")
def site(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[object, FeedbackStore]]:
    folder: Path = tmp_path_factory.mktemp("rates")
    now, store = Hand(), FeedbackStore(folder / "feedback.sqlite3")
    settings = replace(assistant.settings, rate="5/minute", rate_read="2/minute", rate_kept="3/hour")
    counting = Counting(Counters(folder / "state.sqlite3", now), now)
    rates = Rates(plan_of(settings), counting, KeyFile(folder / "key"))
    yield asyncio.run(create_site(assistant, feedback=store, rates=rates)), store
    rates.close()


def _rates(settings: Settings, folder: Path) -> Rates:
    return Rates(plan_of(settings), Counting(Counters(folder / "counts.sqlite3")), KeyFile(folder / "key"))


def _client(site: tuple[object, FeedbackStore], address: str) -> TestClient:
    return TestClient(site[0], client=(address, 40000), headers={"Host": "localhost"})  # type: ignore[arg-type]


def test_questions_by_api_and_chat_page_are_counted_together(site: tuple[object, FeedbackStore]) -> None:
    client = _client(site, "203.0.113.1")
    ways = [("/v1/ask", {"question": "怎么申请首贷"}), ("/gradio_api/run/predict", ASK)] * 3
    answers = [client.post(path, json=body) for path, body in ways]
    assert [one.status_code for one in answers] == [200] * 5 + [429]
    assert [one.headers["RateLimit-Remaining"] for one in answers] == ["4", "3", "2", "1", "0", "0"]
    assert answers[-1].headers["Retry-After"] == "60"
    assert _client(site, "203.0.113.2").post("/v1/ask", json={"question": "首贷"}).status_code == 200
    assert client.get("/healthz").status_code == 200


def test_beyond_what_is_kept_answers_go_on_and_are_not_recorded(site: tuple[object, FeedbackStore]) -> None:
    _, store = site
    client = _client(site, "203.0.113.3")
    before = sum(1 for _ in store.rows())
    ways = [("/v1/ask", {"question": "怎么申请首贷"}), ("/gradio_api/run/predict", ASK)] * 2
    answers = [client.post(path, json=body) for path, body in ways]
    assert all("首贷" in one.text for one in answers)
    assert sum(1 for _ in store.rows()) == before + 3
    metrics = client.get("/metrics").text
    assert 'policyqa_requests_limited_total{kind="ask"}' in metrics
    unrecorded = next(line for line in metrics.splitlines() if line.startswith("policyqa_answers_unrecorded_total"))
    assert float(unrecorded.split()[1]) >= 1


def test_a_browser_is_shown_a_page(site: tuple[object, FeedbackStore]) -> None:
    client = _client(site, "203.0.113.4")
    pages = [client.get("/clause/harbin-66:26", headers={"Accept": "text/html"}) for _ in range(3)]
    assert [page.status_code for page in pages] == [200, 200, 429]
    assert pages[2].headers["content-type"].startswith("text/html")
    assert "Retry-After" in pages[2].headers
    assert "12345" in pages[2].text


def test_at_the_pages_of_access_strangers_are_limited_too(tmp_path: Path, assistant: Assistant) -> None:
    settings = replace(
        assistant.settings,
        feedback=tmp_path / "state.sqlite3",
        access="roles",
        rate_read="3/minute",
        rate_write="2/minute",
    )
    rates = _rates(settings, tmp_path)
    site = create_site(assistant, feedback=FeedbackStore(None), rates=rates, access=make_access(settings))
    origin = "https://localhost"
    headers = {"Accept": "text/html", "Origin": origin, "Sec-Fetch-Site": "same-origin"}
    with TestClient(asyncio.run(site), origin, client=("203.0.113.9", 40000), headers=headers) as client:
        sent = [client.post("/signin", data={"name": "ada", "password": "x"}) for _ in range(3)]
        read = [client.get("/signin").status_code for _ in range(4)]
    rates.close()
    assert [one.status_code for one in sent] == [401, 401, 429]
    assert sent[2].headers["content-type"].startswith("text/html")
    assert "12345" in sent[2].text
    assert read == [200, 200, 200, 429]


def test_whoever_is_refused_is_counted_wherever_they_knock(tmp_path: Path, assistant: Assistant) -> None:
    """Keys that open nothing are tried at routes that are not counted otherwise; a key that opens is still let in."""
    settings = replace(
        assistant.settings, feedback=tmp_path / "state.sqlite3", access="roles", rate_write="3/minute", rate_key=""
    )
    access = make_access(settings)
    rates = _rates(settings, tmp_path)
    site = asyncio.run(create_site(assistant, feedback=FeedbackStore(None), rates=rates, access=access))
    bad = {"Authorization": f"Bearer pqa_{'0' * 12}_{'a' * 43}"}

    def client(address: str) -> TestClient:
        return TestClient(site, "https://localhost", client=(address, 40000))

    tried = [client("203.0.113.5").get(path, headers=bad) for path in ("/healthz", "/metrics", "/v1/gaps", "/v1/gaps")]
    page = client("203.0.113.5").get("/agent", headers={"Accept": "text/html"}, follow_redirects=False)
    other = client("203.0.113.6").get("/v1/gaps", headers=bad)
    good = client("203.0.113.5").get("/metrics", headers={"Authorization": key_of(access, Role.AGENT)})
    rates.close()
    assert [one.status_code for one in tried] == [401, 401, 401, 429]
    assert tried[3].json()["type"] == "urn:policyqa:problem:too-many-requests"
    assert (page.status_code, page.headers["content-type"].partition(";")[0]) == (429, "text/html")
    assert len(page.headers.get_list("content-security-policy")) == 1
    assert (other.status_code, good.status_code) == (401, 200)
    assert 'policyqa_requests_limited_total{kind="refused"} 2.0' in good.text


def test_the_office_is_limited_by_key_and_its_writes_count_against_nobody(tmp_path: Path, assistant: Assistant) -> None:
    settings = replace(
        assistant.settings,
        feedback=tmp_path / "state.sqlite3",
        access="roles",
        rate_key="2/minute",
        rate_kept="1/hour",
    )
    access = make_access(settings)
    rates = _rates(settings, tmp_path)
    office = PlainTextResponse("office")
    site = asyncio.run(
        create_site(assistant, feedback=FeedbackStore(None), rates=rates, access=access, office=lambda _: office)
    )
    client = TestClient(site, "https://localhost", client=("203.0.113.5", 40000))
    first, second = ({"Authorization": key_of(access, Role.EDITOR)} for _ in range(2))
    read = [client.get("/v1/gaps", headers=first).status_code for _ in range(3)]
    written = [
        client.put("/v1/library/drafts/1/facts", headers=second, content=b"x" * 5000).status_code for _ in range(3)
    ]
    shown = client.get("/gaps", headers={**first, "Accept": "text/html"})
    rates.close()
    assert (read, written) == ([200, 200, 429], [200, 200, 429])
    assert (shown.status_code, "12345" in shown.text) == (429, True)
