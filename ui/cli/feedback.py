"""`policyqa feedback`: what was asked and judged as a table for a spreadsheet, and what the documents do not answer."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.settings import Settings
from corpus.errors import InputError
from ui.cli.audited import audited
from ui.cli.json_output import print_json

if TYPE_CHECKING:
    from assistant.feedback.store import FeedbackStore, Gap

feedback_app = typer.Typer(
    help="反馈 · what was asked, and what people said of the answers", no_args_is_help=True, rich_markup_mode=None
)

_REASONS = {
    "not_in_documents": "文件未规定",
    "place_not_covered": "地区未收录",
    "out_of_scope": "非政务问题",
    "missing": "被标为缺失",
}


@feedback_app.command()
@audited("feedback export", "output")
def export(
    output: Annotated[
        Path | None, typer.Option(help="写入此文件，不填则输出到终端 · the file to write; absent: standard output")
    ] = None,
) -> None:
    """导出为 CSV，可用 Excel 打开；每个答案一行 · export as CSV that Excel opens, one row an answer.

    例 example: policyqa feedback export --output feedback.csv
    """
    from ui.cli.spreadsheet import write_csv

    rows = _store().rows()
    target = output or sys.stdout.fileno()
    try:
        with open(target, "w", encoding="utf-8-sig", newline="", closefd=output is not None) as file:
            write_csv(rows, file)
    except OSError as error:
        if output is None:  # whoever read it has gone
            raise
        raise InputError(
            f"无法写入 {output}（{error}），请换一个文件（--output）。Cannot write there; choose another --output."
        ) from error


@feedback_app.command()
def gaps(
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，供程序使用 · print JSON for programs")] = False,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="最多列出几个 · how many to list")] = 50,
) -> None:
    """列出文件没有回答的问题，问得最多的在前 · list the questions without an answer, most frequent first.

    例 example: policyqa feedback gaps -n 20
    """
    found = _store().gaps(limit)
    if as_json:
        print_json([asdict(gap) | {"last": gap.last.isoformat()} for gap in found])
        return
    for gap in found:
        print(gap_line(gap))
    if not found:
        print("还没有未回答的问题。No unanswered questions yet.")


def gap_line(gap: "Gap") -> str:
    """How often, when last, why, and the question on one line, behind the one that it refers to.

    Without anything that a terminal would obey.
    """
    asked = " → ".join(one for one in (gap.follows, gap.question) if one)
    question = "".join(character if character.isprintable() else " " for character in asked)
    return f"{gap.count:5}  {gap.last:%Y-%m-%d}  {_REASONS[gap.reason]} {gap.reason:17}  {question}"


def _store() -> "FeedbackStore":
    from assistant.feedback.store import FeedbackStore

    settings = Settings.from_environment()
    return FeedbackStore(settings.feedback, settings.feedback_days)
