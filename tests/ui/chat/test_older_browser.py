"""A browser of five years ago: what it lacks is taken away, and a question is asked."""

import pytest
from playwright.sync_api import Page, expect

from tests.ui.browsing import QUESTION, ask, box, open_page

pytestmark = pytest.mark.browser
# Later than November 2021 in one of the browsers, by when each came to the last of Chrome, Firefox and Safari.
YOUNG = """
  for (const [owner, names] of [
    [Response, ["json"]], [AbortSignal, ["timeout", "any", "abort"]], [Object, ["hasOwn", "groupBy"]],
    [Array, ["fromAsync"]], [Promise, ["withResolvers"]], [URL, ["canParse", "parse"]],
    [Array.prototype, ["at", "findLast", "findLastIndex", "toSorted", "toReversed", "toSpliced", "with"]],
    [String.prototype, ["at", "isWellFormed", "toWellFormed"]], [Crypto.prototype, ["randomUUID"]],
    [Element.prototype, ["checkVisibility", "setHTML"]], [Set.prototype, ["union", "intersection", "difference"]],
    [Navigator.prototype, ["share", "canShare", "clipboard"]], [HTMLElement.prototype, ["showPopover", "hidePopover"]],
    [HTMLDialogElement.prototype, ["show", "showModal", "close"]],
    [Element.prototype, ["ariaLabel", "ariaPosInSet", "ariaSetSize", "ariaCurrent"]],
  ]) for (const name of names) delete owner[name];
  delete window.structuredClone;
  delete window.HTMLDialogElement;
  delete window.scheduler;
"""
LACKS = """() => [typeof Response.json, typeof AbortSignal.timeout, typeof HTMLElement.prototype.showPopover]"""


@pytest.mark.parametrize("path", ["/", "/en"])
def test_a_question_is_answered_without_young_functions(page: Page, path: str) -> None:
    page.add_init_script(YOUNG)
    open_page(page, path)
    assert page.evaluate(LACKS) == ["undefined"] * 3
    ask(page, QUESTION)
    box(page).fill("那贴息呢")
    page.keyboard.press("Enter")
    expect(page.locator(".pq-answer")).to_have_count(2)
    page.reload()
    expect(page.locator(".pq-answer")).to_have_count(2)
    page.locator(".pq-source").first.click()
    expect(page.locator("mark").first).to_be_visible()  # on the page of the clause: there is no dialog


def test_no_style_of_the_answer_hangs_on_a_young_selector(page: Page) -> None:
    open_page(page)
    for file in ("page/base.css", "chat/chat.css", "chat/answer.css", "clause/clause.css"):
        assert ":has(" not in page.request.get(f"/ui/{file}").text()
