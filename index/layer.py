"""A layer: one text of every clause, searched by words and by meaning.

There are three. The *text* layer is what the clauses say; the *record* layer is what their plain-language records say
of them, and covers only the clauses that have one; the *induced* layer is what people may ask of the others, worked
out from their own words.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from corpus.corpus import Corpus
from corpus.records.record import PlainRecord
from index.clause_table import ClauseTable
from index.engines import bm25, dense
from index.engines.bm25 import BM25Retriever, BM25Weights, bm25_weights, indexed_text
from index.engines.dense import DenseRetriever, PassageVectors, encode_passages, encode_texts
from index.engines.passages import Passage, PassageOwners
from index.induced import Rarity, induced
from index.query import QueryReader
from index.scorer import Leg
from index.text.tokenizer import tokenize

TEXT, RECORDS, INDUCED = "text", "records", "induced"  # names of the layers
LEG_NAMES = {
    TEXT: (bm25.NAME, dense.NAME),
    RECORDS: (f"plain_{bm25.NAME}", f"plain_{dense.NAME}"),
    INDUCED: (f"induced_{bm25.NAME}", f"induced_{dense.NAME}"),
}


@dataclass(frozen=True, slots=True)
class Layer:
    """Both legs over one layer."""

    name: str  # TEXT, RECORDS or INDUCED
    lexical: BM25Retriever
    semantic: DenseRetriever

    def legs(self) -> dict[str, Leg]:
        """The legs by name."""
        both: tuple[Leg, ...] = (self.lexical, self.semantic)
        return {leg.name: leg for leg in both}


def make_layer(
    name: str, weights: BM25Weights, passages: PassageVectors, table: ClauseTable, reader: QueryReader
) -> Layer:
    """A layer over what was built or read from disk."""
    lexical_name, dense_name = LEG_NAMES[name]
    semantic = DenseRetriever(table, passages, reader, dense_name)
    covered = None if name == TEXT else semantic.covered
    return Layer(name, BM25Retriever(table, weights, reader.lexicon, lexical_name, covered), semantic)


def build_text(corpus: Corpus, table: ClauseTable, reader: QueryReader) -> Layer:
    """What the clauses say."""
    titles = {document.id: document.title for document in corpus.documents}
    tokens = [indexed_text(clause, titles[clause.document_id]) for clause in corpus.clauses]
    return make_layer(TEXT, bm25_weights(tokens), encode_texts(corpus.clauses, reader.encoder), table, reader)


def build_records(corpus: Corpus, table: ClauseTable, reader: QueryReader) -> Layer | None:
    """What the plain-language records say of the clauses that have one; None without any record."""
    lines = record_lines(corpus, table)
    if not lines:
        return None
    return _of_lines(RECORDS, lines, table, reader)


def build_induced(corpus: Corpus, table: ClauseTable, reader: QueryReader, rarity: Rarity) -> Layer:
    """What people may ask of the clauses, of all of them: which are looked at is chosen when an index is opened.

    A document that is one undivided clause has nothing that people ask by: its heading is a title, or a law and a
    number. Over national law such lines cost four points of recall@10.
    """
    lines = [
        Passage(position, -1, field, text)
        for position, clause in enumerate(corpus.clauses)
        if clause.id != clause.document_id
        for field, text in induced(clause, reader.lexicon, rarity).lines().items()
    ]
    return _of_lines(INDUCED, lines, table, reader)


def _of_lines(name: str, lines: Sequence[Passage], table: ClauseTable, reader: QueryReader) -> Layer:
    """A layer over lines in order of their clauses; a clause without any is not covered."""
    covered = sorted({line.clause for line in lines})
    tokens: dict[int, list[str]] = {position: [] for position in covered}
    for line in lines:
        tokens[line.clause] += tokenize(line.text)
    weights = bm25_weights(list(tokens.values()))
    weights = replace(weights, clauses=np.array(covered, np.int32)[weights.clauses])
    return make_layer(name, weights, encode_passages(lines, reader.encoder), table, reader)


def restricted(layer: Layer, kept: NDArray[np.bool_], table: ClauseTable, reader: QueryReader) -> Layer | None:
    """The layer over those of its clauses that are kept, bool [clauses]; None where it covers none of them.

    Idf stays that of the whole layer.
    """
    covered = layer.semantic.covered
    if not (covered & kept).any():
        return None
    if not (covered & ~kept).any():
        return layer
    weights, owners = layer.lexical.weights, layer.semantic.owners
    postings, passages = kept[weights.clauses], kept[owners.clause]
    before = np.concatenate([[0], np.cumsum(postings)])  # how many postings are kept before each
    return make_layer(
        layer.name,
        replace(
            weights,
            indptr=before[weights.indptr],
            clauses=weights.clauses[postings],
            weights=weights.weights[postings],
        ),
        PassageVectors(
            PassageOwners(owners.clause[passages], owners.part[passages], owners.field[passages]),
            layer.semantic.vectors[passages],
        ),
        table,
        reader,
    )


def record_lines(corpus: Corpus, table: ClauseTable) -> list[Passage]:
    """Every line of every record, in order of the clauses; the keywords of a record are one line.

    One keyword alone looks like too much.
    """
    return [
        Passage(table.positions[clause.id], part, field, text)
        for clause in corpus.clauses_with_records
        for part, key in enumerate((clause.id, *(part.id for part in clause.all_parts())), start=-1)
        if (record := corpus.plain.get(key))
        for field, text in _lines(record)
    ]


def _lines(record: PlainRecord) -> Sequence[tuple[str, str]]:
    lines = [(field, text) for field, text in record.lines() if field != "keywords"]
    return [(field, text) for field, text in (*lines, ("keywords", " ".join(record.keywords))) if text]
