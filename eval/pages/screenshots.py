"""Screenshots of the pages: `python -m eval.pages.screenshots [folder] [--only words]`; docs/screens if none is told.

Starts `policyqa serve` with the settings of the environment and drives the system's Chromium, or else Playwright's.
`--only "match plate"` takes those whose name begins with one of the words.
"""

import shutil
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, expect, sync_playwright

from corpus.load import SHIPPED
from eval.pages.access_shots import ACCESS_SHOTS, fill
from eval.pages.service_shots import OFFICE_SHOTS, SERVICE_SHOTS
from eval.pages.serving import policyqa_serve, wait_until_served
from eval.pages.shot import DESKTOP, PHONE, PUBLIC, Shot, asking, nothing, opening

_FOLDER = Path("docs/screens")
_OFFICE = Path("tests/office/records")
_PATIENCE = 20_000  # milliseconds, as a busy machine needs them


def _typing(text: str) -> Callable[[Page], None]:
    def type_it(page: Page) -> None:
        opening(page)
        page.locator("#pq-question textarea").press_sequentially(text)
        expect(page.locator("#pq-suggestions")).to_be_visible()

    return type_it


def _unfolding(question: str) -> Callable[[Page], None]:
    def unfold(page: Page) -> None:
        asking(question)(page)
        page.locator(".pq-original summary").first.click()
        page.locator(".pq-from").first.scroll_into_view_if_needed()

    return unfold


def _counting(page: Page) -> None:
    opening(page)
    page.locator("#pq-question textarea").fill("我家在滁州，想问问房子过户的事。" * 130)
    page.locator("#pq-send").click()
    expect(page.locator("#pq-status button")).to_be_hidden()


def _printing(page: Page) -> None:
    asking("怎么申请首贷")(page)
    page.emulate_media(media="print")


def _citing(question: str) -> Callable[[Page], None]:
    def cite(page: Page) -> None:
        asking(question)(page)
        page.locator(".pq-original summary").first.click()
        page.locator(".pq-mark").first.click()
        expect(page.locator("#clause mark").first).to_be_visible()

    return cite


def _large_opening(page: Page) -> None:
    opening(page)
    page.locator("[data-large]").click()


def _large(page: Page) -> None:
    asking("退休证可以自己在网上下载吗？")(page)
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
    Shot("phone", "/", PHONE, opening),
    Shot("phone-english", "/en", PHONE, opening),
    Shot("phone-typing", "/", PHONE, _typing("退休证")),
    Shot("phone-counted", "/", PHONE, _counting),
    Shot("phone-answer", "/", PHONE, asking(_MORTGAGE)),
    Shot("phone-original", "/", PHONE, _unfolding("怎么申请首贷")),
    Shot("phone-list", "/", PHONE, asking("哈尔滨第七章有哪些措施")),
    Shot("phone-choices", "/", PHONE, asking("贷款")),
    Shot("phone-large-opening", "/", PHONE, _large_opening),
    Shot("phone-missing", "/no/such/page", PHONE, nothing),
    Shot("print", "/", DESKTOP, _printing),
    Shot("phone-citation", "/", PHONE, _citing(_MORTGAGE)),
    Shot("phone-large", "/", PHONE, _large),
    Shot("phone-refusal", "/", PHONE, asking("哈尔滨的金融顾问电话是多少？")),
    Shot("desktop", "/", DESKTOP, opening),
    Shot("desktop-citation", "/", DESKTOP, _citing("怎么申请首贷")),
    Shot("desktop-dark", "/", DESKTOP, _citing("怎么申请首贷"), dark=True),
    Shot("desktop-english", "/en", DESKTOP, _citing("How is a credit record repaired after a penalty?")),
    Shot("console", "/agent", DESKTOP, _looking_up),
    Shot("console-dark", "/agent", DESKTOP, _looking_up, dark=True),
    Shot("console-keys", "/agent", DESKTOP, _helping),
    Shot("clause", "/clause/anhui-2023-4:1.3.3", DESKTOP, nothing),
    Shot("clause-english", "/clause/anhui-2023-4:1.3.3?lang=en", DESKTOP, nothing),
    *SERVICE_SHOTS,
)


def take(shots: Sequence[Shot], folder: Path, site: str) -> None:
    """Write `{name}.png` for each shot of the server at the address `site` into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=_PATIENCE)
    mapped = f"--host-resolver-rules=MAP {PUBLIC.removeprefix('http://')}:80 {site.removeprefix('http://')}"
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", mapped]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        for shot in shots:
            _take(browser, PUBLIC if shot.public else site, shot, folder / f"{shot.name}.png")
        browser.close()


def _take(browser: Browser, site: str, shot: Shot, file: Path) -> None:
    width, height = shot.size
    with browser.new_context(base_url=site, viewport={"width": width, "height": height}, locale="zh-CN") as context:
        page = context.new_page()
        page.emulate_media(color_scheme="dark" if shot.dark else "light")
        page.goto(shot.path)
        shot.prepare(page)
        page.screenshot(path=file)


def office_documents(folder: Path) -> Path:
    """The shipped documents with the channels and guides of an office, which the tests have, in this new folder."""
    shutil.copytree(SHIPPED, folder)
    shutil.copytree(_OFFICE, folder / "records", dirs_exist_ok=True)
    return folder


def main(folder: Path, beginnings: Sequence[str] = ()) -> None:
    """Take every picture, or those whose name begins so, of servers whose feedback is thrown away.

    Exits with the names where none begins so.
    """
    with TemporaryDirectory() as kept:
        feedback = {"POLICYQA_FEEDBACK": str(Path(kept) / "feedback.sqlite3"), "POLICYQA_ALLOWED_HOSTS": "*"}
        shots, office = _beginning(SHOTS, beginnings), _beginning(OFFICE_SHOTS, beginnings)
        access = _beginning(ACCESS_SHOTS, beginnings)
        if not (shots or office or access):
            names = " ".join(shot.name for shot in (*SHOTS, *OFFICE_SHOTS, *ACCESS_SHOTS))
            sys.exit(f"没有这样开头的截图 · no picture begins so: {names}")
        if shots:
            _serve_and_take(shots, folder, feedback)
        if office:
            documents = office_documents(Path(kept) / "documents")
            _serve_and_take(office, folder, feedback | {"POLICYQA_CORPUS": str(documents)})
        if access:
            people = Path(kept) / "people.sqlite3"
            fill(people)
            _serve_and_take(access, folder, feedback | {"POLICYQA_FEEDBACK": str(people), "POLICYQA_ACCESS": "roles"})


def _beginning(shots: Sequence[Shot], beginnings: Sequence[str]) -> Sequence[Shot]:
    return [shot for shot in shots if not beginnings or shot.name.startswith(tuple(beginnings))]


def _serve_and_take(shots: Sequence[Shot], folder: Path, settings: Mapping[str, str]) -> None:
    with policyqa_serve(settings) as site:
        wait_until_served(site)
        take(shots, folder, site)


if __name__ == "__main__":
    parser = ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path, default=_FOLDER)
    parser.add_argument("--only", default="", help="beginnings of names, with blanks between them")
    told = parser.parse_args()
    main(told.folder, told.only.split())
