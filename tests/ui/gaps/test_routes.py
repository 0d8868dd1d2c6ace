"""The pages of gaps and their API, over the shipped texts: from a refusal to what is written for it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.answer import Reason
from assistant.api.problems import install_handlers
from assistant.feedback.store import FeedbackStore
from assistant.gaps import loop
from assistant.gaps.book import open_book
from assistant.gaps.effect import SavedEffect
from assistant.gaps.loop import Gaps
from assistant.service import Assistant
from corpus.library.library import Library
from tests.assistant.feedback.kept import answer_to
from ui.gaps.routes import gaps_router

QUESTIONS = ("公司挪窝到别的区还得跑老地方销户头吗", "公司挪窝到别的区要不要回老地方销户头")


class Site:
    """A client, and whatever is in service."""

    def __init__(self, folder: Path, assistant: Assistant) -> None:
        self.assistant = assistant
        self.library = Library(folder / "library")
        self.store = FeedbackStore(folder / "feedback.sqlite3")
        for question in QUESTIONS:
            self.store.record(answer_to(question, Reason.NOT_IN_DOCUMENTS, answer_id=question))
        gaps = Gaps(
            open_book(self.store), lambda: self.assistant, self.library, lambda _a, _b: SavedEffect(7, ("坏了",))
        )
        app = FastAPI(openapi_url=None)
        install_handlers(app)
        app.include_router(gaps_router(gaps))
        self.client = TestClient(app)
        self.id = self.client.get("/v1/gaps").json()["gaps"][0]["id"]

    def post(self, path: str, status: int = 200, **body: object) -> Any:  # noqa: ANN401
        response = self.client.post(f"/v1/gaps/{self.id}/{path}", json=body)
        assert response.status_code == status, response.text
        return response.json()

    @property
    def gap(self) -> Any:  # noqa: ANN401
        return self.client.get(f"/v1/gaps/{self.id}").json()


@pytest.fixture
def site(tmp_path: Path, assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Another index need not be built to see what is made of it."""
    monkeypatch.setattr(loop, "build_index", lambda *_: assistant.index)
    made = Site(tmp_path, assistant)
    yield made
    made.store.close()


def test_the_list_tells_counts_and_an_example(site: Site) -> None:
    (gap,) = site.client.get("/v1/gaps").json()["gaps"]
    assert (gap["count"], gap["questions"], gap["state"], gap["kinds"]) == (2, 2, "open", {"refused": 2})
    assert gap["example"] in QUESTIONS
    assert site.client.get("/v1/gaps", params={"state": "closed"}).json() == {"gaps": []}
    assert site.client.get("/v1/gaps", params={"state": "gone"}).status_code == 422


def test_a_gap_has_its_questions_and_the_nearest_clauses(site: Site) -> None:
    gap = site.gap
    assert {one["question"] for one in gap["asked"]} == set(QUESTIONS)
    first = next(one for one in gap["nearest"] if one["id"] == "harbin-66:1")
    assert first["label"].startswith("《哈尔滨市优化营商环境改革措施66条》第一条")
    assert gap["history"] == []
    missing = site.client.get("/v1/gaps/none")
    assert missing.status_code == 404
    assert missing.json()["type"] == "urn:policyqa:problem:not-found"


def test_a_move_that_there_is_not_is_refused_in_words(site: Site) -> None:
    assert "go to taken" in site.post("state", 422, state="closed")["detail"]
    assert "by a retest" in site.post("state", 422, state="retested")["detail"]
    assert site.post("state", state="taken", who="窗口甲")["owner"] == "窗口甲"


def test_what_is_written_is_seen_kept_published_and_asked_again(site: Site) -> None:
    record = {"id": "harbin-66:1", "ask": list(QUESTIONS)}
    assert "go to taken" in site.post("keep", 422, record=record)["detail"]
    site.post("state", state="taken", who="窗口甲")
    seen = site.post("draft", record=record)
    assert [one["question"] for one in seen["questions"]] == [one["question"] for one in site.gap["asked"]]
    assert seen["saved"] == {"asked": 7, "lost": ["坏了"], "won": []}
    assert not (site.library.folder / "documents").exists()
    kept = site.post("keep", record=record, who="窗口甲")
    assert (kept["state"], kept["target"]) == ("written", "harbin-66:1")
    written = site.library.load().corpus.plain["harbin-66:1"]
    assert set(QUESTIONS) <= set(written.ask)
    site.post("state", state="published")
    found = site.post("retest")
    assert found["state"] == ("retested" if found["share"] >= 0.8 else "taken")
    assert [one["to"] for one in site.gap["history"]][:3] == ["taken", "written", "published"]


def test_what_does_not_check_is_not_written(site: Site) -> None:
    site.post("state", state="taken")
    refused = site.post("keep", 422, record={"id": "harbin-66:1", "plain": "每家补助88万元。"})
    assert "is not in the clause" in refused["detail"]
    assert "Give one change" in site.post("keep", 422)["detail"]
    assert site.gap["state"] == "taken"


def test_a_suggestion_holds_the_questions_of_the_gap(site: Site) -> None:
    found = site.client.get(f"/v1/gaps/{site.id}/suggested", params={"clause": "harbin-66:1"}).json()
    assert set(found["ask"]) == set(QUESTIONS)
    assert not found["is_new"]


def test_a_question_is_taken_out_and_merged_again(site: Site) -> None:
    assert "data-question" in site.client.get(f"/gaps/{site.id}").text
    key = site.gap["asked"][1]["key"]
    own = site.post("take-out", key=key, who="窗口甲")
    assert (own["questions"], own["state"]) == (1, "open")
    page = site.client.get(f"/gaps/{site.id}").text
    assert f'<option value="{own["id"]}">' in page
    assert "data-question" not in page
    assert "nothing but" in site.post("take-out", 422, key=site.gap["asked"][0]["key"])["detail"]
    assert site.post("take-out", 404, key=key)["type"] == "urn:policyqa:problem:not-found"
    assert site.post("merge", other=own["id"])["questions"] == 2
    assert site.post("merge", 404, other=own["id"])["type"] == "urn:policyqa:problem:not-found"


def test_the_pages_show_them_in_both_languages(site: Site) -> None:
    for lang, title in (("zh", "缺口"), ("en", "Gaps")):
        page = site.client.get("/gaps", params={"lang": lang})
        assert page.headers["cache-control"] == "no-store"
        assert f"<h1>{title}</h1>" in page.text
        assert f"/gaps/{site.id}" in page.text
    site.post("state", state="taken", who="<b>甲</b>")
    gap = site.client.get(f"/gaps/{site.id}").text
    assert "&lt;b&gt;甲&lt;/b&gt;" in gap
    assert 'data-clause="harbin-66:1"' in gap
