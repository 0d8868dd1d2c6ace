"""How long an agent waits: from a key press in the box of the console to its rows on the screen.

    python -m ui.bench_console [--url http://127.0.0.1:8000] [--questions 60]

Drives Chromium against a running `policyqa serve`. Own questions, evenly spread, are typed character by character,
each as soon as the rows of the one before it have been painted; the pause before a look-up is part of the time.
"""

import shutil
from collections.abc import Iterator
from importlib import resources
from statistics import quantiles
from typing import Annotated

import typer
from playwright.sync_api import Page, sync_playwright

from eval.questionset import read_questions

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


def _waits(page: Page, questions: list[str]) -> Iterator[float]:
    """Milliseconds for every character of every question."""
    for question in questions:
        page.locator("#question").press("Escape")  # selects what stands there
        for character in question:
            page.keyboard.insert_text(character)
            yield page.evaluate("window.painted")


def main(
    url: Annotated[str, typer.Option(help="where `policyqa serve` listens")] = "http://127.0.0.1:8000",
    questions: Annotated[int, typer.Option(min=1, help="how many of the own questions to type")] = 60,
) -> None:
    """Print p50 and p95 in milliseconds, and what the page weighs."""
    with resources.as_file(resources.files("eval") / "questions" / "own.jsonl") as path:
        own = [question.question for question in read_questions(path)]
    typed = own[:: max(1, len(own) // questions)][:questions]
    with sync_playwright() as playwright:
        # The system's browser; without one, that which Playwright installed.
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(locale="zh-CN")
        page.add_init_script(_WATCH)
        page.goto(f"{url}/agent", wait_until="networkidle")
        weight = page.evaluate(_WEIGHT)
        waits = list(_waits(page, typed))
        browser.close()
    cuts = quantiles(waits, n=100)
    print(f"{len(typed)} questions, {len(waits)} keys")
    print(f"p50 {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms, p99 {cuts[98]:.0f} ms from key press to rows")
    print(f"page weight {weight} bytes over the wire")


if __name__ == "__main__":
    typer.run(main)
