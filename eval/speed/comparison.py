"""Speed, side by side: our legs against rank_bm25, bm25s, and bm25s + FAISS + rank fusion assembled by hand.

    python -m eval.speed.comparison --documents FILE.jsonl.gz [--questions FILE.jsonl] [--json]

One process, FAISS on one thread on both sides, the same tokens and vectors. Both sides start from the question
string, answer each question in turn (A B, B A, …) after a warm-up, and return ten results.
"""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Annotated, Any

import faiss
import typer
from rich.console import Console
from rich.table import Table

from corpus.errors import PolicyQAError
from corpus.corpus import Corpus
from corpus.load import read_jsonl_corpus
from eval.questions.questionset import read_questions
from eval.speed.baselines import Search, import_bm25s, search_bm25s, search_by_hand, search_rank_bm25
from eval.speed.systems import (
    BM25S,
    BY_HAND,
    NAMES,
    OUR_BM25,
    OUR_HYBRID,
    RANK_BM25,
    Sides,
    build_sides,
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
class Duel:
    """Milliseconds a question of two sides that took turns; `ratio` is our p50 by theirs, below 1 means faster."""

    ours: str
    theirs: str
    searches: int
    our_ms: dict[str, float]
    their_ms: dict[str, float]
    ratio: float


def main(
    documents: Annotated[Path, typer.Option(help="Rows of {id, title, text}, JSONL or JSONL.gz.")],
    questions: Annotated[Path | None, typer.Option(help="A question file; otherwise titles of the corpus.")] = None,
    encoder: Annotated[
        str | None, typer.Option(help="A sentence-transformers model; otherwise the shipped one.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """并排测速：本系统与 rank_bm25、bm25s、手工组装的混合检索。 Measure both sides in one run."""
    progress = Console(stderr=True)
    try:
        result = bench(documents, questions, encoder, progress.print)
    except PolicyQAError as error:
        progress.print(str(error), style="red", markup=False)
        sys.exit(error.exit_code)
    if as_json:
        print(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        _print_tables(result, Console())


def bench(documents: Path, questions: Path | None, model: str | None, report: Callable[[str], None]) -> dict[str, Any]:
    """Everything measured, as plain values. Raises EngineError without bm25s, InputError for a bad file."""
    import_bm25s()
    faiss.omp_set_num_threads(1)
    corpus, encoder = read_jsonl_corpus(documents), load_encoder(model)
    asked = [question.question for question in read_questions(questions)] if questions else _titles(corpus)
    report(f"{len(corpus.clauses)} 条 clauses, {len(asked)} 个问题 questions, {encoder.name}")
    sides = build_sides(corpus, encoder, report)
    duels = _duels(sides, asked)
    with TemporaryDirectory() as folder:
        megabytes = serving_megabytes(sides, Path(folder), documents, model)
    return {
        "clauses": len(corpus.clauses),
        "questions": len(asked),
        "encoder": encoder.name,
        "faiss_threads": 1,
        "duels": [asdict(duel) for duel in duels],
        "bm25_largest_difference": largest_difference(sides, asked[:SLOW_SAMPLE]),
        "build_steps_s": dict(sides.seconds),
        "build_s": sides.build_seconds(),
        "serving_mb": megabytes,
    }


def _titles(corpus: Corpus) -> list[str]:
    step = max(1, len(corpus.clauses) // TITLES)
    return [clause.title for clause in corpus.clauses[::step]][:TITLES]


def _duels(sides: Sides, questions: Sequence[str]) -> list[Duel]:
    index, ids = sides.index, sides.ids
    okapi, bm25s = search_rank_bm25(sides.okapi, ids), search_bm25s(sides.bm25s, ids)
    by_hand = search_by_hand(sides.bm25s, sides.flat, index.text.semantic.owners.clause, ids, index.encoder)

    def with_limit(search: Search) -> Ask:
        return lambda question: search(question, LIMIT)

    ours = (OUR_BM25, lambda question: index.text.lexical.search(question, limit=LIMIT))
    hybrid = (OUR_HYBRID, lambda question: index.search(question, limit=LIMIT))
    return [
        _duel(ours, (RANK_BM25, with_limit(okapi)), questions[:SLOW_SAMPLE]),
        _duel(ours, (BM25S, with_limit(bm25s)), list(questions) * ROUNDS),
        _duel(hybrid, (BY_HAND, with_limit(by_hand)), list(questions) * ROUNDS),
    ]


def _duel(ours: Contender, theirs: Contender, questions: Sequence[str]) -> Duel:
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
    return Duel(ours[0], theirs[0], len(questions), our_ms, their_ms, our_ms["p50"] / their_ms["p50"])


def _print_tables(result: dict[str, Any], console: Console) -> None:
    console.print(
        f"{result['clauses']} 条 clauses · {result['questions']} 个问题 questions · {result['encoder']} · "
        f"FAISS 1 线程 thread"
    )
    table = Table("对比 side by side", "p50 ms", "p95 ms", "p99 ms", "p50 之比 ratio", title="检索耗时 Search latency")
    for duel in result["duels"]:
        table.add_row(duel["ours"], *(f"{ms:.2f}" for ms in duel["our_ms"].values()), f"{duel['ratio']:.3f}")
        table.add_row(duel["theirs"], *(f"{ms:.2f}" for ms in duel["their_ms"].values()), "1", end_section=True)
    console.print(table)
    costs = Table("", "建立 build s", "内存 serving MB", title="建立与占用 Build and memory")
    for name in NAMES:
        megabytes = result["serving_mb"].get(name)
        costs.add_row(name, f"{result['build_s'][name]:.1f}", "–" if megabytes is None else f"{megabytes:.0f}")
    console.print(costs)
    console.print(f"BM25 与 rank_bm25 最大相对差 largest difference: {result['bm25_largest_difference']:.1e}")


if __name__ == "__main__":
    typer.run(main)
