"""The systems whose retrieval is compared, built from the same tokens and vectors; build time and serving memory."""

import gc
import multiprocessing
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

import faiss
import numpy as np
from rank_bm25 import BM25Okapi

from corpus.corpus import Corpus
from corpus.load import read_jsonl_corpus
from eval.speed.baselines import Bm25s, build_bm25s, build_flat, open_bm25s, open_okapi, save_okapi, search_by_hand
from index.alignment import build_alignment
from index.clause_table import ClauseTable
from index.encoder.encoder import Encoder, load_encoder
from index.engines.ann import build_ann
from index.engines.bm25 import bm25_weights, indexed_text
from index.engines.dense import encode_texts
from index.identity import identity
from index.index import Index
from index.layer import TEXT, make_layer, probes
from index.lexicon.expansion import load_lexicon
from index.query import QueryReader
from index.store import open_index, save_index
from index.text.tokenizer import tokenize

SYSTEM_NAMES = ("policyqa bm25", "rank_bm25", "bm25s", "policyqa hybrid", "bm25s + faiss + rrf")
OUR_BM25, RANK_BM25, BM25S, OUR_HYBRID, BY_HAND = SYSTEM_NAMES
PROBE = "申请设立分公司需要什么材料"


@dataclass(frozen=True, slots=True)
class Systems:
    """Everything built. `seconds` has one entry for each step; tokens and vectors are shared by all."""

    index: Index
    okapi: BM25Okapi
    bm25s: Bm25s
    flat: faiss.Index
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def ids(self) -> list[str]:
        return [clause.id for clause in self.index.corpus.clauses]

    def build_seconds(self) -> dict[str, float]:
        """Name → seconds from texts to a searchable index."""
        step = self.seconds
        lexical = {OUR_BM25: step["our weights"], RANK_BM25: step["rank_bm25"], BM25S: step["bm25s"]}
        total = {name: step["tokens"] + seconds for name, seconds in lexical.items()}
        total[OUR_HYBRID] = total[OUR_BM25] + step["vectors"] + step["our approximate index"]
        total[BY_HAND] = total[BM25S] + step["vectors"]
        return total


def build_systems(corpus: Corpus, encoder: Encoder, report: Callable[[str], None]) -> Systems:
    """Build all of them one after the other."""
    seconds: dict[str, float] = {}

    def step(name: str, started: float) -> None:
        seconds[name] = perf_counter() - started
        report(f"{name}: {seconds[name]:.1f} s")

    started = perf_counter()
    titles = {document.id: document.title for document in corpus.documents}
    tokens = [indexed_text(clause, titles[clause.document_id]) for clause in corpus.clauses]
    step("tokens", started)
    started = perf_counter()
    weights = bm25_weights(tokens)
    step("our weights", started)
    started = perf_counter()
    passages = encode_texts(corpus.clauses, encoder)
    step("vectors", started)
    started = perf_counter()
    bm25s = build_bm25s(tokens)
    step("bm25s", started)
    started = perf_counter()
    okapi = BM25Okapi(tokens)
    step("rank_bm25", started)
    flat = build_flat(passages.vectors)
    reader, table = QueryReader(encoder, load_lexicon()), ClauseTable(corpus.clauses)
    started = perf_counter()
    ann = build_ann(passages.vectors, lambda: probes(table, encoder))
    step("our approximate index", started)
    index = Index(
        reader,
        table=table,
        corpus=corpus,
        built_from=identity(corpus, encoder, reader.lexicon),
        alignment=build_alignment(corpus, table, encoder),
        text=make_layer(TEXT, weights, passages, table, reader, ann=ann),
    )
    return Systems(index, okapi, bm25s, flat, seconds)


def largest_difference(systems: Systems, questions: Sequence[str]) -> float:
    """Largest gap between our BM25 score and rank_bm25's over all clauses, as a share of the question's best score."""
    gaps = [0.0]
    for question in questions:
        tokens = tokenize(question)
        theirs = systems.okapi.get_scores(tokens)
        ours = systems.index.text.lexical.weights.postings(Counter(tokens)).scores(len(theirs))
        gaps.append(float(np.abs(ours - theirs).max() / max(np.abs(theirs).max(), 1e-9)))
    return max(gaps)


def serving_megabytes(systems: Systems, folder: Path, documents: Path, model: str | None) -> dict[str, float]:
    """Name → resident megabytes that opening it adds to a fresh process which holds texts, tokenizer and encoder.

    `folder` is empty and takes the stored forms. Linux only.
    """
    save_index(systems.index, folder / "ours")
    save_okapi(systems.okapi, folder / "okapi")
    systems.bm25s.save(folder / "bm25s", show_progress=False)
    faiss.write_index(systems.flat, str(folder / "flat"))
    np.save(folder / "owners.npy", systems.index.text.semantic.owners.clause)
    megabytes = {}
    for name in (RANK_BM25, BM25S, OUR_HYBRID, BY_HAND):
        with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as fresh:
            megabytes[name] = fresh.submit(_added_megabytes, name, folder, documents, model).result()
    return megabytes


def _added_megabytes(name: str, folder: Path, documents: Path, model: str | None) -> float:
    corpus, encoder = read_jsonl_corpus(documents), load_encoder(model)
    encoder.encode_queries([PROBE])
    tokenize(PROBE)
    gc.collect()
    before = _resident_megabytes()
    opened: Any
    if name == OUR_HYBRID:
        opened = open_index(folder / "ours", corpus, encoder)
        opened.search(PROBE, limit=10)
    elif name == RANK_BM25:
        opened = open_okapi(folder / "okapi")
        opened.get_scores(tokenize(PROBE))
    else:
        opened = open_bm25s(folder / "bm25s")
        opened.get_scores(tokenize(PROBE))
        if name == BY_HAND:
            ids = [clause.id for clause in corpus.clauses]
            opened = search_by_hand(
                opened, faiss.read_index(str(folder / "flat")), np.load(folder / "owners.npy"), ids, encoder
            )
            opened(PROBE, 10)
    gc.collect()
    return _resident_megabytes() - before


def _resident_megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6
