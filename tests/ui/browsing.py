"""Going about the chat page as a citizen does."""

from playwright.sync_api import Locator, Page, Response, expect

QUESTION = "解决首贷难有哪些办法"
PREDICT = "**/gradio_api/run/predict*"


def arrived(response: Response) -> bool:
    return "/gradio_api/run/predict" in response.url and response.request.method == "POST"


def open_page(page: Page, path: str = "/") -> None:
    """Open the page and wait until it has heard from the server: before that, keys go nowhere."""
    with page.expect_response(arrived):
        page.goto(path)


def box(page: Page) -> Locator:
    return page.get_by_role("textbox")


def ask(page: Page, question: str) -> Locator:
    """Type a question, send it with Enter, and wait for its answer."""
    answers = page.locator(".pq-answer")
    before = answers.count()
    box(page).fill(question)
    page.keyboard.press("Enter")
    expect(answers).to_have_count(before + 1)
    return answers.last


def unfolded(answer: Locator) -> Locator:
    """The first quote of an answer, opened where a plain line tells what it says and folds it."""
    original = answer.locator(".pq-original").first
    if original.get_attribute("open") is None:
        original.locator("summary").click()
    return original
