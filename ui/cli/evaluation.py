"""`policyqa eval`: how good it is, measured on a question file, for people and for programs."""

from pathlib import Path
from typing import Annotated

import typer


def evaluate(  # noqa: PLR0917  (typer reads options off the parameters)
    questions: Annotated[Path, typer.Option(help="问题文件 · question file (JSONL, CSV, xlsx)")],
    documents: Annotated[
        Path | None, typer.Option(help="另一套文本 · other documents: a folder, or JSONL of id, title, text")
    ] = None,
    leg: Annotated[list[str] | None, typer.Option(help="bm25 | dense | hybrid，可重复 · may be repeated")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，供程序使用 · print JSON for programs")] = False,
    html: Annotated[Path | None, typer.Option(help="写成一个网页，可打印 · write one page, to read or print")] = None,
    against: Annotated[
        Path | None, typer.Option(help="与以前 --json 的结果比较 · compare with what --json printed before")
    ] = None,
    at_least: Annotated[
        list[str] | None,
        typer.Option(help="指标=最低值，如 success@1=0.9，低于则退出码为 1，可重复 · exit 1 below; may be repeated"),
    ] = None,
    trec: Annotated[
        Path | None, typer.Option(help="写出 TREC 的 run 和 qrels · a folder for run and qrels, for trec_eval")
    ] = None,
    ablation: Annotated[
        bool,
        typer.Option("--ablation", help="也测各部分的贡献，约三倍时间 · also what each part adds, thrice the time"),
    ] = False,
) -> None:
    """用问题文件测量检索与回答 · measure retrieval and answers on a question file.

    例 example: policyqa eval --questions questions.xlsx --html report.html --at-least success@1=0.9
    """
    from assistant.settings import Settings
    from eval.ablation import measure_opened, overall, tables
    from eval.bounds import demand, read_floors
    from eval.comparison import compare
    from eval.report import print_report
    from eval.reports.changes import print_comparison
    from eval.reports.page import Page, check_file, write_page
    from eval.reports.trec import prepare_folder, write_trec
    from eval.run import LEGS, in_order, open_questions
    from eval.saved import read_run
    from ui.cli.console import reading_console
    from ui.cli.json_output import print_json

    legs = in_order(leg or LEGS)  # faults come before minutes of asking
    floors = read_floors(at_least or (), legs)
    before = read_run(against) if against else None
    if html:
        check_file(html)
    if trec:
        prepare_folder(trec)
    settings = Settings.from_environment()
    opened = open_questions(settings, questions, documents)
    result = opened.evaluate(legs)
    comparison = compare(before, result.run) if before else None
    stages = measure_opened(opened) if ablation else None
    if as_json:
        against_key = {"against": comparison.to_dict()} if comparison else {}
        ablation_key = {"ablation": overall(stages)} if stages else {}
        print_json(result.to_dict() | against_key | ablation_key)
    else:
        print_report(result, reading_console())
        if stages:
            reading_console().print(*tables(stages, opened.asked))
        if comparison:
            print_comparison(comparison, reading_console())
    if trec:
        write_trec(trec, result.results)
    if html:
        write_page(html, Page(result, opened.corpus, questions.name, settings.threshold, comparison, stages))
    demand(result, floors)
