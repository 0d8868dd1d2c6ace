"""The help in the pages of others: beside a field, over a strict policy and a hostile style, and nothing is moved."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from assistant.feedback.store import FeedbackStore
from assistant.service import Assistant
from tests.ui.accessibility import violations
from tests.ui.chat.test_older_browser import YOUNG
from tests.ui.running import running_site

pytestmark = pytest.mark.browser

STYLE = """
* { all: unset !important; font-size: 90px !important; color: red !important; transform: rotate(1deg); }
html, body, p, div, label { display: block !important; }
button, a, figure, [role=dialog] { display: none !important; }
policyqa-help { display: none !important; width: 1px; position: absolute !important; visibility: hidden !important; }
"""
PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>Host</title>
<link rel="stylesheet" href="/host.css"><script defer src="SITE/widget.js"></script></head><body>
<p><label for="scope">经营范围</label>
<policyqa-help form="open-a-company" field="business-scope" label="经营范围"></policyqa-help><input id="scope"></p>
<p><label for="next">&lt;b&gt;保证金形式&lt;/b&gt;</label>
<policyqa-help label="&lt;b&gt;保证金形式&lt;/b&gt;" section="投标" options="保险保函|银行保函|现金" place="哈尔滨">
</policyqa-help>
<input id="next"></p>
<p><label for="name">姓名</label><policyqa-help label="姓名" lang="en"></policyqa-help><input id="name"></p>
</body></html>"""
BOXES = """() => [...document.querySelectorAll("body *")].map((one) => {
  const { x, y, width, height } = one.getBoundingClientRect(); return [one.tagName, x, y, width, height]; })
  .concat([[document.documentElement.scrollWidth, document.documentElement.scrollHeight, scrollX, scrollY]])"""


@contextmanager
def _host(site: list[str]) -> Iterator[str]:
    """A page of somebody else, at an address of its own, which allows itself and what the documentation names."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hostile = self.path == "/host.css" and "hostile" in self.headers.get("Referer", "")
            style = self.path == "/host.css"
            body = (STYLE if hostile else "") if style else PAGE.replace("SITE", site[0])
            self.send_response(200)
            self.send_header("Content-Type", f"text/{'css' if style else 'html'}; charset=utf-8")
            policy = f"default-src 'self'; script-src {site[0]}; connect-src {site[0]}"
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *args: Any) -> None:  # noqa: ANN401  (its signature is given)
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def host(assistant: Assistant) -> Iterator[str]:
    address: list[str] = []
    with (
        _host(address) as host,
        running_site(assistant, feedback=FeedbackStore(None), cors_origins=[host]) as site,
    ):
        address.append(site)
        yield host


@pytest.fixture
def foreign(browser: Browser, host: str) -> Iterator[Page]:
    """A fresh page at the host; fails when the console complains."""
    complaints: list[str] = []
    context = browser.new_context(locale="zh-CN", base_url=host, viewport={"width": 1000, "height": 700})
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    yield page
    context.close()
    assert [one for one in complaints if "favicon" not in one and "net::ERR" not in one] == []


def _help(page: Page, label: str) -> Locator:
    return page.locator(f'policyqa-help[label="{label}"]')


def _opened(one: Locator) -> Locator:
    one.locator("button.open").click()
    expect(one.locator("form.ask")).to_be_visible()
    return one


def test_keys_open_leave_and_give_the_focus_back_and_nothing_of_the_page_moves(foreign: Page) -> None:
    foreign.goto("/")
    one = _help(foreign, "经营范围")
    button, panel = one.locator("button.open"), one.get_by_role("dialog", name="“经营范围”怎么填")
    expect(button).to_have_attribute("aria-expanded", "false")
    before = foreign.evaluate(BOXES)
    for key in ("Enter", " "):
        foreign.locator("body").press("Tab") if key == "Enter" else None
        expect(button).to_be_focused()
        foreign.keyboard.press(key)
        expect(panel).to_be_visible()
        expect(button).to_have_attribute("aria-expanded", "true")
        expect(one.locator("blockquote")).to_contain_text("推行特殊行业开办企业")
        assert foreign.evaluate(BOXES) == before
        foreign.keyboard.press("Escape")
        expect(panel).to_be_hidden()
        expect(button).to_be_focused()
        assert foreign.evaluate(BOXES) == before


def test_focus_that_goes_on_to_another_field_closes_the_help(foreign: Page) -> None:
    foreign.goto("/")
    one = _opened(_help(foreign, "经营范围"))
    one.locator("form.ask button").focus()
    foreign.keyboard.press("Tab")
    expect(foreign.locator("#scope")).to_be_focused()
    expect(one.locator(".panel")).to_be_hidden()
    _opened(one)
    other = _opened(_help(foreign, "姓名"))
    expect(one.locator(".panel")).to_be_hidden()
    foreign.mouse.click(5, 690)
    expect(other.locator(".panel")).to_be_hidden()


def test_a_hostile_style_does_not_reach_it(foreign: Page) -> None:
    foreign.goto("/hostile")
    one = _help(foreign, "经营范围")
    foreign.wait_for_function("Boolean(customElements.get('policyqa-help'))")
    box = one.bounding_box()
    assert box is not None
    assert (round(box["width"]), round(box["height"])) == (44, 44)
    _opened(one)
    says = one.locator(".tip p").nth(1)
    assert says.evaluate("one => getComputedStyle(one).fontSize") == "16px"
    assert says.evaluate("one => getComputedStyle(one).color") != "rgb(255, 0, 0)"
    wide = one.locator(".panel").bounding_box()
    assert wide is not None
    assert 400 < wide["width"] < 440
    assert wide["x"] >= 0
    assert wide["x"] + wide["width"] <= 1000


def test_a_guess_says_so_and_markup_is_text_and_silence_has_words(foreign: Page) -> None:
    foreign.goto("/")
    guessed = _opened(_help(foreign, "<b>保证金形式</b>"))
    expect(guessed.locator(".title")).to_have_text("“<b>保证金形式</b>”怎么填")
    expect(guessed.locator(".careful")).to_contain_text("没有人核对")
    expect(guessed.locator("blockquote").first).to_contain_text("保函")
    silent = _opened(_help(foreign, "姓名"))
    expect(silent.locator(".note")).to_have_text("No clause about this field was found in the documents held here.")
    assert silent.locator("blockquote").count() == 0


def test_a_question_is_answered_in_place_or_led_to_the_library(foreign: Page, host: str) -> None:
    foreign.goto("/")
    one = _opened(_help(foreign, "经营范围"))
    for question, says in (
        ("能和许可证一起办吗", "餐饮店"),
        ("房贷还清了怎么注销抵押", "这一栏的条款没有写到这个问题"),
    ):
        one.get_by_role("textbox").fill(question)
        foreign.keyboard.press("Enter")
        expect(one.locator(".answer")).to_contain_text(says)
    link = one.get_by_role("link", name="到问答页查全部文件").get_attribute("href")
    assert link is not None
    assert "/?q=%E6%88%BF%E8%B4%B7" in link
    assert link.endswith("&place=%E5%93%88%E5%B0%94%E6%BB%A8")  # where the form is used
    assert foreign.url == f"{host}/"  # its form sent nothing to the page


def test_it_survives_being_added_changed_and_taken_away(foreign: Page) -> None:
    foreign.goto("/")
    foreign.evaluate(
        "() => { const one = document.createElement('policyqa-help'); one.setAttribute('label', '后来的');"
        " one.id = 'late'; document.body.append(one); }"
    )
    late = foreign.locator("#late")
    _opened(late)
    late.evaluate("one => { one.setAttribute('form', 'open-a-company'); one.setAttribute('field', 'trade-name'); }")
    expect(late.locator(".tip")).to_contain_text("汉字")
    late.evaluate("one => { window.kept = one; one.remove(); }")
    foreign.keyboard.press("Escape")
    foreign.evaluate("document.body.append(window.kept)")
    expect(late.locator(".panel")).to_be_hidden()
    _opened(late)


def test_a_server_that_is_away_is_a_plain_line(foreign: Page) -> None:
    foreign.goto("/")
    foreign.route("**/v1/guide", lambda route: route.abort())
    one = _help(foreign, "经营范围")
    one.locator("button.open").click()
    expect(one.get_by_role("status").first).to_contain_text("暂时连不上")
    foreign.unroute("**/v1/guide")
    foreign.keyboard.press("Escape")
    _opened(one)


def test_on_a_page_with_a_strict_policy_it_breaks_no_rule_of_accessibility(page: Page) -> None:
    for path, wide, dark in (("/demo/form", 375, False), ("/demo/form?form=house-transfer&lang=en", 1200, True)):
        page.set_viewport_size({"width": wide, "height": 800})
        page.emulate_media(color_scheme="dark" if dark else "light")
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= wide
        _opened(page.locator("policyqa-help").nth(6))
        assert violations(page) == []
    page.goto("/demo/form/utilities")
    assert violations(page) == []


def test_a_browser_of_five_years_ago_shows_the_same(page: Page) -> None:
    page.add_init_script(
        YOUNG + "delete Document.prototype.adoptedStyleSheets; delete ShadowRoot.prototype.adoptedStyleSheets;"
    )
    page.goto("/demo/form")
    one = _opened(page.locator('policyqa-help[field="business-scope"]'))
    assert page.evaluate("typeof HTMLElement.prototype.showPopover") == "undefined"
    panel = one.locator(".panel")
    assert panel.evaluate("one => getComputedStyle(one).position") == "fixed"
    expect(one.locator("blockquote")).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
