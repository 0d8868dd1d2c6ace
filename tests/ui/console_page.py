"""What tests do on the agents' console in a browser."""

from playwright.sync_api import Page, expect

LOAN = "anhui-2023-4:1.3"


def open_console(page: Page, path: str = "/agent") -> None:
    page.goto(path)
    expect(page.locator("#question")).to_be_focused()


def type_question(page: Page, question: str, first: str) -> None:
    """Type into the box, and wait for the clause that comes first, open beside the rows."""
    page.keyboard.type(question)
    expect(page.locator("[role=option]").first).to_have_attribute("data-id", first)
    expect(page.locator("#clause article")).to_have_attribute("data-id", first)


def row_ids(page: Page) -> list[str]:
    return [row.get_attribute("data-id") or "" for row in page.locator("[role=option]").all()]


def expect_told(page: Page, words: str) -> None:
    """Said to those who see the page, and to those who hear it."""
    expect(page.locator("#told")).to_contain_text(words)
    expect(page.locator("p.unseen[role=status]")).to_contain_text(words)


def lookups(page: Page) -> list[str]:
    return page.locator("#lookups button").all_text_contents()
