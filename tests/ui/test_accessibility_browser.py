"""No page in any state breaks a rule of axe-core that it calls serious or critical."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.ui.accessibility import serious_faults, violations
from tests.ui.browsing import QUESTION, ask, open_page
from tests.ui.console_page import LOAN, open_console, type_question

pytestmark = pytest.mark.browser

_WIDTHS = {"phone": (375, 760), "desktop": (1280, 800)}


@dataclass(frozen=True, slots=True)
class State:
    """A page in a state, and how to get there."""

    name: str
    reach: Callable[[Page], object]


def _opened(path: str) -> Callable[[Page], object]:
    return lambda page: open_page(page, path)


def _asked(question: str, path: str = "/") -> Callable[[Page], object]:
    def reach(page: Page) -> None:
        open_page(page, path)
        ask(page, question)

    return reach


def _cited(page: Page) -> None:
    _asked(QUESTION)(page)
    page.locator(".pq-mark").first.click()
    expect(page.locator("#pq-source #clause")).to_be_visible()


def _judged(page: Page) -> None:
    _asked(QUESTION)(page)
    page.locator("[data-verdict=unhelpful]").click()
    expect(page.locator(".pq-why")).to_be_visible()


def _large(page: Page) -> None:
    _asked(QUESTION)(page)
    page.locator("[data-large]").click()


def _missed(path: str) -> Callable[[Page], object]:
    """The page of what is not there; its status would make the browser complain, so it is put aside."""

    def reach(page: Page) -> None:
        body = page.request.get(path, headers={"Accept": "text/html"}).text()
        page.route("**/missing", lambda route: route.fulfill(body=body, content_type="text/html"))
        page.goto("/missing")

    return reach


def _offered(page: Page) -> None:
    open_page(page)
    page.get_by_role("textbox").press_sequentially("退休证")
    expect(page.locator("#pq-suggestions")).to_be_visible()


def _unfolded(page: Page) -> None:
    _asked(QUESTION)(page)
    for folded in page.locator(".pq-answer summary").all():
        folded.click()


def _narrowed(page: Page) -> None:
    page.goto("/document/anhui-2023-4")
    page.get_by_role("searchbox").fill("登记")
    expect(page.locator("#shown")).to_contain_text("显示")


def _looked_up(path: str) -> Callable[[Page], object]:
    def reach(page: Page) -> None:
        open_console(page, path)
        type_question(page, "首贷", LOAN)

    return reach


def _asked_in_console(question: str) -> Callable[[Page], object]:
    def reach(page: Page) -> None:
        open_console(page)
        page.keyboard.type(question)
        expect(page.locator(".verdict")).to_be_visible()

    return reach


def _line_dropped(page: Page) -> None:
    _looked_up("/agent")(page)
    page.route("**/agent/rows", lambda route: route.abort())
    page.keyboard.type("33条")
    expect(page.locator("#line")).to_be_visible()


def _keys(page: Page) -> None:
    open_console(page)
    page.locator("[data-act=keys]").click()
    expect(page.locator("dialog#keys")).to_be_visible()


STATES = (
    State("opening", _opened("/")),
    State("opening in English", _opened("/en")),
    State("answer", _asked(QUESTION)),
    State("answer in English", _asked("How do I get first-loan support?", "/en")),
    State("names offered", _offered),
    State("answer unfolded", _unfolded),
    State("no such page", _missed("/no/such/page")),
    State("refusal", _asked("哈尔滨的金融顾问电话是多少？")),
    State("citation open", _cited),
    State("verdict", _judged),
    State("large text", _large),
    State("clause", lambda page: page.goto("/clause/anhui-2023-4:1.3.3?quote=2500-2520")),
    State("clause in English", lambda page: page.goto("/clause/harbin-66:11?lang=en")),
    State("no such clause", _missed("/clause/harbin-66:999")),
    State("document", lambda page: page.goto("/document/harbin-66")),
    State("document in English", lambda page: page.goto("/document/anhui-2023-4?lang=en")),
    State("document narrowed", _narrowed),
    State("no such document", _missed("/document/harbin-67")),
    State("comparison", lambda page: page.goto("/compare?q=过户房子线上办")),
    State("comparison in English", lambda page: page.goto("/compare?q=first+bank+loan&place=芜湖&place=安徽&lang=en")),
    State("comparison of nothing", lambda page: page.goto("/compare?q=鹦鹉要不要打疫苗")),
    State("console", open_console),
    State("console with results", _looked_up("/agent")),
    State("console in English", _looked_up("/agent?lang=en")),
    State("console with a story", _asked_in_console("退休证怎么下载？另外深圳怎么落户？")),
    State("console asking back", _asked_in_console("不动产登记")),
    State("console without an answer", _asked_in_console("哈尔滨的金融顾问电话是多少")),
    State("console in an emergency", _asked_in_console("我不想活了")),
    State("console on a dropped line", _line_dropped),
    State("console keys", _keys),
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", _WIDTHS)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name.replace(" ", "-"))
def test_nothing_serious_is_found(page: Page, state: State, size: str, scheme: str) -> None:
    width, height = _WIDTHS[size]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    state.reach(page)
    assert serious_faults(page) == {}


def test_the_rules_find_what_is_wrong(page: Page) -> None:
    page.goto("/clause/harbin-66:11")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<button></button>')")
    assert "button-name" in [violation["id"] for violation in violations(page)]
