"""What a corpus of any size costs: minutes to build, memory to build and to serve, milliseconds to search.

Building is the command `policyqa index` from outside; opening and searching are a process of their own. Memory is read
from /proc, so Linux only: private memory, and resident memory with the mapped pages, which processes share and the
system takes back when it needs them.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from threading import Event, Thread
from time import perf_counter

from rich.table import Table

from assistant.opening import open_served_index
from assistant.settings import Settings
from eval.speed.made_rows import PLACE, make_rows
from eval.summary import latency
from index.index import Index
from index.retriever import EVERYTHING, Scope
from index.streaming.building import KEPT

LIMIT = 10
_POLLED = 0.5  # seconds between two looks at the memory of a build
_WARM_UP = 20
_COMMAND = (sys.executable, "-c", "from ui.cli.app import main; main()", "index")


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes."""

    private: float
    resident: float  # with mapped pages


@dataclass(frozen=True, slots=True)
class Serving:
    """One process that has opened an index and searched."""

    open_seconds: float
    opened: Memory
    searched: Memory
    anywhere_ms: Mapping[str, float]  # p50, p99
    placed_ms: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one size costs."""

    clauses: int
    build_minutes: float
    build: Memory  # of all its processes together, each at the highest
    disk_mb: float
    serving: Serving


def measure_sizes(
    articles: Path,
    questions: Sequence[str],
    sizes: Iterable[int],
    work: Path,
    *,
    seed: int,
    workers: int,
    report: Callable[[str], None],
) -> list[Cost]:
    """The cost of each size, made up from the articles; what was made, built and measured stays in `work`.

    A size that was measured there before is not measured again; a build that was broken off goes on where it was, and
    its minutes are those of the rest, which is said.
    """
    work.mkdir(parents=True, exist_ok=True)
    found = []
    for size in sizes:
        rows, index = work / f"made-{seed}-{size}.jsonl.gz", work / f"index-{seed}-{size}"
        kept = work / f"cost-{seed}-{size}.json"
        if kept.exists():
            found.append(_read_cost(kept))
            continue
        if (index / KEPT).exists():
            report("接着上次建立，分钟数只算剩下的。a build goes on; its minutes are those of the rest")
        if not rows.exists():
            report(f"生成 making {size} …")
            make_rows(articles, rows, size, seed)
        report(f"建立索引 building {size} …")
        minutes, memory = _build(rows, index, workers)
        report(f"检索 searching {size} …")
        with ProcessPoolExecutor(1, get_context("spawn")) as fresh:
            serving = fresh.submit(serve, rows, index, questions).result()
        disk = sum(path.stat().st_size for path in index.rglob("*") if path.is_file()) / 1e6
        found.append(Cost(size, minutes, memory, disk, serving))
        kept.write_text(json.dumps(asdict(found[-1])), encoding="utf-8")
    return found


def _read_cost(path: Path) -> Cost:
    cost = json.loads(path.read_text(encoding="utf-8"))
    serving = cost["serving"]
    serving |= {name: Memory(**serving[name]) for name in ("opened", "searched")}
    return Cost(**cost | {"build": Memory(**cost["build"]), "serving": Serving(**serving)})


def serve(rows: Path, index: Path, questions: Sequence[str]) -> Serving:
    """Open an index and ask it every question, anywhere and inside one place; in a fresh process."""
    started = perf_counter()
    opened = open_served_index(Settings(index=index, corpus=rows))
    seconds, memory = perf_counter() - started, memory_of(os.getpid())
    anywhere = _times(opened, questions, EVERYTHING)
    placed = _times(opened, questions, Scope(jurisdictions=frozenset((PLACE,))))
    return Serving(seconds, memory, memory_of(os.getpid()), anywhere, placed)


def memory_of(process: int) -> Memory:
    """The memory of a process now; none where it has ended."""
    found = _status(process)
    return Memory(found.get("RssAnon", 0.0), found.get("VmRSS", 0.0))


def peak_of(process: int) -> float:
    """The most megabytes that a process has held, with mapped pages."""
    return _status(process).get("VmHWM", 0.0)


def _status(process: int) -> dict[str, float]:
    """What Linux says of a process in kB, in megabytes; nothing where it has ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return {}
    named = (line.partition(":") for line in lines if line.endswith(" kB"))
    return {name: float(value.split()[0]) / 1024 for name, _, value in named}


def cost_table(costs: Iterable[Cost]) -> Table:
    """The curve over the sizes."""
    table = Table("条 clauses", "建立 build min", "建立 build MB", "磁盘 disk MB", "打开 open s", "服务 serving MB")
    for name in ("p50 ms", "p99 ms", "一地 placed p50", "一地 placed p99"):
        table.add_column(name, justify="right")
    for one in costs:
        serving = one.serving
        times = (each[key] for each in (serving.anywhere_ms, serving.placed_ms) for key in ("p50", "p99"))
        table.add_row(
            f"{one.clauses:,}",
            f"{one.build_minutes:.1f}",
            _megabytes(one.build),
            f"{one.disk_mb:.0f}",
            f"{serving.open_seconds:.1f}",
            _megabytes(serving.searched),
            *(f"{each:.1f}" for each in times),
        )
    return table


def _megabytes(memory: Memory) -> str:
    return f"{memory.private:.0f}（{memory.resident:.0f}）"


def _build(rows: Path, index: Path, workers: int) -> tuple[float, Memory]:
    """Minutes, and the most memory that the command and its children took together."""
    environment = os.environ | {"POLICYQA_CORPUS": str(rows), "POLICYQA_INDEX": str(index)}
    started, ended, most = perf_counter(), Event(), [0.0, 0.0]
    with subprocess.Popen((*_COMMAND, "--workers", str(workers)), env=environment) as process:
        watch = Thread(target=_watch, args=(process.pid, ended, most))
        watch.start()
        code = process.wait()
        ended.set()
        watch.join()
    if code:
        raise SystemExit(f"policyqa index 失败 failed: {code}")
    return (perf_counter() - started) / 60, Memory(*most)


def _watch(process: int, ended: Event, most: list[float]) -> None:
    while not ended.wait(_POLLED):
        each = [memory_of(one) for one in _family(process)]
        most[0] = max(most[0], sum(one.private for one in each))
        most[1] = max(most[1], sum(one.resident for one in each))


def _family(process: int) -> list[int]:
    """A process with its children and theirs."""
    found = [process]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found += map(int, task.read_text().split())
            except OSError:
                continue  # it has ended
    return found


def _times(index: Index, questions: Sequence[str], scope: Scope) -> dict[str, float]:
    """Milliseconds of a search."""
    for question in questions[:_WARM_UP]:
        index.search(question, limit=LIMIT, scope=scope)
    milliseconds = []
    for question in questions:
        started = perf_counter()
        index.search(question, limit=LIMIT, scope=scope)
        milliseconds.append((perf_counter() - started) * 1000)
    return latency(milliseconds) or {}
