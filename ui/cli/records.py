"""`policyqa records`: what is written beside the documents for guidance, looked at as a whole."""

import sys
from collections import Counter
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.settings import Settings
from corpus.errors import DocumentError
from ui.cli.json_output import print_json

if TYPE_CHECKING:
    from corpus.records.survey import Covered, Survey

records_app = typer.Typer(
    help="旁注 · the records beside the documents: who a clause is for, events, forms, channels, guides",
    no_args_is_help=True,
    rich_markup_mode=None,
)

_FAMILIES = {
    "plain": "白话 plain",
    "conditions": "条件 conditions",
    "events": "一件事 events",
    "forms": "表单 forms",
    "channels": "渠道 channels",
    "guides": "指南 guides",
}


@records_app.callback()
def _records() -> None:
    """A group of commands, though there is one of them."""


@records_app.command()
def check(
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON，供程序使用 · print JSON for programs")] = False,
) -> None:
    """检查文件旁边的各种记录：覆盖多少条款，哪里写错了 · what the records cover, and every fault with file and line.

    例 example: policyqa records check
    """
    from corpus.load import load_corpus
    from corpus.readers.cache import SourceCache
    from corpus.records.services import read_services
    from corpus.records.survey import survey

    settings = Settings.from_environment()
    corpus = load_corpus(settings.documents, SourceCache(settings.kept_sources))
    found = survey(corpus, read_services(settings.documents, corpus), settings.documents, date.today())
    if as_json:
        print_json(asdict(found))
    else:
        _show(found)
    for fault in found.faults:
        print(fault, file=sys.stderr)
    if found.faults:
        raise DocumentError(f"{len(found.faults)} 处需要修改 faults in the records; correct them and check again")


def _show(found: "Survey") -> None:
    for document in found.documents:
        print(_line(document))
    of = found.counts
    print(
        f"全部 in all：画像问题 questions {of['questions']}，条件 conditions {of['leaves']}，"
        f"一件事 events {of['events']}"
        f"（步骤 steps {of['steps']}），表单 forms {of['forms']}（栏目 fields {of['fields']}，有条款的 with clauses "
        f"{of['fields_with_clauses']}），渠道 channels {of['channels']}，指南 guides {of['guides']}，"
        f"部门 departments {of['departments']}，节假日 holidays {'、'.join(map(str, of['holidays'])) or '—'}"
    )
    if found.unreached:
        print(f"没有一件事通到的条款 no event leads to：{'、'.join(found.unreached)}")
    for (file, document_id), count in Counter(_of(one.file, one.message) for one in found.left_out).items():
        print(f"略过 left out：{file} 里 {document_id} 的 {count} 处，文件库没有这份文件 not in the library")
    for warning in found.warnings:
        print(f"提醒 warning：{warning}", file=sys.stderr)
    print(f"错误 faults {len(found.faults)}，提醒 warnings {len(found.warnings)}")


def _line(of: "Covered") -> str:
    counts = asdict(of)
    families = "，".join(f"{name} {counts[key]}" for key, name in _FAMILIES.items())
    parts = "/".join(map(str, of.parts))
    return f"{of.document}：条款 clauses {of.clauses}，其中有 of these with：{families}；要点的白话 parts {parts}"


def _of(file: str, message: str) -> tuple[str, str]:
    return Path(file).name, message.partition("：")[0].rpartition(":")[0]
