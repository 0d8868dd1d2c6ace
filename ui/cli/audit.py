"""`policyqa audit`: the chain of what was done, looked through, listed, taken along."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.settings import Settings
from corpus.errors import BrokenAuditError, InputError
from ui.cli.audited import at_the_machine
from ui.cli.json_output import print_json

if TYPE_CHECKING:
    from assistant.audit.audit import Audit
    from assistant.audit.chain import Head, Verified
    from assistant.audit.row import Row

audit_app = typer.Typer(
    help="审计 · who did what: a chain that can only be added to", no_args_is_help=True, rich_markup_mode=None
)
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序使用 · print JSON for programs")]


@audit_app.command()
def verify(
    file: Annotated[
        Path | None, typer.Argument(help="导出的文件；不写则核对数据库 · an export; without it the database")
    ] = None,
    head: Annotated[
        list[str] | None,
        typer.Option("--head", help="存在别处的“编号:校验值”，可重复 · NUMBER:HASH kept elsewhere, may be repeated"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """核对整条审计；有改动、缺失、插入、调换或截尾时指出哪一行，退出码 1 · look through the whole chain.

    例 example: policyqa audit verify --head 120:9f2c…
    """
    from assistant.audit.chain import verify as look_through
    from assistant.audit.export import read_export
    from assistant.audit.journal import altered

    heads, lines = [_head(one) for one in head or ()], []
    if file:
        found = look_through(read_export(file), heads)
    else:
        with _audit() as (audit, settings):
            found = audit.verify(heads)
            lines = altered(audit, settings.library_folder)
    if as_json:
        print_json(_view(found, lines))
    else:
        _tell(found, lines)
    if not found.holds:
        numbers = "、".join(dict.fromkeys(str(fault.number) for fault in found.faults))
        raise BrokenAuditError(
            f"审计被动过，见第 {numbers} 行；请保留现场，与存在别处的校验值和备份比对。"
            f"The audit was tampered with at row {numbers}: keep everything as it is, and compare it with heads and "
            "backups kept elsewhere."
        )


@audit_app.command(name="list")
def list_(
    event: Annotated[str, typer.Option(help="只看这种事件 · rows of this event alone")] = "",
    since: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="从哪天起 · from this day on")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="最多列出几行 · how many rows")] = 50,
    as_json: AsJson = False,
) -> None:
    """列出审计，最新的在前 · list the rows, the newest first.

    例 example: policyqa audit list --event answers_off
    """
    with _audit() as (audit, _):
        rows = audit.rows(event=event, first=_day(since), limit=limit)
    if as_json:
        print_json([row.to_dict() for row in rows])
        return
    for row in rows:
        print(_line(row))
    if not rows:
        print("没有符合的记录。No such rows.")


@audit_app.command()
def export(
    output: Annotated[
        Path | None, typer.Option(help="写入此文件，不填则输出到终端 · the file to write; absent: standard output")
    ] = None,
) -> None:
    """导出整条审计，一行一条 JSON，可用 verify 核对 · all rows as JSON lines, which `verify` takes.

    例 example: policyqa audit export --output audit-2026-11.jsonl
    """
    from assistant.audit.row import canonical

    target = output or sys.stdout.fileno()
    try:
        with _audit() as (audit, _), open(target, "w", encoding="utf-8", closefd=output is not None) as file:
            for row in audit.all():
                file.write(canonical(row.to_dict()) + "\n")
    except OSError as error:
        if output is None:  # whoever read it has gone
            raise
        raise InputError(
            f"无法写入 {output}（{error}），请换一个文件（--output）。Cannot write there; choose another --output."
        ) from error


@audit_app.command()
def head() -> None:
    """打印最后一行的编号和校验值，抄存到别处 · print number and hash of the last row, to be kept elsewhere.

    例 example: policyqa audit head
    """
    with _audit() as (audit, _):
        found = audit.head()
    print(found or "还没有记录。There are no rows yet.")


@audit_app.command()
def cut() -> None:
    """删去过了保存期（POLICYQA_AUDIT_DAYS）的行并留下记录 · delete what is past keeping, on record.

    例 example: policyqa audit cut
    """
    with _audit() as (audit, _):
        count = audit.cut()
    print(f"删去 deleted {count} 行 rows")


@audit_app.command()
def accept(
    reason: Annotated[str, typer.Option(help="原因，如恢复了哪天的备份 · why, such as a backup that was restored")],
) -> None:
    """恢复备份之后，从现在的链接着记 · after a restored backup, go on from the chain as it is; that is itself a row.

    例 example: policyqa audit accept --reason 恢复了11月29日的备份
    """
    with _audit() as (audit, _):
        row = audit.accept(at_the_machine(), reason)
    print(f"{row.number}:{row.hash}")


@contextmanager
def _audit() -> Iterator[tuple["Audit", Settings]]:
    """The audit with what the library has written down since."""
    from assistant.audit.audit import Audit
    from assistant.audit.journal import take_over

    settings = Settings.from_environment()
    audit = Audit.open(settings)
    try:
        take_over(audit, settings.library_folder)
        yield audit, settings
    finally:
        audit.database.close()


def _head(text: str) -> "Head":
    from assistant.audit.chain import Head

    number, _, found = text.strip().partition(":")
    if not number.isdecimal() or len(found) != 64 or set(found) - set("0123456789abcdef"):
        raise InputError(
            "--head 要写成“编号:64 位校验值”，即 policyqa audit head 打印的样子。"
            "--head takes NUMBER:HASH with 64 digits, as policyqa audit head prints it.",
            "head",
        )
    return Head(int(number), found)


def _day(day: datetime | None) -> datetime | None:
    from corpus.clock import CHINA

    return day.replace(tzinfo=CHINA).astimezone(UTC) if day else None


def _line(row: "Row") -> str:
    """One row on one line, without anything that a terminal would obey."""
    line = f"{row.number:6}  {row.time:%Y-%m-%d %H:%M:%S}Z  {row.event}  {row.by or '—'}  {row.what}"
    return "".join(character if character.isprintable() else " " for character in line)


def _view(found: "Verified", lines: list[int]) -> dict[str, object]:
    return {
        "holds": found.holds,
        "rows": found.rows,
        "first": found.first,
        "head": str(found.head) if found.head else None,
        "past_keeping": found.cut,
        "faults": [{"row": fault.number, "kind": fault.kind} for fault in found.faults],
        "library_lines_altered": lines,
    }


def _tell(found: "Verified", lines: list[int]) -> None:
    from assistant.messages import messages
    from ui.operation.view import told_fault

    for fault in found.faults:
        print(told_fault(fault, messages("zh")), told_fault(fault, messages("en")))
    print(f"核对 verified {found.rows} 行 rows；最后一行 head：{found.head or '—'}")
    if found.cut:
        print(f"更早的 {found.cut} 行已过保存期。{found.cut} older rows were past keeping.")
    for number in lines:
        print(
            f"第 {number} 行所记的文件库发布记录已不在或被改动。"
            f"The line of the library that row {number} took over is gone or was altered."
        )
