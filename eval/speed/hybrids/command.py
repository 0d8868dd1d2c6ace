"""`python -m eval.speed hybrids`."""

import json
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console

from eval.questions.questionset import read_questions
from eval.speed.hybrids.comparison import compare_hybrids, print_hybrids
from eval.speed.hybrids.system import known


def hybrids(  # noqa: PLR0917  (typer reads options off the parameters)
    documents: Annotated[Path, typer.Option(help="每行 {id, title, text} · rows, JSONL or JSONL.gz")],
    questions: Annotated[Path, typer.Option(help="问题文件 · a question file")],
    systems: Annotated[
        list[str] | None, typer.Option("--system", help="ours by_hand txtai lancedb，可重复，不写为全部 · repeatable")
    ] = None,
    work: Annotated[Path | None, typer.Option(help="存放的文件夹，建好的不再建 · a folder that stays")] = None,
    threads: Annotated[list[int] | None, typer.Option(min=1, help="几个核，可重复 · cores; repeatable")] = None,
    rounds: Annotated[int, typer.Option(min=0, help="轮数，0 只建索引 · rounds; 0 builds only")] = 3,
    encoder: Annotated[str | None, typer.Option(help="另一个向量模型 · another sentence-transformers model")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")] = False,
) -> None:
    """混合检索并排测速：手工组装、txtai、lancedb，同样的词语和向量 · hybrid search of other libraries beside ours."""
    with ExitStack() as stack:
        result = compare_hybrids(
            known(systems or ()),
            documents,
            read_questions(questions),
            work or Path(stack.enter_context(TemporaryDirectory())),
            model=encoder,
            rounds=rounds,
            threads=threads or [1, 2],
            report=lambda line: print(line, file=sys.stderr, flush=True),
        )
    if as_json:
        print(json.dumps(result.to_dict(), ensure_ascii=False, indent=2))
    else:
        print_hybrids(result, Console())
