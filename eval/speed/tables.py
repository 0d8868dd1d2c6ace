"""Figures of a measurement as somebody reads them in a terminal."""

from typing import Any

from rich.console import Console

_SHOWN = 40  # characters of the slowest question


def print_hostile(result: dict[str, Any], console: Console) -> None:
    """What an attack came to, and the slowest question found."""
    for name, value in result["attack"].items():
        console.print(f"{name}: {value}")
    slowest = result["slowest"]
    shown = f"{slowest['question'][:_SHOWN]!r}… ({len(slowest['question'])} characters)"
    console.print(f"slowest question of {slowest['tried']}: {slowest['seconds'] * 1000:.1f} ms  {shown}", markup=False)


def print_overview(result: list[dict[str, Any]], console: Console) -> None:
    """How long the figures of the manager's page take."""
    for one in result:
        figures = "  ".join(f"{name} {value:.0f} ms" for name, value in one["milliseconds"].items())
        console.print(f"{one['what']}: {one['rows']} rows  {figures}  processor {one['processor']:.0f} ms")
