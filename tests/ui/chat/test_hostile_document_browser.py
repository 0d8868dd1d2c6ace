"""A document that holds markup: shown as text wherever it appears, run nowhere."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant.service import Assistant
from corpus.load import load_corpus
from index.building import build_index
from index.encoder.encoder import Encoder
from tests.ui.browsing import ask, open_page, unfolded
from tests.ui.console_page import open_console

pytestmark = pytest.mark.browser

MARKUP = "<img src=x onerror=alert(1)><script>alert(2)</script>"
LINES = ["开办企业", "不动产登记", "用电报装", "纳税申报", "首次贷款", "人才落户", "招标投标", "信用修复"]


@pytest.fixture(scope="module")
def assistant(assistant: Assistant, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Over a document every clause of which holds markup, in its heading too; the server of `page` is given it."""
    folder: Path = tmp_path_factory.mktemp("corpus")
    title = f"某市办法{MARKUP}"
    clauses = [f"第{n}条 {line}{MARKUP}实行{line}一网通办。" for n, line in zip("一二三四五六七八", LINES, strict=True)]
    (folder / "evil.txt").write_text("\n\n".join([title, *clauses]), encoding="utf-8")
    (folder / "evil.toml").write_text(f"title = '{title}'\n", encoding="utf-8")
    corpus = load_corpus(folder)
    return Assistant(build_index(corpus, encoder), replace(assistant.settings, threshold=0.0))


def _nothing_ran(page: Page) -> None:
    """Nothing of a document became an element; that nothing ran, the fixture sees, which fails on any dialog."""
    assert page.locator("img[src=x]").count() == 0


def test_in_the_chat_and_the_clause_beside_it(page: Page) -> None:
    open_page(page)
    expect(page.locator("#pq-opening")).to_contain_text(MARKUP)
    answer = ask(page, "不动产登记怎么办")
    expect(answer).to_contain_text(MARKUP)
    unfolded(answer).locator(".pq-mark").first.click()
    expect(page.locator("#pq-source #clause")).to_contain_text(MARKUP)
    _nothing_ran(page)


def test_on_the_page_of_a_clause(page: Page) -> None:
    page.goto("/clause/evil:2")
    expect(page.locator("#clause")).to_contain_text(MARKUP)
    _nothing_ran(page)


def test_in_the_console(page: Page) -> None:
    open_console(page)
    page.keyboard.type("不动产登记")
    expect(page.locator("[role=option]").first).to_contain_text(MARKUP[:20])
    expect(page.locator("#clause")).to_contain_text(MARKUP)
    _nothing_ran(page)
