"""The rows of an index, from an embedded one: made batch by batch, so that no more than one is in memory."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from index.clause_table import ClauseTable
from index.engines.bm25 import BM25Weights
from index.engines.dense import DenseRetriever
from index.engines.milvus.collection import NO_TERM, VECTOR, WEIGHTS, row_id
from index.engines.milvus.filters import Numbers
from index.layer import Layer
from index.retriever import places_of

_CLAUSES = 20_000  # whose postings are turned from term by term to clause by clause at once
BATCH = 1000  # rows sent in one call: some three megabytes

Row = dict[str, Any]


def passages_in(layer: Layer) -> DenseRetriever:
    """The passages of a layer that was built here."""
    assert isinstance(layer.semantic, DenseRetriever), "an index is written from its embedded form"
    return layer.semantic


def batches(
    number: int, layer: Layer, recorded: Sequence[bool], table: ClauseTable, numbers: Numbers
) -> Iterator[list[Row]]:
    """All rows of a layer, the passages in their order."""
    rows: list[Row] = []
    for row in _rows(number, layer, recorded, table, numbers):
        rows.append(row)
        if len(rows) == BATCH:
            yield rows
            rows = []
    if rows:
        yield rows


def _rows(number: int, layer: Layer, recorded: Sequence[bool], table: ClauseTable, numbers: Numbers) -> Iterator[Row]:
    dense = passages_in(layer)
    owner = dense.owners.clause
    for first in range(0, len(table), _CLAUSES):
        weights = _weights_of(layer.lexical.weights, first, min(first + _CLAUSES, len(table)))
        start, end = np.searchsorted(owner, (first, first + _CLAUSES))
        before = int(owner[start - 1]) if start else -1
        for passage in range(int(start), int(end)):
            c = int(owner[passage])
            clause = table.clauses[c]
            yield {
                "id": row_id(number, passage),
                "clause": c,
                "document": numbers.document(clause.document_id),
                "places": numbers.places(places_of(clause)),
                "recorded": bool(recorded[c]),
                VECTOR: dense.vectors[passage],
                WEIGHTS: (weights[c - first] if c != before else None) or {NO_TERM: 1.0},
            }
            before = c


def _weights_of(weights: BM25Weights, first: int, end: int) -> list[dict[int, float]]:
    """The weights above zero of the terms of some clauses, by the number of the term."""
    chosen = np.flatnonzero((weights.clauses >= first) & (weights.clauses < end) & (weights.weights > 0))
    terms = np.searchsorted(weights.indptr, chosen, side="right") - 1
    clauses = weights.clauses[chosen] - first
    order = np.argsort(clauses, kind="stable")
    terms, values = terms[order].tolist(), weights.weights[chosen][order].tolist()
    ends = np.cumsum(np.bincount(clauses, minlength=end - first)).tolist()
    return [dict(zip(terms[a:b], values[a:b], strict=True)) for a, b in zip([0, *ends], ends, strict=False)]


def statistics(weights: BM25Weights) -> tuple[BM25Weights, BM25Weights]:
    """What is kept here: the statistics of all terms without postings, and the postings of terms of no weight."""
    here = weights.idf <= 0
    frequency = np.diff(weights.indptr)
    postings = np.repeat(here, frequency)
    indptr = np.concatenate([[0], np.cumsum(np.where(here, frequency, 0))])
    none = slice(0, 0)
    return (
        BM25Weights(weights.vocabulary, weights.indptr, weights.clauses[none], weights.weights[none], weights.idf),
        BM25Weights(weights.vocabulary, indptr, weights.clauses[postings], weights.weights[postings], weights.idf),
    )
