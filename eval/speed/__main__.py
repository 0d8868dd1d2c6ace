"""Speed, always side by side or under attack: `python -m eval.speed retrieval | serve | hostile | engines | overview`.

python -m eval.speed retrieval --documents FILE.jsonl.gz     our legs beside rank_bm25, bm25s, a hybrid by hand
python -m eval.speed serve --base FOLDER                     answers beside an older commit in a git worktree
python -m eval.speed hostile                                 requests made to be slow; the slowest question
python -m eval.speed engines --documents FILE --milvus URL    Milvus beside the embedded engine, clause by clause
python -m eval.speed overview --rows 500000                  the figures of the manager's page
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
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from corpus.errors import PolicyQAError
from eval.questions.questionset import LabelledQuestion, read_questions
from eval.speed.checkout import HERE, Asked, Checkout, Timer, cores
from eval.speed.comparison import compare_retrieval, print_comparison
from eval.speed.engines import measure_engines
from eval.speed.hostile import attack, hostile_bodies
from eval.speed.overview import time_overview
from eval.speed.serving import compare_serving
from eval.speed.slowest import search_slowest
from index.engines.choice import open_engine
from index.engines.names import MILVUS

OWN_QUESTIONS = HERE / "eval" / "questions" / "own.jsonl"
_SHOWN = 40  # characters of the slowest question

app = typer.Typer(help=__doc__, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)

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
    _show(result, as_json, lambda console: console.print(_serving_table(result)))


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
    _show(result, as_json, lambda console: _print_hostile(result, console))


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
    _show(result, as_json, lambda console: _print_overview(result, console))


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


def _serving_table(result: list[dict[str, Any]]) -> Table:
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


def _print_hostile(result: dict[str, Any], console: Console) -> None:
    for name, value in result["attack"].items():
        console.print(f"{name}: {value}")
    slowest = result["slowest"]
    shown = f"{slowest['question'][:_SHOWN]!r}… ({len(slowest['question'])} characters)"
    console.print(f"slowest question of {slowest['tried']}: {slowest['seconds'] * 1000:.1f} ms  {shown}", markup=False)


def _print_overview(result: list[dict[str, Any]], console: Console) -> None:
    for one in result:
        figures = "  ".join(f"{name} {value:.0f} ms" for name, value in one["milliseconds"].items())
        console.print(f"{one['what']}: {one['rows']} rows  {figures}  processor {one['processor']:.0f} ms")


def main() -> None:
    """Run a command; errors of the product end it with their message and exit code."""
    try:
        app()
    except PolicyQAError as error:
        _report(str(error))
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
