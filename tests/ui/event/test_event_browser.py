"""A life event in a browser: without script, on a phone, on one sheet of paper, read aloud by the device itself."""

import io
from typing import Any

import pdfplumber
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.ui.accessibility import violations

pytestmark = pytest.mark.browser

PAGES = (
    "/event",
    "/event?q=还清房贷怎么解除抵押&lang=en",
    "/event/home-and-car?place=哈尔滨",
    "/event/build?lang=en&place=合肥",
    "/m/anhui-2023-4:1.1",
    "/m/harbin-66:11?lang=en",
    "/plates?event=trade&lang=en",
)

# An engine as browsers have it: cancelling ends the utterance, as does reaching its end; voices come when they come.
ENGINE = """
class Utterance { constructor(text) { this.text = text; } }
const engine = new EventTarget();
Object.assign(engine, {
  voices: [], spoken: [], now: null,
  getVoices() { return this.voices; },
  speak(one) { this.spoken.push([one.voice.name, one.lang, one.text]); this.now = one; },
  cancel() { this.end(); },
  end() { const one = this.now; this.now = null; if (one && one.onend) one.onend(); },
  come(voices) { this.voices = voices; this.dispatchEvent(new Event("voiceschanged")); },
});
Object.defineProperty(window, "speechSynthesis", { value: engine });
Object.defineProperty(window, "SpeechSynthesisUtterance", { value: Utterance });
"""
LOCAL = {"name": "local", "lang": "zh_CN", "localService": True}  # as Android writes it
REMOTE = {"name": "remote", "lang": "zh-CN", "localService": False}
CANTONESE = {"name": "cantonese", "lang": "zh-HK", "localService": True}
ENGLISH = {"name": "english", "lang": "en-GB", "localService": True}


def _come(page: Page, *voices: dict[str, Any]) -> None:
    page.evaluate("voices => speechSynthesis.come(voices)", list(voices))


def _spoken(page: Page) -> list[list[str]]:
    found: list[list[str]] = page.evaluate("speechSynthesis.spoken")
    return found


def _current(page: Page) -> list[str]:
    return [one.get_attribute("id") or "" for one in page.locator("[data-card][aria-current=true]").all()]


@pytest.fixture
def talking(page: Page) -> Page:
    """A page whose device has an engine, and no voice yet."""
    page.add_init_script(ENGINE)
    page.goto("/event/home-and-car")
    return page


# ---- read aloud


def test_there_is_no_button_without_a_voice_of_the_device_itself(talking: Page) -> None:
    button = talking.locator(".read-aloud")
    expect(button).to_have_count(0)
    for voices in ([REMOTE], [REMOTE, ENGLISH], [CANTONESE], []):
        _come(talking, *voices)
        assert button.count() == 0
    _come(talking, REMOTE, LOCAL)
    assert button.count() == 1
    assert talking.locator(".read-aloud :disabled").count() == 0
    _come(talking, REMOTE)
    assert button.count() == 0


def test_a_device_that_cannot_speak_has_no_button(page: Page) -> None:
    page.add_init_script("Object.defineProperty(window, 'speechSynthesis', { value: undefined })")
    page.goto("/event/home-and-car")
    assert page.locator(".read-aloud").count() == 0


def test_the_cards_are_read_in_order_by_the_local_voice_alone(talking: Page) -> None:
    _come(talking, REMOTE, ENGLISH, LOCAL)
    talking.get_by_role("button", name="讲给我听").click()
    assert _spoken(talking) == [["local", "zh-CN", "情形1：先查清房子的情况和限制"]]
    assert _current(talking) == ["step-1"]
    talking.evaluate("speechSynthesis.end()")
    plain = talking.locator("#step-1 p[data-say]").inner_text()
    assert _spoken(talking)[1:] == [["local", "zh-CN", plain]]
    talking.evaluate("speechSynthesis.end()")
    assert _spoken(talking)[2][2].startswith("情形2")
    assert _current(talking) == ["step-2"]
    for _ in range(60):
        talking.evaluate("speechSynthesis.end()")
    said = [text for _, _, text in _spoken(talking) if text.startswith("情形")]
    assert [text[:3] for text in said] == [f"情形{number}" for number in range(1, 9)]
    assert _current(talking) == []
    expect(talking.get_by_role("button", name="讲给我听")).to_be_visible()


def test_pausing_keeps_the_sentence_next_goes_on_and_stop_begins_anew(talking: Page) -> None:
    talking.set_viewport_size({"width": 375, "height": 600})
    _come(talking, LOCAL)
    talking.get_by_role("button", name="讲给我听").click()
    talking.evaluate("speechSynthesis.end()")
    sentence = _spoken(talking)[-1]
    talking.get_by_role("button", name="暂停").click()
    assert (_current(talking), len(_spoken(talking))) == (["step-1"], 2)
    talking.get_by_role("button", name="接着听").click()
    assert _spoken(talking)[2:] == [sentence]
    talking.get_by_role("button", name="下一段").click()
    assert _current(talking) == ["step-2"]
    expect(talking.locator("#step-2")).to_be_in_viewport()
    talking.get_by_role("button", name="停止").click()
    assert _current(talking) == []
    assert talking.locator("[data-act]:visible").count() == 1
    talking.get_by_role("button", name="讲给我听").click()
    assert _spoken(talking)[-1][2].startswith("情形1")


def test_the_last_card_has_no_next_and_every_button_is_reached_by_keys(talking: Page) -> None:
    _come(talking, LOCAL)
    talking.get_by_role("button", name="讲给我听").press("Enter")
    for _ in range(7):
        talking.get_by_role("button", name="下一段").press("Enter")
    assert _current(talking) == ["step-8"]
    expect(talking.get_by_role("button", name="下一段")).to_be_hidden()
    expect(talking.get_by_role("button", name="暂停")).to_be_focused()


def test_an_english_page_wants_an_english_voice(page: Page) -> None:
    page.add_init_script(ENGINE)
    page.goto("/event/home-and-car?lang=en")
    _come(page, LOCAL)
    assert page.locator(".read-aloud").count() == 0
    _come(page, LOCAL, ENGLISH)
    page.get_by_role("button", name="Read it to me").click()
    assert _spoken(page)[0] == ["english", "en", "Case 1: Look up the property and any restrictions on it"]


def test_a_clause_is_read_aloud_by_its_plain_sentences(page: Page) -> None:
    page.add_init_script(ENGINE)
    page.goto("/clause/anhui-2023-4:1.3.4")
    _come(page, LOCAL)
    page.get_by_role("button", name="讲给我听").click()
    page.evaluate("speechSynthesis.end()")
    said = [text for _, _, text in _spoken(page)]
    assert said == [one.inner_text() for one in page.locator("[data-say]").all()]
    assert len(said) == 2


# ---- without script, on a phone, for everybody


def test_without_script_a_matter_is_found_and_read_in_two_steps(browser: Browser, site: str) -> None:
    with browser.new_context(base_url=site, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/event")
        page.get_by_label("您要办什么事").fill("退休证怎么领")
        page.get_by_role("button", name="找一找").click()
        page.locator(".found a").first.click()
        expect(page.locator("li:target")).to_contain_text("退休")
        page.get_by_label("您在哪里办").select_option("合肥")
        page.get_by_role("button", name="按这个地方看").click()
        expect(page.locator(".elsewhere").first).to_contain_text("的做法")
        assert page.locator("[data-print]:visible, .read-aloud").count() == 0


def test_the_start_page_leads_to_the_events_and_a_clause_back_to_its_own(page: Page) -> None:
    page.goto("/")
    page.locator(".pq-to-events").click()
    page.get_by_role("link", name="打官司、要账").click()
    page.locator(".matter a").first.click()
    page.locator("#clause .events a").first.click()
    expect(page.locator("li.card:target")).to_be_visible()


@pytest.mark.parametrize("path", PAGES)
def test_nothing_runs_out_of_a_phone_and_no_rule_of_axe_is_broken(page: Page, path: str) -> None:
    page.add_init_script(ENGINE)
    page.set_viewport_size({"width": 375, "height": 760})
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(path)
        _come(page, LOCAL, ENGLISH)
        assert [one["id"] for one in violations(page)] == []
    page.locator("[data-large]").click()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 375


@pytest.mark.parametrize("path", PAGES)
def test_what_is_tapped_is_large_enough(page: Page, path: str) -> None:
    page.set_viewport_size({"width": 375, "height": 760})
    page.goto(path)
    targets = page.locator("button, select, input[type=search], label.tick, main a")
    heights = {one.inner_text()[:20]: (one.bounding_box() or {"height": 99})["height"] for one in targets.all()}
    assert {name: height for name, height in heights.items() if height < 44} == {}


# ---- on paper


@pytest.fixture
def paper(page: Page) -> Page:
    """A page under a host that a telephone knows, so that there are codes."""

    def from_elsewhere(route: Route) -> None:
        if route.request.resource_type != "document":
            return route.fallback()
        route.fulfill(response=route.fetch(headers={**route.request.headers, "host": "zwfw.example.gov.cn"}))
        return None

    page.route("**/*", from_elsewhere)
    return page


def _printed(page: Page) -> list[str]:
    """The words of each sheet; every sheet is A4."""
    with pdfplumber.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as pdf:
        assert {(round(sheet.width), round(sheet.height)) for sheet in pdf.pages} == {(595, 842)}
        return [sheet.extract_text() for sheet in pdf.pages]


# The longest of the sixteen, and the shortest; in Chinese and in English, with and without another place's marks.
@pytest.mark.parametrize("event", ["build", "ask-and-complain", "start-a-company", "finance", "foreigners"])
@pytest.mark.parametrize("query", ["", "?lang=en&place=哈尔滨"])
def test_an_event_takes_one_page_of_a4(paper: Page, event: str, query: str) -> None:
    paper.goto(f"/event/{event}{query}")
    (sheet,) = _printed(paper)
    assert f"zwfw.example.gov.cn/event/{event}" in sheet


def test_sheets_hold_eight_plates_each_whole(paper: Page) -> None:
    paper.goto("/plates?event=build")
    assert [sheet.count("/m/") for sheet in _printed(paper)] == [8, 8]
    paper.emulate_media(media="print")
    for query in ("document=harbin-66", "document=anhui-2023-4&parts=1&lang=en"):  # nothing is cut off
        paper.goto(f"/plates?{query}")
        cut = "all => all.filter(one => one.scrollHeight > one.clientHeight).map(one => one.dataset.plate)"
        assert paper.locator(".plate").evaluate_all(cut) == []
