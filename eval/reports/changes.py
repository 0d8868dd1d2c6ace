"""A comparison as tables for the terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from eval.comparison import Comparison, QuestionChange, Side
from eval.report import figure_name, figures_table

SHOWN = 20
_WITHOUT = {None: "无结果 nothing", "no_answer": "无答案 no_answer", "clarify": "反问 clarify", "answered": "–"}
_KINDS = (
    ("gained", "新答对 Right now, not before"),
    ("lost", "不再答对 Right before, not now"),
    ("cited_otherwise", "对错不变，引用变了 As right as before, cited otherwise"),
)


def scope_line(comparison: Comparison) -> str:
    """How many questions are compared, and which are not."""
    line = f"{comparison.common} 个共同的问题 common questions"
    left_out = {
        "只在以前 only before": comparison.only_before,
        "只在这次 only now": comparison.only_after,
        "同编号但改了问法 same id but reworded": comparison.reworded,
    }
    if named := "，".join(f"{name} {count}" for name, count in left_out.items() if count):
        line += f"；未比较 not compared: {named}"
    if comparison.relabelled:
        line += f"；应引条款有改动 right answers relabelled: {comparison.relabelled}"
    return line


def tests_line(comparison: Comparison) -> str:
    """Which tests, with how many permutations."""
    return (
        f"p：配对 t 检验 paired Student's t · Fisher 随机化检验 randomisation, {comparison.permutations} "
        f"permutations, seed {comparison.seed}"
    )


def changes(comparison: Comparison) -> Sequence[tuple[str, Sequence[QuestionChange]]]:
    """The kinds of changed questions, each with its heading."""
    return [(heading, getattr(comparison, kind)) for kind, heading in _KINDS]


def side_line(side: Side) -> str:
    """What one run did: 回答 answered d:1 (.93)."""
    cited = "、".join(side.cited) or _WITHOUT[side.status]
    return cited if side.confidence is None else f"{cited} ({side.confidence:.2f})"


def print_comparison(comparison: Comparison, console: Console) -> None:
    """Figures before and after with their tests, then the questions that changed; the first of each kind."""
    console.print(f"[bold]与以前比较 Against an earlier run[/bold]：{scope_line(comparison)}")
    headings = ("指标 measure", "n", "以前 before", "现在 now", "差 change", "t: p", "Fisher: p")
    table = figures_table("指标 Figures", *headings)
    for one in comparison.figures:
        before, after, change = figures_of(one.before, one.after)
        name = figure_name(one.measure) if one.of == "answers" else f"{one.of} {one.measure}"
        table.add_row(name, str(one.n), before, after, change, chance(one.student), chance(one.fisher))
    console.print(table)
    console.print(Text(tests_line(comparison), style="dim"))
    for heading, changed in changes(comparison):
        console.print(f"[bold]{heading}: {len(changed)}[/bold]")
        for one_changed in changed[:SHOWN]:
            before, after = side_line(one_changed.before), side_line(one_changed.after)
            console.print(Text(f"  {one_changed.id}  {one_changed.question}\n    {before} → {after}"))
        if len(changed) > SHOWN:
            console.print(f"  … 其余 {len(changed) - SHOWN} 条用 --json 查看 · the rest with --json")


def figures_of(before: float | None, after: float | None) -> tuple[str, str, str]:
    """Before, after and the change as printed."""
    shown = ["–" if value is None else f"{value:.3f}" for value in (before, after)]
    change = "–" if before is None or after is None else f"{after - before:+.3f}"
    return shown[0], shown[1], change


def chance(value: float | None) -> str:
    """A p value as printed."""
    if value is None:
        return ""
    return "<.001" if value < 0.001 else f"{value:.3f}"
