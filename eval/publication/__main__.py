"""Publication, measured: `python -m eval.publication kills | load | change`.

python -m eval.publication kills --times 200            kill -9 of a publisher at random moments
python -m eval.publication load --rate 50               publish, go back and remove under requests to two servers
python -m eval.publication change --texts FOLDER        one clause changed, beside a whole build
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from eval.publication.change import publish_a_change
from eval.publication.kills import kill_publishers
from eval.publication.load import publish_under_load

app = typer.Typer(help=__doc__, add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)

Folder = Annotated[Path | None, typer.Option(help="工作文件夹，如小容量的磁盘 · where to work, such as a small disk")]


@app.command()
def kills(
    times: Annotated[int, typer.Option(min=1, help="次数 · how often")] = 200,
    seed: Annotated[int, typer.Option(help="随机种子 · of the moments")] = 0,
    folder: Folder = None,
) -> None:
    """随机时刻终止发布进程 · kill a publisher at random moments."""
    with _work(folder) as work:
        print(json.dumps(asdict(kill_publishers(work, times, seed))))


@app.command()
def load(rate: Annotated[int, typer.Option(min=1, help="每秒请求数 · requests a second")] = 50) -> None:
    """在请求不断时发布、退回、删除 · publish, go back and remove while requests go on."""
    with _work(None) as work:
        done = publish_under_load(work, rate)
    print(json.dumps({**asdict(done), "failed": done.failed}))


@app.command()
def change(
    texts: Annotated[Path, typer.Option(help="文件夹 · a folder of documents")],
    clauses: Annotated[int, typer.Option(min=1, help="至少多少条 · how many clauses at least")] = 2000,
) -> None:
    """改动一条后发布，与全部重建相比 · publish one changed clause, beside a whole build."""
    with _work(None) as work:
        print(json.dumps(asdict(publish_a_change(texts, work, clauses))))


@contextmanager
def _work(folder: Path | None) -> Iterator[Path]:
    if folder:
        yield folder
        return
    with TemporaryDirectory() as made:
        yield Path(made)


if __name__ == "__main__":
    app()
