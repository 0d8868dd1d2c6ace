"""Retrieval side by side: our legs against rank_bm25, bm25s, and bm25s + FAISS + rank fusion assembled by hand.

One process, linear algebra and FAISS on one thread in every system, as in serving; the same tokens and vectors. Both
of a pair start from the question string, answer each question in turn (A B, B A, …) after a warm-up, and return ten
results.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

import faiss
from rich.console import Console
from rich.table import Table
from threadpoolctl import threadpool_limits

from corpus.corpus import Corpus
from corpus.load import read_jsonl_corpus
from eval.questions.questionset import read_questions
from eval.speed.approximation import beside_exact
from eval.speed.baselines import Search, import_bm25s, search_bm25s, search_by_hand, search_rank_bm25
from eval.speed.systems import (
    BM25S,
    BY_HAND,
    OUR_BM25,
    OUR_HYBRID,
    RANK_BM25,
    SYSTEM_NAMES,
    Systems,
    build_systems,
    largest_difference,
    serving_megabytes,
)
from eval.summary import latency
from index.encoder.encoder import load_encoder

LIMIT = 10
WARM_UP = 20
ROUNDS = 3
SLOW_SAMPLE = 20  # questions put to rank_bm25, which takes a quarter of a second for each
TITLES = 250

Ask = Callable[[str], object]
Contender = tuple[str, Ask]  # name, search


@dataclass(frozen=True, slots=True)
class Comparison:
    """Milliseconds a question of two systems that took turns; `ratio` is our p50 by theirs, below 1 means faster."""

    ours: str
    theirs: str
    searches: int
    our_ms: dict[str, float]
    their_ms: dict[str, float]
    ratio: float


def compare_retrieval(
    documents: Path, questions: Path | None, model: str | None, report: Callable[[str], None]
) -> dict[str, Any]:
    """Everything measured, as plain values. Raises EngineError without bm25s, InputError for a bad file."""
    import_bm25s()
    faiss.omp_set_num_threads(1)
    corpus, encoder = read_jsonl_corpus(documents), load_encoder(model)
    labelled = read_questions(questions) if questions else []
    asked = [question.question for question in labelled] or _titles(corpus)
    report(f"{len(corpus.clauses)} 条 clauses, {len(asked)} 个问题 questions, {encoder.name}")
    systems = build_systems(corpus, encoder, report)
    with threadpool_limits(1):  # as in serving; threads that wait for one another would be measured otherwise
        comparisons = _comparisons(systems, asked)
    approximation = beside_exact(systems.index, labelled)
    with TemporaryDirectory() as folder:
        megabytes = serving_megabytes(systems, Path(folder), documents, model)
    return {
        "clauses": len(corpus.clauses),
        "questions": len(asked),
        "encoder": encoder.name,
        "faiss_threads": 1,
        "comparisons": [asdict(comparison) for comparison in comparisons],
        "approximation": approximation and asdict(approximation),
        "bm25_largest_difference": largest_difference(systems, asked[:SLOW_SAMPLE]),
        "build_steps_s": dict(systems.seconds),
        "build_s": systems.build_seconds(),
        "serving_mb": megabytes,
    }


def _titles(corpus: Corpus) -> list[str]:
    step = max(1, len(corpus.clauses) // TITLES)
    return [clause.title for clause in corpus.clauses[::step]][:TITLES]


def _comparisons(systems: Systems, questions: Sequence[str]) -> list[Comparison]:
    index, ids = systems.index, systems.ids
    okapi, bm25s = search_rank_bm25(systems.okapi, ids), search_bm25s(systems.bm25s, ids)
    by_hand = search_by_hand(systems.bm25s, systems.flat, index.text.semantic.owners.clause, ids, index.encoder)

    def with_limit(search: Search) -> Ask:
        return lambda question: search(question, LIMIT)

    ours = (OUR_BM25, lambda question: index.text.lexical.search(question, limit=LIMIT))
    hybrid = (OUR_HYBRID, lambda question: index.search(question, limit=LIMIT))
    return [
        _compare(ours, (RANK_BM25, with_limit(okapi)), questions[:SLOW_SAMPLE]),
        _compare(ours, (BM25S, with_limit(bm25s)), list(questions) * ROUNDS),
        _compare(hybrid, (BY_HAND, with_limit(by_hand)), list(questions) * ROUNDS),
    ]


def _compare(ours: Contender, theirs: Contender, questions: Sequence[str]) -> Comparison:
    for question in questions[:WARM_UP]:
        for _, ask in (ours, theirs):
            ask(question)
    times: dict[str, list[float]] = {ours[0]: [], theirs[0]: []}
    for turn, question in enumerate(questions):
        for name, ask in (ours, theirs) if turn % 2 == 0 else (theirs, ours):
            started = perf_counter()
            ask(question)
            times[name].append((perf_counter() - started) * 1000)
    our_ms, their_ms = (latency(milliseconds) or {} for milliseconds in times.values())
    return Comparison(ours[0], theirs[0], len(questions), our_ms, their_ms, our_ms["p50"] / their_ms["p50"])


def print_comparison(result: dict[str, Any], console: Console) -> None:
    console.print(
        f"{result['clauses']} 条 clauses · {result['questions']} 个问题 questions · {result['encoder']} · "
        f"FAISS 1 线程 thread"
    )
    table = Table("对比 side by side", "p50 ms", "p95 ms", "p99 ms", "p50 之比 ratio", title="检索耗时 Search latency")
    for comparison in result["comparisons"]:
        table.add_row(
            comparison["ours"], *(f"{ms:.2f}" for ms in comparison["our_ms"].values()), f"{comparison['ratio']:.3f}"
        )
        table.add_row(
            comparison["theirs"], *(f"{ms:.2f}" for ms in comparison["their_ms"].values()), "1", end_section=True
        )
    console.print(table)
    costs = Table("", "建立 build s", "内存 serving MB", title="建立与占用 Build and memory")
    for name in SYSTEM_NAMES:
        megabytes = result["serving_mb"].get(name)
        costs.add_row(name, f"{result['build_s'][name]:.1f}", "–" if megabytes is None else f"{megabytes:.0f}")
    console.print(costs)
    if found := result["approximation"]:
        figures = "  ".join(f"{name} {value:.4f}" for name, value in found.items() if value is not None)
        console.print(f"近似检索 approximate search: {figures}")
    console.print(f"BM25 与 rank_bm25 最大相对差 largest difference: {result['bm25_largest_difference']:.1e}")
