"""The command line `policyqa`. Heavy imports stand inside the commands, so that `--help` is instant.

Exit codes: 0 fine, 1 figures below what was asked for or a broken audit, 2 bad input or settings, 3 index missing or
mismatched, 4 an engine or the database is unavailable.
"""

import sys
from datetime import datetime
from io import TextIOWrapper
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.settings import Settings
from corpus.errors import PolicyQAError
from ui.cli.accounts import accounts_app
from ui.cli.as_root import warn_as_root
from ui.cli.audit import audit_app
from ui.cli.audited import audited
from ui.cli.backup import backup, restore
from ui.cli.calibration import calibrate
from ui.cli.console import reading_console
from ui.cli.documents import documents_app
from ui.cli.evaluation import evaluate
from ui.cli.feedback import feedback_app
from ui.cli.gaps import gaps
from ui.cli.json_output import print_json
from ui.cli.keys import keys_app
from ui.cli.mcp import mcp
from ui.cli.publication import generations, publish, rebuild_published, rollback
from ui.cli.questions import questions_app
from ui.cli.records import records_app
from ui.cli.settings import settings as settings_command
from ui.cli.switches import notice_app, switch_app
from ui.cli.webhooks import webhooks_app

if TYPE_CHECKING:
    from assistant.question.question import Law

app = typer.Typer(
    name="policyqa",
    help="政策问答助手：找到能回答问题的条款，逐字引用并注明出处。离线运行。\n\n"
    "Finds the clause of a policy document that answers a question, quotes it verbatim with its address. Offline.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

plain_app = typer.Typer(help="通俗化表述 · the plain-language records", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(plain_app, name="plain")
app.add_typer(documents_app, name="documents")
app.add_typer(feedback_app, name="feedback")
app.add_typer(records_app, name="records")
app.add_typer(accounts_app, name="accounts")
app.add_typer(keys_app, name="keys")
app.add_typer(audit_app, name="audit")
app.add_typer(switch_app, name="switch")
app.add_typer(notice_app, name="notice")
app.add_typer(webhooks_app, name="webhooks")
for command in (calibrate, publish, generations, rollback):
    app.command()(command)
app.add_typer(questions_app, name="questions")
app.command()(calibrate)
app.command(name="eval")(evaluate)
app.command()(gaps)
app.command()(mcp)
app.command()(backup)
app.command()(restore)
app.command(name="settings")(settings_command)

AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON，供程序使用 · print JSON for programs")]
Jurisdiction = Annotated[
    list[str] | None,
    typer.Option("--jurisdiction", "-j", help="只看某地，如“哈尔滨”，可重复 · a place, may be repeated"),
]
Documents = Annotated[
    list[str] | None, typer.Option("--document", "-d", help="只看某文件，如 harbin-66，可重复 · a document id")
]
Agent = Annotated[bool, typer.Option("--agent", help="给坐席看：先说出处 · for a hotline agent: address first")]
AsOf = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="按哪一天的效力，默认今天 · the day whose law counts; default today"),
]
Limit = Annotated[int | None, typer.Option("--limit", "-n", help="最多列出几条 · how many clauses to list")]


@app.command()
def ask(  # noqa: PLR0917  (typer reads options off the parameters)
    question: Annotated[str, typer.Argument(help="问题 · the question")],
    as_json: AsJson = False,
    jurisdiction: Jurisdiction = None,
    document: Documents = None,
    limit: Limit = None,
    agent: Agent = False,
    as_of: AsOf = None,
) -> None:
    """回答一个问题 · answer a question.

    例 example: policyqa ask "怎么申请首贷"
    """
    from assistant.answer import Audience
    from assistant.phrasing.told import told
    from ui.cli.assistant import open_assistant
    from ui.cli.terminal import show_answer

    answer = told(
        open_assistant(Settings.from_environment()),
        question,
        jurisdiction=jurisdiction or (),
        documents=document or (),
        limit=limit,
        audience=Audience.AGENT if agent else Audience.CITIZEN,
        law=_law(as_of),
    )
    if as_json:
        print_json(answer.to_dict())
    else:
        show_answer(answer, reading_console())


@app.command()
def search(  # noqa: PLR0917  (typer reads options off the parameters)
    query: Annotated[str, typer.Argument(help="检索词 · what to look for")],
    as_json: AsJson = False,
    jurisdiction: Jurisdiction = None,
    document: Documents = None,
    limit: Limit = None,
    as_of: AsOf = None,
) -> None:
    """列出最相关的条款 · list the clauses nearest to a query.

    例 example: policyqa search "不动产抵押权注销" -n 3
    """
    from assistant.api.responses import search_result
    from ui.cli.assistant import open_assistant
    from ui.cli.terminal import show_hits

    assistant, law = open_assistant(Settings.from_environment()), _law(as_of)
    hits = assistant.search(query, jurisdiction=jurisdiction or (), documents=document or (), limit=limit, law=law)
    if as_json:
        print_json(search_result(assistant, query, hits, as_of=law.as_of, explain=True).model_dump(mode="json"))
    else:
        show_hits(hits, assistant.corpus, reading_console(), law.as_of)


@app.command()
@audited("index")
def index(
    go_on: Annotated[
        bool, typer.Option("--go-on", help="略过不能读的文件，用其余的建立索引 · pass over files that cannot be read")
    ] = False,
    workers: Annotated[
        int | None, typer.Option(min=1, help="同时编码的进程数，默认每核一个（单个文件）· processes that encode rows")
    ] = None,
    verify: Annotated[
        bool,
        typer.Option("--verify", help="不建索引，逐字节核对现有的 · compare every byte of the index with its seal"),
    ] = False,
) -> None:
    """从文件建立索引；有文件不能读时逐一说明，不建索引 · build the index; a file that cannot be read stops it.

    例 example: policyqa index
    """
    from assistant.opening import rows_of
    from corpus.readers.cache import SourceCache
    from ui.cli.assistant import build
    from ui.cli.building import build_rows
    from ui.cli.reading import read_documents

    settings = Settings.from_environment()
    if verify:
        from index.streaming.opening import verify as verify_index

        print(f"索引完好 the index is whole：{verify_index(settings.index):,} 字节 bytes → {settings.index}")
        return
    if rebuild_published(settings):
        return
    if rows := rows_of(settings):
        done = build_rows(settings, rows, workers)
        count = f"{done.documents} 份文件（documents）、{done.clauses} 条条款（clauses）"
        print(f"索引 index {done.version}：{count} → {settings.index}")
        return
    kept = SourceCache(settings.kept_sources)
    loaded = read_documents(settings, kept, go_on=go_on)
    corpus = loaded.corpus
    built = build(settings, corpus)
    kept.drop_unused()
    count = f"{len(corpus.documents)} 份文件（documents）、{len(corpus.clauses)} 条条款（clauses）"
    print(f"索引 index {built.version}：{count} → {settings.index}")
    print(f"文字归入条款 of the text in clauses：{loaded.coverage:.1%}")


@plain_app.command()
def check() -> None:
    """检查通俗化表述是否齐全、是否写了条款里没有的内容 · check that the records are complete and say nothing new.

    例 example: policyqa plain check
    """
    from corpus.errors import DocumentError
    from corpus.load import load_corpus
    from corpus.readers.cache import SourceCache
    from corpus.records.check import coverage, faults, total

    settings = Settings.from_environment()
    corpus = load_corpus(settings.documents, SourceCache(settings.kept_sources))
    covered = coverage(corpus)
    for one in (*covered, total(covered)):
        clauses, parts = ("/".join(map(str, pair)) for pair in (one.clauses, one.parts))
        print(f"{one.document}：条款 clauses {clauses}，要点 parts {parts}")
    found = faults(corpus)
    for fault in found:
        print(f"{fault.id}（line {fault.line}）：{fault.message}", file=sys.stderr)
    if found:
        raise DocumentError(f"{len(found)} 处需要修改 faults in the plain-language records; fix them and check again")


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="监听地址 · address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="端口 · port")] = 8000,
    workers: Annotated[
        int | None, typer.Option(min=1, max=64, help="几个进程，一般每核一个 · worker processes, about one a core")
    ] = None,
) -> None:
    """启动网页和接口 · serve the chat page and the API, in one process or in several workers on one port.

    例 example: policyqa serve --port 8000 --workers 2
    """
    settings = Settings.from_environment()
    if workers is not None:
        from ui.workers import serve_workers

        raise typer.Exit(serve_workers(settings, host, port, workers))
    if settings.metrics is not None:
        from assistant.operations.shared_metrics import share_in

        share_in(settings.metrics)  # before anything counts
    from ui.cli.assistant import open_assistant
    from ui.running import serve as run

    run(open_assistant(settings), settings, host=host, port=port)


def _law(as_of: datetime | None) -> "Law":
    from assistant.question.question import Law

    return Law(as_of.date()) if as_of else Law()


def main() -> None:
    """Entry point of the console script: turns errors of the product into a message and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without Chinese gets \\uXXXX, not a traceback
    warn_as_root()
    try:
        app()
    except PolicyQAError as error:
        print(f"policyqa: {error}", file=sys.stderr)
        sys.exit(error.exit_code)
