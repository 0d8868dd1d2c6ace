"""The chat page in a real browser: what it opens with, what an answer holds, and that it can be read by everybody."""

import re
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from corpus.corpus import Corpus
from tests.ui.browsing import QUESTION, ask, box, open_page

pytestmark = pytest.mark.browser

HOSTILE = "<img src=x onerror=alert(1)> **粗体** `x` $y$ &amp; </h2><script>alert(2)</script> 首贷"
OWN_WORDS = """() => {
  const all = [...document.body.querySelectorAll("*")];
  const own = all.filter((e) => e.checkVisibility() && !e.closest('[lang="zh-CN"]'));
  const names = ["aria-label", "title", "placeholder", "alt"];
  return own.flatMap((e) => [
    ...[...e.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data),
    ...names.map((name) => e.getAttribute(name) ?? ""),
  ]).join(" ");
}"""
HEARING = """log => {
  window.heard = [];
  new MutationObserver((changes) => {
    for (const change of changes) for (const node of change.addedNodes) window.heard.push(node.textContent.trim());
  }).observe(log, { childList: true, subtree: true });
}"""


def _api(page: Page, question: str) -> dict[str, Any]:
    answer: dict[str, Any] = page.request.post("/v1/ask", data={"question": question}).json()
    return answer


def test_it_opens_with_the_documents_topics_and_places(page: Page, corpus: Corpus) -> None:
    open_page(page)
    opening = page.locator("#pq-opening")
    for document in corpus.documents:
        expect(opening).to_contain_text(document.title)
    expect(opening).to_contain_text("皖营商环境办〔2023〕4号 · 安徽、合肥、芜湖、滁州 · 2023年10月19日")
    expect(opening).to_contain_text("哈尔滨 · 发文日期文中未写明")
    assert opening.locator("[data-ask]").count() == 6
    assert page.get_by_role("radio").count() == 1 + len(corpus.places)


@pytest.mark.parametrize("path", ["/", "/en"])
@pytest.mark.parametrize("question", [QUESTION, "how do I get first-loan support"])
def test_the_page_cites_what_the_api_cites(page: Page, path: str, question: str) -> None:
    open_page(page, path)
    answer = ask(page, question)
    said = _api(page, question)
    labels = answer.locator(".pq-original [data-copy]").evaluate_all("all => all.map((one) => one.dataset.copy)")
    assert labels == [citation["label"] for citation in said["citations"]]
    assert answer.locator("blockquote").count() == len(said["citations"])


def test_every_link_of_an_answer_leads_somewhere(page: Page) -> None:
    open_page(page)
    answer = ask(page, QUESTION)
    links = set(answer.get_by_role("link").evaluate_all("all => all.map((one) => one.getAttribute('href'))"))
    assert len(links) >= 3
    for link in {link for link in links if not link.startswith("tel:")}:
        assert page.request.get(link).status == 200


def test_what_to_ask_next_is_asked_in_place_and_answered(page: Page) -> None:
    open_page(page)
    more = ask(page, "房贷还清后，能在网上注销抵押吗？").locator(".pq-more a")
    assert 1 <= more.count() <= 3
    question = more.first.inner_text()
    more.first.click()
    expect(page.locator(".pq-asked").last).to_contain_text(question)
    expect(page.locator(".pq-answer").last).to_have_class(re.compile("pq-answered"))


def test_a_link_with_a_question_and_a_place_asks_once(page: Page) -> None:
    open_page(page, f"/?q={quote('不动产登记怎么办')}&place={quote('哈尔滨')}")
    expect(page.locator(".pq-answer")).to_have_count(1)
    assert set(page.locator(".pq-place").all_text_contents()) == {"哈尔滨"}
    page.reload()
    expect(page.locator(".pq-answer")).to_have_count(1)
    ask(page, QUESTION)
    assert "q=" not in page.url


def test_a_link_to_an_answer_is_copied_and_asks_it_again(page: Page) -> None:
    open_page(page)
    ask(page, QUESTION).get_by_role("button", name="复制链接").click()
    open_page(page, page.evaluate("navigator.clipboard.readText()"))
    expect(page.locator(".pq-asked")).to_contain_text(QUESTION)


@pytest.mark.parametrize("path", ["/", "/en"])
def test_a_question_is_shown_as_typed_and_never_run(page: Page, path: str) -> None:
    open_page(page, f"{path}?q={quote(HOSTILE)}")
    expect(page.locator(".pq-asked")).to_contain_text(HOSTILE)
    ask(page, f"{HOSTILE} 2")
    expect(page.locator(".pq-asked").last).to_contain_text(f"{HOSTILE} 2")
    assert page.locator("#pq-log :is(img, script, strong, code)").count() == 0


def test_a_refusal_offers_the_hotline_and_the_nearest_clauses(page: Page) -> None:
    open_page(page)
    answer = ask(page, "哈尔滨的金融顾问电话是多少？")
    expect(answer.get_by_role("link", name="12345", exact=True)).to_have_attribute("href", "tel:12345")
    expect(answer.get_by_role("heading", name="相近的条款（没有直接回答，或不适用于您问的地方）")).to_be_visible()
    expect(answer.locator(".pq-related a").first).to_be_visible()


@pytest.mark.parametrize("question", [None, "how do I get first-loan support", "I run a shop in Shenzhen", "hello"])
def test_the_english_page_is_english_even_in_a_chinese_browser(page: Page, question: str | None) -> None:
    open_page(page, "/en")
    if question:
        ask(page, question)
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.title() == (f"{question} · Policy Q&A" if question else "Policy Q&A")
    words = re.sub(r"·\s*(?:皖|《)[^:]*:", "", page.evaluate(OWN_WORDS))  # the address in an answer's own text
    assert re.findall(r"[\u4e00-\u9fff]+", words) == []


def test_large_text_is_one_tap_and_remembered(page: Page) -> None:
    open_page(page)
    before = box(page).evaluate("one => parseFloat(getComputedStyle(one).fontSize)")
    page.get_by_role("button", name="适老大字").click()
    for path in ("/", "/en", "/clause/harbin-66:26"):
        page.goto(path)
        expect(page.locator("[data-large]")).to_have_attribute("aria-pressed", "true")
    page.goto("/")
    assert box(page).evaluate("one => parseFloat(getComputedStyle(one).fontSize)") > 1.3 * before


def test_a_screen_reader_hears_an_answer_once_and_finds_its_way(page: Page) -> None:
    open_page(page)
    ask(page, QUESTION)
    log = page.get_by_role("log", name="对话")
    log.evaluate(HEARING)
    ask(page, "退休证可以自己在网上下载吗？")
    heard = " ".join(page.evaluate("heard"))
    assert heard.count("您问：退休证可以自己在网上下载吗？") == 1
    assert QUESTION not in heard
    expect(log.get_by_role("heading", level=2)).to_have_count(2)
    expect(page.get_by_role("group", name="地区")).to_be_visible()
    page.get_by_role("radio", name="不限").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="安徽")).to_be_checked()
    assert not re.search(r"&lt;|<div", page.locator("#pq-log").aria_snapshot())
    assert page.locator("#pq-log [aria-label*='<']").count() == 0


@pytest.mark.parametrize("path", ["/", "/en"])
@pytest.mark.parametrize(("width", "height"), [(320, 256), (375, 760), (1440, 900)])
@pytest.mark.parametrize("large", [False, True])
def test_nothing_is_lost_at_any_size(page: Page, path: str, width: int, height: int, large: bool) -> None:
    page.set_viewport_size({"width": width, "height": height})
    open_page(page, path)
    if large:
        page.locator("[data-large]").click()
    answer = ask(page, QUESTION)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    for control in (*answer.get_by_role("button").all()[:5], page.locator("#pq-send"), page.locator("[data-large]")):
        control.click(trial=True)  # reachable by scrolling, and nothing lies over it
    answer.locator(".pq-source").click()
    expect(page.get_by_role("dialog").locator("mark").first).to_be_in_viewport()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_arrow_keys_go_through_the_places_and_round(page: Page) -> None:
    open_page(page)
    radios = page.get_by_role("radio")
    radios.first.focus()
    for at in (1, 2, 3):
        page.keyboard.press("ArrowRight")
        expect(radios.nth(at)).to_be_checked()
        expect(radios.nth(at)).to_be_focused()
    for _ in range(4):
        page.keyboard.press("ArrowUp")
    expect(radios.last).to_be_checked()
    assert radios.last.get_attribute("aria-setsize") == str(radios.count())
