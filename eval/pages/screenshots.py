"""Screenshots of the pages: `python -m eval.pages.screenshots [folder]`, docs/screens unless told otherwise.

Starts `policyqa serve` with the settings of the environment and drives the system's Chromium, or else Playwright's.
"""

import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from eval.pages.serving import policyqa_serve, wait_until_served

_FOLDER = Path("docs/screens")
_PHONE, _DESKTOP = (375, 812), (1280, 800)


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: where, how large, in which light, and what is done before it is taken."""

    name: str
    path: str
    size: tuple[int, int]
    prepare: Callable[[Page], None]
    dark: bool = False


def _nothing(_page: Page) -> None:
    """The page as it comes."""


def _opening(page: Page) -> None:
    expect(page.locator("#pq-question textarea")).to_be_visible()


def _asking(question: str) -> Callable[[Page], None]:
    def ask(page: Page) -> None:
        _opening(page)
        page.locator("#pq-question textarea").fill(question)
        page.locator("#pq-send").click()
        expect(page.locator(".pq-answer")).to_be_visible()

    return ask


def _typing(text: str) -> Callable[[Page], None]:
    def type_it(page: Page) -> None:
        _opening(page)
        page.locator("#pq-question textarea").press_sequentially(text)
        expect(page.locator("#pq-suggestions")).to_be_visible()

    return type_it


def _unfolding(question: str) -> Callable[[Page], None]:
    def unfold(page: Page) -> None:
        _asking(question)(page)
        page.locator(".pq-original summary").first.click()
        page.locator(".pq-from").first.scroll_into_view_if_needed()

    return unfold


def _counting(page: Page) -> None:
    _opening(page)
    page.locator("#pq-question textarea").fill("我家在滁州，想问问房子过户的事。" * 130)
    page.locator("#pq-send").click()
    expect(page.locator("#pq-status button")).to_be_hidden()


def _printing(page: Page) -> None:
    _asking("怎么申请首贷")(page)
    page.emulate_media(media="print")


def _citing(question: str) -> Callable[[Page], None]:
    def cite(page: Page) -> None:
        _asking(question)(page)
        page.locator(".pq-original summary").first.click()
        page.locator(".pq-mark").first.click()
        expect(page.locator("#clause mark").first).to_be_visible()

    return cite


def _large_opening(page: Page) -> None:
    _opening(page)
    page.locator("[data-large]").click()


def _large(page: Page) -> None:
    _asking("退休证可以自己在网上下载吗？")(page)
    page.locator("[data-large]").click()
    page.locator(".pq-asked").scroll_into_view_if_needed()


def _looking_up(page: Page) -> None:
    page.keyboard.type("首贷 贴息")
    expect(page.locator("#clause article")).to_be_visible()


def _helping(page: Page) -> None:
    page.keyboard.press("Escape")
    page.locator("[data-act=keys]").click()
    expect(page.locator("dialog#keys")).to_be_visible()


_MORTGAGE = "房贷还清后，能在网上注销抵押吗？"
SHOTS = (
    Shot("phone", "/", _PHONE, _opening),
    Shot("phone-english", "/en", _PHONE, _opening),
    Shot("phone-typing", "/", _PHONE, _typing("退休证")),
    Shot("phone-counted", "/", _PHONE, _counting),
    Shot("phone-answer", "/", _PHONE, _asking(_MORTGAGE)),
    Shot("phone-original", "/", _PHONE, _unfolding("怎么申请首贷")),
    Shot("phone-list", "/", _PHONE, _asking("哈尔滨第七章有哪些措施")),
    Shot("phone-choices", "/", _PHONE, _asking("贷款")),
    Shot("phone-large-opening", "/", _PHONE, _large_opening),
    Shot("phone-missing", "/no/such/page", _PHONE, _nothing),
    Shot("print", "/", _DESKTOP, _printing),
    Shot("phone-citation", "/", _PHONE, _citing(_MORTGAGE)),
    Shot("phone-large", "/", _PHONE, _large),
    Shot("phone-refusal", "/", _PHONE, _asking("哈尔滨的金融顾问电话是多少？")),
    Shot("desktop", "/", _DESKTOP, _opening),
    Shot("desktop-citation", "/", _DESKTOP, _citing("怎么申请首贷")),
    Shot("desktop-dark", "/", _DESKTOP, _citing("怎么申请首贷"), dark=True),
    Shot("desktop-english", "/en", _DESKTOP, _citing("How is a credit record repaired after a penalty?")),
    Shot("console", "/agent", _DESKTOP, _looking_up),
    Shot("console-dark", "/agent", _DESKTOP, _looking_up, dark=True),
    Shot("console-keys", "/agent", _DESKTOP, _helping),
    Shot("clause", "/clause/anhui-2023-4:1.3.3", _DESKTOP, _nothing),
    Shot("clause-english", "/clause/anhui-2023-4:1.3.3?lang=en", _DESKTOP, _nothing),
)


def take(shots: Sequence[Shot], folder: Path, site: str) -> None:
    """Write `{name}.png` for each shot of the server at the address `site` into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for shot in shots:
            _take(browser, site, shot, folder / f"{shot.name}.png")
        browser.close()


def _take(browser: Browser, site: str, shot: Shot, file: Path) -> None:
    width, height = shot.size
    with browser.new_context(base_url=site, viewport={"width": width, "height": height}, locale="zh-CN") as context:
        page = context.new_page()
        page.emulate_media(color_scheme="dark" if shot.dark else "light")
        page.goto(shot.path)
        shot.prepare(page)
        page.screenshot(path=file)


def main(folder: Path) -> None:
    """Take every picture of a server of its own."""
    with policyqa_serve() as site:
        wait_until_served(site)
        take(SHOTS, folder, site)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else _FOLDER)
