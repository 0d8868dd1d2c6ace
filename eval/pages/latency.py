"""How long people wait for the pages, and what the pages weigh: `python -m eval.pages.latency [--questions 60]`.

Starts `policyqa serve` afresh and drives Chromium: from the start of the server to the first answer on the screen; the
bytes of both pages over the wire; and, in the agents' console, from a key press to its rows. Own questions, evenly
spread, are typed character by character, each as soon as the rows of the one before it have been painted; the pause
before a look-up is part of the time.
"""

import shutil
from collections.abc import Iterator
from importlib import resources
from statistics import quantiles
from time import perf_counter
from typing import Annotated

import typer
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from eval.pages.serving import policyqa_serve
from eval.questions.questionset import read_questions

_START_MS = 120_000  # a server that has not answered by then will not
# Resolves when the rows after a key have been painted: after the next frame, the frame of the change is on the screen.
_WATCH = """
(() => {
  let pressed;
  addEventListener("DOMContentLoaded", () => {
    document.getElementById("question").addEventListener("input", () => {
      pressed = performance.now();
      window.painted = new Promise((resolve) => {
        const watch = new MutationObserver(() => {
          watch.disconnect();
          requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - pressed)));
        });
        watch.observe(document.getElementById("results"), { childList: true });
      });
    }, true);
  });
})();
"""
_WEIGHT = """performance.getEntries().filter((entry) => "transferSize" in entry)
  .reduce((sum, entry) => sum + entry.transferSize, 0)"""


def _arrive(page: Page, url: str, started: float) -> None:
    """Open the page as soon as the server takes connections. Raises Error if it never does."""
    while True:
        try:
            page.goto(url)
        except Error:
            if perf_counter() - started > _START_MS / 1000:
                raise
        else:
            return


def _first_answer(browser: Browser, url: str, started: float) -> tuple[float, float]:
    """Seconds from the start of the server to the page, and to the first answer on it."""
    page = browser.new_page(locale="zh-CN")
    _arrive(page, f"{url}/?q=怎么申请首贷", started)
    opened = perf_counter() - started
    expect(page.locator(".pq-answer")).to_be_visible(timeout=_START_MS)
    return opened, perf_counter() - started


def _weight(browser: Browser, url: str) -> int:
    page = browser.new_page(locale="zh-CN")
    page.goto(url)
    expect(page.get_by_role("textbox").or_(page.get_by_role("searchbox")).first).to_be_visible()
    return int(page.evaluate(_WEIGHT))


def _waits(browser: Browser, url: str, questions: list[str]) -> Iterator[float]:
    """Milliseconds for every character of every question."""
    page = browser.new_page(locale="zh-CN")
    page.add_init_script(_WATCH)
    page.goto(f"{url}/agent")
    for question in questions:
        page.locator("#question").press("Escape")  # selects what stands there
        for character in question:
            page.keyboard.insert_text(character)
            yield page.evaluate("window.painted")


def main(questions: Annotated[int, typer.Option(min=1, help="how many of the own questions to type")] = 60) -> None:
    """Print seconds to the first answer, bytes of the pages, and p50 and p95 from key press to rows."""
    with resources.as_file(resources.files("eval") / "questions" / "own.jsonl") as path:
        own = [question.question for question in read_questions(path)]
    typed = own[:: max(1, len(own) // questions)][:questions]
    with sync_playwright() as playwright:
        # The system's browser; without one, that which Playwright installed.
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        started = perf_counter()
        with policyqa_serve() as url:
            opened, answered = _first_answer(browser, url, started)
            print(f"cold server: page after {opened:.1f} s, first answer after {answered:.1f} s")
            for path_of in ("/", "/en", "/agent"):
                print(f"{path_of}: {_weight(browser, url + path_of) / 1000:.0f} kB over the wire")
            waits = list(_waits(browser, url, typed))
        browser.close()
    cuts = quantiles(waits, n=100)
    print(f"console, {len(waits)} keys of {len(typed)} questions: from key press to rows", end=" ")
    print(f"p50 {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms, p99 {cuts[98]:.0f} ms")


if __name__ == "__main__":
    typer.run(main)
