"""The evaluation as tables for the terminal. `Evaluation.to_dict` is the form for programs."""

from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from eval.measures.answers import FIGURES
from eval.measures.bootstrap import Estimate
from eval.measures.ranking import RANKING
from eval.summary import Estimates, Evaluation, Figures

SHOWN_MISSES = 20
_TAG_MEASURES = ("success@1", "success@3")
_FIGURE_NAMES = {
    "coverage": "可答而答 coverage",
    "answered_right": "答且引对 answered and right",
    "false_answers": "不可答而答 false answers ↓",
    "citation_precision": "引用准确 citation precision",
    "quote_recall": "引文完整 quote recall",
    "part_accuracy": "要点准确 part accuracy",
    "auroc": "置信区分 AUROC",
    "auroc_right": "答对与无答案的区分 AUROC of right answers",
    "ece": "置信误差 ECE ↓",
}


def figure_name(figure: str) -> str:
    """What a figure of answers is called in both languages; a measure of ranking has its one name."""
    return _FIGURE_NAMES.get(figure, figure)


def print_report(evaluation: Evaluation, console: Console) -> None:
    """Legs × measures with 95 % intervals, figures of answers, tags, latency, misses; as wide as the console."""
    overall = evaluation.overall
    console.print(
        f"{overall.n} 个问题 questions · 索引 index {evaluation.index_version} · 向量模型 encoder {evaluation.encoder}"
    )
    console.print(_legs_table(overall))
    if any(overall.answers.values()):
        console.print(_answers_table(overall))
    if evaluation.reliability:
        console.print(_reliability_table(evaluation))
    if evaluation.by_tag:
        console.print(_tags_table(evaluation))
    console.print(_latency_table(evaluation))
    _print_misses(evaluation, console)
    _print_wrong(evaluation, console)


def figures_table(title: str, *headings: str) -> Table:
    """First column words, all others figures."""
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    table.add_column(headings[0], overflow="fold")
    for heading in headings[1:]:
        table.add_column(heading, justify="right")
    return table


def _estimate(estimate: Estimate | None) -> RenderableType:
    if estimate is None:
        return Text("–", style="dim")
    interval = (f" {estimate.low:.3f}–{estimate.high:.3f}", "dim")
    return Text.assemble(f"{estimate.value:.3f}", interval)


def _legs_table(group: Figures) -> Table:
    table = figures_table("检索 Retrieval (95 %)", "指标 measure", *group.legs)
    for measure in RANKING:
        table.add_row(measure.name, *(_estimate(values[measure.name]) for values in group.legs.values()))
    return table


def _answers_table(group: Figures) -> Table:
    table = figures_table("回答 Answers (95 %)", "指标 measure", "数值 value")
    for name in FIGURES:
        table.add_row(figure_name(name), _estimate(group.answers[name]))
    return table


def _reliability_table(evaluation: Evaluation) -> Table:
    table = figures_table("答案的把握 Confidence of answers", "平均把握 mean confidence", "n", "答对 right")
    for one in evaluation.reliability:
        table.add_row(f"{one.confidence:.2f}", str(one.n), f"{one.right:.2f}")
    return table


def _tags_table(evaluation: Evaluation) -> Table:
    answers = any(evaluation.overall.answers.values())
    title = f"分类 By tag: {' / '.join(_TAG_MEASURES)}"
    extra_headings = ("答 cov.", "误答 ↓") if answers else ()
    table = figures_table(title, "标签 tag", "n", *evaluation.overall.legs, *extra_headings)
    for tag, group in evaluation.by_tag.items():
        cells = [_values(values, _TAG_MEASURES) for values in group.legs.values()]
        extra = [_values(group.answers, [name]) for name in ("coverage", "false_answers")] if answers else []
        table.add_row(tag, str(group.n), *cells, *extra)
    return table


def _values(estimates: Estimates, names: Iterable[str]) -> str:
    known = [estimates[name] for name in names]
    return "/".join("–" if estimate is None else f"{estimate.value:.2f}" for estimate in known)


def _latency_table(evaluation: Evaluation) -> Table:
    known = {step: values for step, values in evaluation.latency_ms.items() if values}
    table = figures_table("耗时（毫秒） Latency (ms)", "步骤 step", "p50", "p95", "p99")
    for step, values in known.items():
        table.add_row(step, *(f"{value:.2f}" for value in values.values()))
    return table


def _wanted(relevant: Sequence[str]) -> str:
    return f"应为 wanted {', '.join(relevant) or '无答案 no_answer'}"


def _print_misses(evaluation: Evaluation, console: Console) -> None:
    misses = evaluation.misses
    near = sum(miss.near for miss in misses)
    console.print(
        f"[bold]未命中与误答 Misses and false answers: {len(misses)}[/bold]，其中相近 near misses among them: {near}"
    )
    for miss in misses[:SHOWN_MISSES]:
        got = f"得到 got {', '.join(miss.found[:3])}{' · 相近 near' if miss.near else ''}"
        console.print(Text(f"  {miss.id}  {miss.question}\n    {_wanted(miss.relevant)} · {got}"))
    if len(misses) > SHOWN_MISSES:
        console.print(f"  … 其余 {len(misses) - SHOWN_MISSES} 条用 --json 查看 · the rest with --json")


def _print_wrong(evaluation: Evaluation, console: Console) -> None:
    """All of them: every wrong answer is worth reading."""
    if any(evaluation.overall.answers.values()):
        console.print(f"[bold]答错 Wrong answers: {len(evaluation.wrong_answers)}[/bold]")
    for wrong in evaluation.wrong_answers:
        cited = f"引用 cited {', '.join(wrong.cited)} · 把握 confidence {wrong.confidence:.2f}"
        console.print(Text(f"  {wrong.id}  {wrong.question}\n    {_wanted(wrong.relevant)} · {cited}"))
