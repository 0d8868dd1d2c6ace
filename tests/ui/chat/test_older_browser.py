"""A browser of five years ago: what it lacks is taken away, and a question is asked."""

import re

import pytest
from playwright.sync_api import Page, Response, expect

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
# Lookbehind and blocks of a class: a script that holds one is refused as a whole.
YOUNG_WRITING = re.compile(r"\(\?<[!=]|[;{}]static\{")
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


@pytest.mark.parametrize("path", ["/", "/en"])
def test_no_script_of_an_answer_holds_what_safari_15_cannot_read(page: Page, path: str) -> None:
    scripts: list[Response] = []
    page.on("response", lambda response: scripts.append(response) if response.url.endswith(".js") else None)
    open_page(page, path)
    ask(page, QUESTION)
    assert len(scripts) > 20
    assert [script.url for script in scripts if YOUNG_WRITING.search(script.text())] == []
