"""The same questions asked of the embedded engine and of Milvus: do both name the same clauses, and in what time?"""

from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from corpus.corpus import Corpus
from corpus.rows import read_jsonl_corpus
from eval.questions.questionset import read_questions, to_stderr
from eval.run import timed
from index.building import build_index
from index.encoder.encoder import load_encoder
from index.engines.engine import Engine
from index.engines.ledger import Ledger, by_tenths
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


def measure_engines(
    documents: Path, questions: Path, engine: Engine, clauses: int = 0, report: Report = to_stderr
) -> dict[str, object]:
    """What both say, and seconds to build and to write; of the documents as many clauses, evenly spread, 0 for all.

    What was written to the engine is removed again. Raises what reading, building and the engine raise.
    """
    corpus, encoder = _some(read_jsonl_corpus(documents), clauses), load_encoder()
    asked = [one.question for one in read_questions(questions)]
    report(f"正在为 {len(corpus.clauses)} 条建立索引 Indexing {len(corpus.clauses)} clauses …")
    index, building = timed(lambda: build_index(corpus, encoder))
    with TemporaryDirectory() as folder:
        try:
            _, writing = timed(lambda: save_index(index, Path(folder), engine, by_tenths(report)))
            figures = compare_engines(index, open_index(Path(folder), corpus, encoder, engine=engine), asked, report)
        finally:
            for name in Ledger(Path(folder), engine).named():
                engine.drop(name)
    seconds = {"build_s": round(building / 1000, 1), "write_s": round(writing / 1000, 1)}
    return {"clauses": len(corpus.clauses), **seconds, **figures}


def _some(corpus: Corpus, most: int) -> Corpus:
    step = len(corpus.clauses) / most if 0 < most < len(corpus.clauses) else 1
    rows = [corpus.clauses[int(n * step)] for n in range(int(len(corpus.clauses) / step))]
    held = {clause.document_id for clause in rows}
    return Corpus(tuple(document for document in corpus.documents if document.id in held), tuple(rows))
