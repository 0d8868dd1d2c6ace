"""Pictures of what the documents' measures are turned into: matching, help in forms, events, plates, hand-over, notes.

Numbers to call are made up: 138 0013 8000 is the one that telephone companies print as an example.
"""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from eval.pages.shot import DESKTOP, PHONE, Shot, asking, nothing

_TRADER = "?place=哈尔滨&kind=个体工商户&years_registered=2&matter=有纠纷或打官司&identity=以上都不是"
_MORTGAGE = "房贷还清后，能在网上注销抵押吗？"
_CALLS = (
    ("个体户转成公司，执照上的名字能不能留着", "138 0013 8000"),
    ("公司搬到别的区要带什么", "139 0013 9000"),
)


def _helping(field: str) -> Callable[[Page], None]:
    def help_with(page: Page) -> None:
        element = page.locator(f'policyqa-help[field="{field}"]')
        element.evaluate("one => one.scrollIntoView()")
        element.get_by_role("button").first.click()
        expect(element.get_by_role("dialog").get_by_role("textbox")).to_be_visible()

    return help_with


def _to_results(page: Page) -> None:
    page.locator(".found section").first.evaluate("one => one.scrollIntoView()")


def _with_code(page: Page) -> None:
    asking(_MORTGAGE)(page)
    page.locator("#pq-to-person").click()
    page.locator("#pq-person [type=submit]").click()
    expect(page.locator("#pq-code strong")).not_to_be_empty()


def _owed(page: Page) -> None:
    if page.locator(".calls").count():  # left by an earlier shot of this server
        return
    for wanted, phone in _CALLS:
        history = [{"role": "user", "content": wanted}]
        answer = page.request.post("/v1/handover", data={"history": history, "wanted": wanted, "phone": phone})
        expect(answer).to_be_ok()
    page.reload()


def _taking_over(page: Page) -> None:
    expect(page.locator("#question")).to_be_focused()
    page.keyboard.press("Alt+j")
    expect(page.locator("dialog#handover")).to_be_visible()


def _taken_over(page: Page) -> None:
    history = [{"role": "user", "content": _MORTGAGE}]
    drawn = page.request.post("/v1/handover", data={"history": history, "wanted": "银行说还要去窗口"}).json()
    _taking_over(page)
    page.keyboard.type(drawn["code"])
    page.keyboard.press("Enter")
    expect(page.locator("#handed-name")).to_be_visible()


def _noting(page: Page) -> None:
    expect(page.locator("#question")).to_be_focused()
    page.keyboard.type("首贷 贴息")
    expect(page.locator("#clause article")).to_be_visible()
    page.keyboard.press("Alt+g")
    expect(page.locator("dialog#note")).to_be_visible()


SERVICE_SHOTS = (
    Shot("match-question-phone", "/match", PHONE, nothing),
    Shot("match-result", f"/match{_TRADER}", DESKTOP, nothing),
    Shot("match-result-phone", f"/match{_TRADER}", PHONE, _to_results),
    Shot("form-help", "/demo/form", DESKTOP, _helping("business-scope")),
    Shot("form-help-phone", "/demo/form", PHONE, _helping("business-scope")),
    Shot("event", "/event/home-and-car", DESKTOP, nothing, public=True),
    Shot("event-place", "/event/home-and-car?place=哈尔滨", DESKTOP, nothing, public=True),
    Shot("event-phone", "/event/home-and-car?place=哈尔滨", PHONE, nothing),
    Shot("plates", "/plates?event=home-and-car", DESKTOP, nothing, public=True),
    Shot("plate-phone", "/m/harbin-66:11", PHONE, nothing, public=True),
    Shot("callbacks", "/agent/callbacks", DESKTOP, _owed),
    Shot("callbacks-phone", "/agent/callbacks", PHONE, _owed),
    Shot("console-handover", "/agent", DESKTOP, _taking_over),
    Shot("console-taken", "/agent", DESKTOP, _taken_over),
    Shot("console-note", "/agent", DESKTOP, _noting),
    Shot("phone-code", "/", PHONE, _with_code),
)

# Of an office that has written channels and guides.
OFFICE_SHOTS = (
    Shot("clause-office", "/clause/harbin-66:1", DESKTOP, nothing),
    Shot("clause-office-phone", "/clause/harbin-66:1", PHONE, nothing),
)
