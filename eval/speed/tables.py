"""Figures of a measurement as somebody reads them in a terminal."""

from typing import Any

from rich.console import Console
from rich.table import Table

_SHOWN = 40  # characters of the slowest question


def serving_table(result: list[dict[str, Any]]) -> Table:
    """Answers of two checkouts, each kind of measurement with how many times as fast the new one is."""
    table = Table("", "", "p50 ms", "p99 ms", "次/秒 /s", "失败 failed", title="回答 Answers")
    for one in result:
        for side in ("base", "new"):
            figures = one[side]
            cells = [f"{figures[name]:.2f}" if name in figures else "–" for name in ("p50", "p99", "per_second")]
            table.add_row(one["name"] if side == "base" else "", side, *cells, str(figures["failed"]))
        faster = [
            f"{one['times_as_fast'][name]:.2f} ×" if name in one["times_as_fast"] else "–"
            for name in ("p50", "p99", "per_second")
        ]
        table.add_row("", "倍数 times as fast", *faster, "", end_section=True)
    return table


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
