"""Whether an answer helped, as it is sent and said."""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.ui.browsing import QUESTION, ask, open_page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("path", "no", "reasons"),
    [
        ("/", "没帮助", ("不是这一条", "内容过时", "不是我所在的地方", "不完整", "看不懂")),
        ("/en", "Not helpful", ("Wrong clause", "Outdated", "Not my place", "Incomplete", "Hard to understand")),
    ],
)
def test_every_verdict_and_reason_is_recorded_and_can_be_changed(
    page: Page, path: str, no: str, reasons: tuple[str, ...]
) -> None:
    open_page(page, path)
    answer = ask(page, QUESTION)
    sent = []
    names = ("wrong_clause", "outdated", "not_my_place", "incomplete", "hard_to_understand")
    expected = [("unhelpful", None), *(("outdated" if n == "outdated" else "unhelpful", n) for n in names)]
    for label in (no, *reasons):
        button = answer.get_by_role("button", name=label, exact=True)
        with page.expect_response("**/v1/feedback") as response:
            button.click()
        assert response.value.status == 201
        sent.append(json.loads(response.value.request.post_data or ""))
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(answer.locator(".pq-thanks")).to_be_visible()
    assert [(one["verdict"], one.get("reason")) for one in sent] == expected
    assert len({one["answer_id"] for one in sent}) == 1
    assert answer.locator("[data-reason][aria-pressed=true]").count() == 1
    with page.expect_response("**/v1/feedback"):
        answer.locator("[data-verdict=helpful]").click()
    expect(answer.locator(".pq-why")).to_be_hidden()


def test_a_verdict_that_was_not_sent_is_said(page: Page) -> None:
    open_page(page)
    answer = ask(page, QUESTION)
    page.route("**/v1/feedback", lambda route: route.abort())
    answer.get_by_role("button", name="有帮助").click()
    expect(answer.locator(".pq-thanks")).to_contain_text("没有送出")


def test_a_greeting_is_not_judged(page: Page) -> None:
    open_page(page)
    expect(ask(page, "你好").locator("[data-verdict]")).to_have_count(0)
