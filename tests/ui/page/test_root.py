"""Addresses under a path of the host."""

import asyncio

import pytest
from starlette.testclient import TestClient

from assistant.feedback.store import FeedbackStore
from assistant.messages import messages
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.errors import SettingsError
from tests.ui.local import local_client
from ui.page.languages import page_url, with_language
from ui.server import create_site


@pytest.fixture(scope="module")
def client(assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    store = FeedbackStore(tmp_path_factory.mktemp("root") / "feedback.sqlite3")
    site = create_site(assistant, feedback=store, root_path="/policy", listens_locally=True)
    return local_client(asyncio.run(site))


@pytest.mark.parametrize("prefix", ["", "/policy"])  # a proxy may take the path away or keep it
def test_site_answers_with_and_without_its_path(client: TestClient, prefix: str) -> None:
    assert client.get(f"{prefix}/healthz").status_code == 200
    answer = client.post(f"{prefix}/v1/ask", json={"question": "怎么申请首贷"}).json()
    assert answer["status"] == "answered"


def test_every_address_in_a_page_stands_under_the_path(client: TestClient) -> None:
    for path in ("/", "/en", "/agent", "/compare?q=首贷", "/clause/harbin-66:26", "/document/harbin-66"):
        html = client.get(f"/policy{path}").text
        assert 'href="/policy/' in html
        for attribute in ("href", "src", "action"):
            assert f'{attribute}="/' not in html.replace(f'{attribute}="/policy/', ""), path


def test_path_alone_leads_to_the_page(client: TestClient) -> None:
    response = client.get("/policy", follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (308, "/policy/")


def test_what_only_begins_like_the_path_is_not_under_it(client: TestClient) -> None:
    assert client.get("/policyholders").status_code == 404


def test_without_a_path_addresses_are_as_they_were() -> None:
    assert page_url(messages("en")) == "/en"
    assert with_language("/agent", messages("en")) == "/agent?lang=en"


@pytest.mark.parametrize("written", ["policy", "/policy", "/policy/", "policy/"])
def test_path_is_taken_however_it_is_written(written: str) -> None:
    assert Settings.from_environment({"POLICYQA_ROOT_PATH": written}).root_path == "/policy"


@pytest.mark.parametrize("written", ["https://example.com/policy", "/a b", "/政策", "//"])
def test_what_is_no_path_is_refused_or_none(written: str) -> None:
    if not written.strip("/"):
        assert Settings.from_environment({"POLICYQA_ROOT_PATH": written}).root_path == ""
        return
    with pytest.raises(SettingsError, match="ROOT_PATH"):
        Settings.from_environment({"POLICYQA_ROOT_PATH": written})
