"""The same questions asked of the embedded engine and of Milvus: do both name the same clauses, and in what time?

    python -m eval.speed.engines --documents laws_corpus.jsonl.gz --questions stard_dev.jsonl --milvus /tmp/laws.db

`--milvus` is the address of a server, or a file of milvus-lite that ends in .db. Times are of this machine and this
run alone; what both ran beside one another is their ratio.
"""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Annotated

import typer

from corpus.corpus import Corpus
from corpus.rows import read_jsonl_corpus
from eval.questions.questionset import to_stderr
from index.building import build_index
from index.encoder.encoder import load_encoder
from index.engines.choice import open_engine
from index.engines.ledger import by_tenths
from index.engines.names import MILVUS
from index.index import Index
from index.query import Query
from index.retriever import Hit
from index.store import open_index, save_index

_FIRST = 10

Report = Callable[[str], None]


def compare_engines(index: Index, other: Index, questions: Sequence[str], report: Report) -> dict[str, object]:
    """Shares of the questions whose first ten are equal: clauses in their order, scores, what each leg said."""
    queries, kinds = index.read(questions), ("clauses", "scores", "legs")
    equal = dict.fromkeys(kinds, 0)
    times: tuple[list[float], list[float]] = ([], [])
    for done, query in enumerate(queries, 1):
        (ours, took), (theirs, took_other) = _first(index, query), _first(other, query)
        equal["clauses"] += [hit.clause.id for hit in ours] == [hit.clause.id for hit in theirs]
        equal["scores"] += [hit.score for hit in ours] == [hit.score for hit in theirs]
        equal["legs"] += [dict(hit.legs) for hit in ours] == [dict(hit.legs) for hit in theirs]
        times[0].append(took)
        times[1].append(took_other)
        report(f"{done} of {len(queries)}: {equal}")
    shares = {kind: round(count / len(queries), 4) for kind, count in equal.items()}
    return {"questions": len(queries), "equal": shares, "p50_ms": [round(median(one), 2) for one in times]}


def _first(engine: Index, query: Query) -> tuple[list[Hit], float]:
    """The first ten hits, and milliseconds."""
    start = perf_counter()
    hits = engine.search(query, limit=_FIRST)
    return hits, (perf_counter() - start) * 1000


def main(
    documents: Annotated[Path, typer.Option(help="Rows {id, title, text}, JSONL.")],
    questions: Annotated[Path, typer.Option(help="A question file.")],
    milvus: Annotated[str, typer.Option(help="http://host:19530, or a file of milvus-lite.")],
    clauses: Annotated[int, typer.Option(help="How many of the clauses, evenly spread; 0 for all.")] = 0,
) -> None:
    """Print what both engines say as JSON."""
    corpus = _some(read_jsonl_corpus(documents), clauses)
    texts = [json.loads(line)["question"] for line in questions.read_text(encoding="utf-8").splitlines()]
    engine, encoder = open_engine(MILVUS, milvus), load_encoder()
    to_stderr(f"Indexing {len(corpus.clauses)} clauses …")
    start = perf_counter()
    index = build_index(corpus, encoder)
    built = perf_counter() - start
    with TemporaryDirectory() as folder:
        start = perf_counter()
        save_index(index, Path(folder), engine, by_tenths(to_stderr))
        written = perf_counter() - start
        other = open_index(Path(folder), corpus, encoder, engine=engine)
        figures = compare_engines(index, other, texts, to_stderr)
    times = {"build_s": round(built, 1), "write_s": round(written, 1)}
    json.dump({"clauses": len(corpus.clauses), **times, **figures}, sys.stdout, indent=1)
    print()


def _some(corpus: Corpus, most: int) -> Corpus:
    step = len(corpus.clauses) / most if 0 < most < len(corpus.clauses) else 1
    rows = [corpus.clauses[int(n * step)] for n in range(int(len(corpus.clauses) / step))]
    held = {clause.document_id for clause in rows}
    return Corpus(tuple(document for document in corpus.documents if document.id in held), tuple(rows))


if __name__ == "__main__":
    typer.run(main)
