"""Speed, side by side, under attack or under load: `python -m eval.speed retrieval | serve | load | … | overview`.

python -m eval.speed retrieval --documents FILE.jsonl.gz     our legs beside rank_bm25, bm25s, a hybrid by hand
python -m eval.speed hybrids --documents FILE --questions FILE    a hybrid by hand, txtai, lancedb beside ours
python -m eval.speed serve --base FOLDER                     answers beside an older commit in a git worktree
python -m eval.speed load --workers 2 --clients 200          errors, latencies, requests a second, memory, open files
python -m eval.speed bad-day                                 kill -9, a full disk, a database that goes away
python -m eval.speed hostile                                 requests made to be slow; the slowest question
python -m eval.speed stranger --seconds 60                   what a stranger leaves behind
python -m eval.speed engines --documents FILE --milvus URL    Milvus beside the embedded engine, clause by clause
python -m eval.speed overview --rows 500000                  the figures of the manager's page
python -m eval.speed million --documents FILE.jsonl.gz       what 10,000 to a million made-up clauses cost
python -m eval.speed backup                                  a backup under load, restored elsewhere
"""

import asyncio
import json
import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Annotated

import typer
from rich.console import Console

from corpus.errors import PolicyQAError
from eval.questions.questionset import LabelledQuestion, read_questions
from eval.speed.backup import back_up_under_load
from eval.speed.bad_day import bad_day as live_through
from eval.speed.checkout import HERE, Asked, Checkout, Timer, cores
from eval.speed.city import measure_load
from eval.speed.comparison import compare_retrieval, print_comparison
from eval.speed.engines import measure_engines
from eval.speed.hostile import attack, hostile_bodies
from eval.speed.hybrids.command import hybrids
from eval.speed.million import cost_table, measure_sizes
from eval.speed.overview import time_overview
from eval.speed.serving import body, compare_serving, serving_table
from eval.speed.slowest import search_slowest
from eval.speed.stranger import Left, rows_of
from eval.speed.stranger import attack as from_stranger
from eval.speed.tables import print_hostile, print_overview
from index.engines.choice import open_engine
from index.engines.names import MILVUS

OWN_QUESTIONS = HERE / "eval" / "questions" / "own.jsonl"
_SIZES = "10000,59302,250000,1000000"

app = typer.Typer(help=__doc__, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
app.command()(hybrids)

AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")]
Questions = Annotated[Path | None, typer.Option(help="问题文件 · a question file")]


@app.command()
def retrieval(
    documents: Annotated[Path, typer.Option(help="每行 {id, title, text} · rows, JSONL or JSONL.gz")],
    questions: Questions = None,
    encoder: Annotated[str | None, typer.Option(help="另一个向量模型 · another sentence-transformers model")] = None,
    as_json: AsJson = False,
) -> None:
    """检索并排测速：本系统与 rank_bm25、bm25s、手工组装的混合检索 · retrieval beside other libraries."""
    result = compare_retrieval(documents, questions, encoder, _report)
    _show(result, as_json, lambda console: print_comparison(result, console))


@app.command()
def serve(
    base: Annotated[Path, typer.Option(help="旧版本的工作树 · a git worktree of an older commit")],
    questions: Questions = None,
    count: Annotated[int, typer.Option(min=2, help="问题数 · how many questions, evenly spread")] = 1200,
    rounds: Annotated[int, typer.Option(min=1, help="轮数 · rounds in which the two take turns")] = 6,
    as_json: AsJson = False,
) -> None:
    """回答并排测速：与旧版本轮流 · answers in process and over HTTP, in turns with an older checkout."""
    asked = _evenly([_asked(one) for one in read_questions(questions or OWN_QUESTIONS)], count)
    with TemporaryDirectory() as work:
        old, new = Checkout(base.resolve(), Path(work, "base")), Checkout(HERE, Path(work, "new"))
        result = [one.to_dict() for one in compare_serving(old, new, asked, rounds, _report)]
    _show(result, as_json, lambda console: console.print(serving_table(result)))


@app.command()
def backup(
    rate: Annotated[float, typer.Option(min=1, help="每秒几个问题 · questions a second")] = 50,
    seconds: Annotated[float, typer.Option(min=3, max=600, help="问多久 · how long they arrive")] = 60,
    as_json: AsJson = False,
) -> None:
    """边答边备份，在别处恢复，逐行对照 · a backup under load, restored elsewhere, compared row by row."""
    asked = [_asked(one) for one in read_questions(OWN_QUESTIONS)]
    bodies = [body(asked[number % len(asked)]) for number in range(int(rate * seconds))]
    with TemporaryDirectory() as work:
        checkout, other = Checkout(HERE, Path(work, "office")), Checkout(HERE, Path(work, "other"))
        checkout.build_index()
        other.work.mkdir()
        with checkout.serving(cores()[0]) as server:
            result = asyncio.run(back_up_under_load(checkout, other, server.port, bodies, rate))
    _show(asdict(result), as_json, lambda console: console.print_json(data=asdict(result)))


@app.command()
def load(
    *,
    workers: Annotated[int, typer.Option(min=1, help="几个进程 · worker processes")] = 2,
    clients: Annotated[int, typer.Option(min=1, help="几个客户 · clients at a time")] = 200,
    seconds: Annotated[float, typer.Option("--soak", "--seconds", min=1, help="多少秒 · for how long")] = 60,
    half_open: Annotated[int, typer.Option(min=0, help="另有几个只发半个请求 · clients that send half a request")] = 0,
    fresh: Annotated[bool, typer.Option("--fresh", help="没有问题问两遍 · no question comes twice")] = False,
    as_json: AsJson = False,
) -> None:
    """一座城市的访问量：出错、延迟、每秒请求、内存、打开的文件 · many clients at several workers."""
    with TemporaryDirectory() as work:
        result = measure_load(Path(work), workers, clients, seconds, stalled=half_open, fresh=fresh, report=_report)
    _show(result, as_json, lambda console: console.print({k: v for k, v in result.items() if k != "taken"}))


@app.command(name="bad-day")
def bad_day(as_json: AsJson = False) -> None:
    """倒霉的一天：进程被杀、磁盘写满、数据库断开，客户看到了什么 · what dies, and what clients saw."""
    with TemporaryDirectory() as work:
        result = live_through(Path(work), _report)
    _show(result, as_json, lambda console: console.print(result))


@app.command()
def hostile(
    folder: Annotated[Path, typer.Option(help="哪个工作树 · the checkout to attack")] = HERE,
    seconds: Annotated[float, typer.Option(min=0, help="搜索最慢问题的时间 · how long to search")] = 60,
    seed: Annotated[int, typer.Option(help="随机种子 · of the search")] = 6,
    as_json: AsJson = False,
) -> None:
    """恶意请求：存活检查的最慢回答、恢复时间、最慢的问题 · sixty hostile requests, and the slowest question."""
    server_core, own_core = cores()
    os.sched_setaffinity(0, {own_core})
    with TemporaryDirectory() as work, ExitStack() as stack:
        checkout = Checkout(folder.resolve(), Path(work))
        checkout.build_index()
        with checkout.serving(server_core) as server:
            attacked = asyncio.run(attack(server.port, hostile_bodies()))
        time = stack.enter_context(checkout.asking())
        end = monotonic() + seconds
        slowest = search_slowest(lambda text: _processor(time, text), Random(seed), lambda: monotonic() < end)
    result = {"attack": asdict(attacked), "slowest": asdict(slowest)}
    _show(result, as_json, lambda console: print_hostile(result, console))


@app.command()
def stranger(
    seconds: Annotated[float, typer.Option(min=1, help="攻击多久 · how long")] = 60,
    addresses: Annotated[
        list[int] | None, typer.Option(help="从几个地址 · from how many addresses; repeatable")
    ] = None,
    settings: Annotated[list[str] | None, typer.Option(help="服务的设置 · settings of the server, RATE=off")] = None,
    as_json: AsJson = False,
) -> None:
    """陌生人能留下什么：记录、数据库和日志的字节、内存、连接 · what a stranger leaves behind at a server."""
    given = dict(one.split("=", 1) for one in settings or ())
    found = []
    for number in addresses or (1, 1000):
        with TemporaryDirectory() as work:
            checkout = Checkout(HERE, Path(work), {"TRUSTED_PROXIES": "127.0.0.1", **given})
            checkout.build_index()
            found.append(asdict(_attacked(checkout, seconds, number)))
    _show(found, as_json, lambda console: console.print(*found, sep="\n"))


def _attacked(checkout: Checkout, seconds: float, addresses: int) -> Left:
    log, database = checkout.work / "log", checkout.work / "feedback.sqlite3"
    with checkout.serving(log=log) as server:
        return asyncio.run(
            from_stranger(
                server.port,
                server.process.pid,
                lambda: sum(file.stat().st_size for file in checkout.work.glob("feedback.sqlite3*")),
                lambda: rows_of(database),
                log,
                seconds=seconds,
                addresses=addresses,
            )
        )


@app.command()
def engines(
    documents: Annotated[Path, typer.Option(help="每行 {id, title, text} · rows, JSONL or JSONL.gz")],
    questions: Annotated[Path, typer.Option(help="问题文件 · a question file")],
    milvus: Annotated[str, typer.Option(help="http://主机:端口 host:port，或 or 文件 a file .db")],
    clauses: Annotated[int, typer.Option(min=0, help="取多少条，0 为全部 · how many clauses, 0: all")] = 0,
) -> None:
    """内置引擎与 Milvus 逐题比较 · the embedded engine beside Milvus: equal hits, scores, legs; JSON."""
    engine = open_engine(MILVUS, milvus)
    assert engine
    print(json.dumps(measure_engines(documents, questions, engine, clauses, _report), ensure_ascii=False, indent=2))


@app.command()
def million(  # noqa: PLR0917  (typer reads options off the parameters)
    documents: Annotated[Path, typer.Option(help="每行 {id, title, text} · articles that others are made up from")],
    questions: Questions = None,
    sizes: Annotated[str, typer.Option(help="条数，用逗号分开 · sizes, separated by commas")] = _SIZES,
    work: Annotated[Path | None, typer.Option(help="存放的文件夹，可续 · a folder that stays")] = None,
    workers: Annotated[int, typer.Option(min=1, help="编码的进程数 · processes that encode")] = 2,
    seed: Annotated[int, typer.Option(help="随机种子 · of the documents")] = 17,
    as_json: AsJson = False,
) -> None:
    """一百万条：建立索引的时间与内存、服务的内存、检索的毫秒数 · build, memory and latency by size."""
    asked = [one.question for one in read_questions(questions or OWN_QUESTIONS)]
    counts = [int(one) for one in sizes.split(",")]
    with ExitStack() as stack:
        folder = work or Path(stack.enter_context(TemporaryDirectory()))
        costs = measure_sizes(documents, asked, counts, folder, seed=seed, workers=workers, report=_report)
    _show([asdict(one) for one in costs], as_json, lambda console: console.print(cost_table(costs)))


@app.command()
def overview(
    rows: Annotated[int, typer.Option(min=1, help="行数 · how many rows")] = 500_000,
    database: Annotated[str | None, typer.Option(help="空数据库的网址 · URL of an empty database")] = None,
    rounds: Annotated[int, typer.Option(min=1, help="次数 · how often")] = 11,
    seed: Annotated[int, typer.Option(help="随机种子 · of the rows")] = 15,
    as_json: AsJson = False,
) -> None:
    """概览页面的统计 · the figures of the manager's page over made-up rows, in SQLite unless told otherwise."""
    with TemporaryDirectory() as work:
        where = database or Path(work, "feedback.sqlite3")
        result = [asdict(one) for one in time_overview(where, rows, rounds, seed, _report)]
    _show(result, as_json, lambda console: print_overview(result, console))


def _processor(time: Timer, text: str) -> float | None:
    """Seconds of the processor: what else the machine does meanwhile is not the question's fault."""
    (took,) = time([(text, ())])
    return took and took[1]


def _report(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _show(result: object, as_json: bool, print_tables: Callable[[Console], None]) -> None:
    if as_json:
        print(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        print_tables(Console())


def _asked(question: LabelledQuestion) -> Asked:
    return question.question, question.history


def _evenly(questions: list[Asked], count: int) -> list[Asked]:
    """So many of them, evenly spread over the file."""
    most = min(count, len(questions))
    return [questions[number * len(questions) // most] for number in range(most)]


def main() -> None:
    """Run a command; errors of the product end it with their message and exit code."""
    try:
        app()
    except PolicyQAError as error:
        _report(str(error))
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
