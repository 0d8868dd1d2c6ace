"""What axe-core finds wrong with a page, as every browser test of accessibility asks it."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


def violations(page: Page) -> list[dict[str, Any]]:
    """Every rule that the page breaks."""
    found: list[dict[str, Any]] = Axe().run(page, options=_RULES).response["violations"]
    return found


def serious_faults(page: Page) -> dict[str, list[Any]]:
    """Where the page breaks a rule in a way that keeps somebody from using it, by rule."""
    return {
        violation["id"]: [node["target"] for node in violation["nodes"]]
        for violation in violations(page)
        if violation["impact"] in ("serious", "critical")
    }
