"""One picture of a page, and the steps that several pictures begin with."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

PHONE, DESKTOP = (375, 812), (1280, 800)
PUBLIC = "http://policy.example"  # the server by a name that others could reach; codes to scan hold no other


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: where, how large, in which light, and what is done before it is taken."""

    name: str
    path: str
    size: tuple[int, int]
    prepare: Callable[[Page], None]
    dark: bool = False
    public: bool = False  # taken at PUBLIC, not at the machine's own address


def nothing(_page: Page) -> None:
    """The page as it comes."""


def opening(page: Page) -> None:
    """The chat page, once it listens."""
    expect(page.locator("#pq-question textarea")).to_be_visible()


def asking(question: str) -> Callable[[Page], None]:
    """The chat page with an answer."""

    def ask(page: Page) -> None:
        opening(page)
        page.locator("#pq-question textarea").fill(question)
        page.locator("#pq-send").click()
        expect(page.locator(".pq-answer")).to_be_visible()

    return ask
