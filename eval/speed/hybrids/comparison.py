"""The whole comparison, and its tables."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from corpus.errors import EngineError
from eval.questions.questionset import LabelledQuestion
from eval.speed.approximation import Approximation
from eval.speed.hybrids.building import MATERIAL, Build, build, serving_memory
from eval.speed.hybrids.environment import in_fresh_process
from eval.speed.hybrids.material import make_material, read_material
from eval.speed.hybrids.system import BY_HAND, System
from eval.speed.hybrids.turns import Asking, Turns, approximation, take_turns
from eval.speed.million import Memory

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class HybridComparison:
    """Everything measured; by name of the system where it says so."""

    clauses: int
    questions: int
    material_seconds: float  # terms and vectors, which all but ours are given
    builds: Mapping[str, Build]
    serving: Mapping[str, Memory]
    turns: Mapping[int, Mapping[str, Turns]]  # threads → name
    approximation: Approximation | None  # of ours
    missing: Mapping[str, str]  # name → what to install

    def ratio(self, threads: int, name: str) -> float | None:
        """P50 by that of the hybrid assembled by hand, below 1 means faster; None without one."""
        turns = self.turns[threads]
        return turns[name].milliseconds["p50"] / turns[BY_HAND].milliseconds["p50"] if BY_HAND in turns else None

    def to_dict(self) -> dict[str, object]:
        """Plain values."""
        ratios = {threads: {name: self.ratio(threads, name) for name in turns} for threads, turns in self.turns.items()}
        return asdict(self) | {"ratios": ratios}


def compare_hybrids(
    systems: Sequence[System],
    documents: Path,
    questions: Sequence[LabelledQuestion],
    work: Path,
    *,
    model: str | None,
    rounds: int,
    threads: Sequence[int],
    report: Report,
) -> HybridComparison:
    """Build what is not built yet, then ask; no rounds for building only. Raises what reading and building raise."""
    report("词语和向量 terms and vectors …")
    in_fresh_process(1, make_material, documents, work / MATERIAL, model)
    material = read_material(work / MATERIAL)
    builds, missing = _build_all(systems, work, report)
    there = [one for one in systems if one.name in builds]
    serving, turns, exact = {}, {}, None
    if rounds:
        asked = [question.question for question in questions]
        for one in there:
            report(f"内存 memory of {one.name} …")
            serving[one.name] = serving_memory(one, work, model, asked)
        for number in threads:
            report(f"轮流提问 in turn, {number} 线程 threads …")
            turns[number] = take_turns(there, work, model, Asking(questions, rounds, number))
        if any(one.module == "ours" for one in there):
            exact = approximation(work, model, questions)
    return HybridComparison(len(material.ids), len(questions), material.seconds, builds, serving, turns, exact, missing)


def _build_all(systems: Sequence[System], work: Path, report: Report) -> tuple[dict[str, Build], dict[str, str]]:
    """Name → what building took, and name → what to install for those that lack a package."""
    builds, missing = {}, {}
    for one in systems:
        report(f"建立索引 building {one.name} …")
        try:
            builds[one.name] = build(one, work)
        except (EngineError, ImportError) as error:
            missing[one.name] = str(error) if isinstance(error, EngineError) else one.advice(str(error))
            report(missing[one.name])
    return builds, missing


def print_hybrids(result: HybridComparison, console: Console) -> None:
    """The tables; systems that are missing last."""
    console.print(f"{result.clauses} 条 clauses · {result.questions} 个问题 questions")
    for threads, turns in result.turns.items():
        table = Table(
            f"{threads} 线程 threads", "p50 ms", "p95", "p99", "首轮 first p50", "p50 之比 ratio", "recall@10"
        )
        for name, one in turns.items():
            times = (*one.milliseconds.values(), one.first_p50)
            ratio = result.ratio(threads, name)
            table.add_row(
                name,
                *(f"{each:.2f}" for each in times),
                "–" if ratio is None else f"{ratio:.3f}",
                "–" if one.recall is None else f"{one.recall:.4f}",
            )
        console.print(table)
    costs = Table(
        "", "建立 build s", "峰值 peak MB", "磁盘 disk MB", "服务 serving MB", title="建立与占用 Build and memory"
    )
    for name, built in result.builds.items():
        memory = result.serving.get(name)
        held = f"{memory.private:.0f}（{memory.resident:.0f}）" if memory else "–"
        costs.add_row(name, f"{built.seconds:.1f}", f"{built.peak_mb:.0f}", f"{built.disk_mb:.0f}", held)
    console.print(costs)
    console.print(f"词语和向量 terms and vectors: {result.material_seconds:.1f} s")
    if result.approximation:
        console.print(f"近似检索 approximate search: {asdict(result.approximation)}")
    for message in dict.fromkeys(result.missing.values()):
        console.print(message, markup=False)
