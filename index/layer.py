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
from index.encoder.encoder import Encoder
from index.encoder.vectors import Vectors
from index.engines import bm25, dense
from index.engines.ann import Ann, build_ann
from index.engines.bm25 import BM25Retriever, BM25Weights, indexed_text, weights_of
from index.engines.dense import DenseRetriever, PassageVectors, encode_passages, smooth_with_neighbours
from index.engines.legs import LexicalLeg, SemanticLeg
from index.engines.passages import Passage, passages_of
from index.engines.term_counts import count_terms
from index.induced import Rarity
from index.induced_texts import encode_induced, with_spoken
from index.layer_texts import LayerTexts, texts_of_lines
from index.query import QueryReader
from index.scorer import Leg
from index.text.normalizer import normalize

TEXT, RECORDS, INDUCED = "text", "records", "induced"  # names of the layers
LEG_NAMES = {
    TEXT: (bm25.NAME, dense.NAME),
    RECORDS: (f"plain_{bm25.NAME}", f"plain_{dense.NAME}"),
    INDUCED: (f"induced_{bm25.NAME}", f"induced_{dense.NAME}"),
}
_PROBES, _PROBE = 256, 20  # how many, and characters of each


@dataclass(frozen=True, slots=True)
class Layer:
    """Both legs over one layer."""

    name: str  # TEXT, RECORDS or INDUCED
    lexical: LexicalLeg
    semantic: SemanticLeg

    def legs(self) -> dict[str, Leg]:
        """The legs by name."""
        both: tuple[Leg, ...] = (self.lexical, self.semantic)
        return {leg.name: leg for leg in both}


def make_layer(
    name: str,
    weights: BM25Weights,
    passages: PassageVectors,
    table: ClauseTable,
    reader: QueryReader,
    *,
    ann: Ann | None = None,
    kept: NDArray[np.bool_] | None = None,
) -> Layer:
    """A layer over what was built or read from disk; `kept` are the clauses that are looked at, None for all."""
    lexical_name, dense_name = LEG_NAMES[name]
    semantic = DenseRetriever(table, passages, reader, dense_name, ann=ann, kept=kept)
    covered = None if name == TEXT else semantic.covered
    return Layer(name, BM25Retriever(table, weights, reader.lexicon, lexical_name, covered), semantic)


def build_text(corpus: Corpus, table: ClauseTable, reader: QueryReader) -> Layer:
    """What the clauses say."""
    return text_layer(encode_clauses(corpus, reader.encoder), table, reader)


def encode_clauses(corpus: Corpus, encoder: Encoder) -> LayerTexts:
    """What each clause says, by itself."""
    titles = {document.id: document.title for document in corpus.documents}
    counts = count_terms(indexed_text(clause, titles[clause.document_id]) for clause in corpus.clauses)
    passages = encode_passages(passages_of(corpus.clauses), encoder)
    return LayerTexts(np.arange(len(corpus.clauses), dtype=np.int32), counts, passages)


def text_layer(texts: LayerTexts, table: ClauseTable, reader: QueryReader) -> Layer:
    """The layer over what the clauses say, each passage in its context."""
    owners = texts.passages.owners
    vectors = smooth_with_neighbours(texts.passages.vectors, owners, table.clauses)
    ann = build_ann(vectors, lambda: probes(table, reader.encoder))
    return make_layer(TEXT, weights_of(texts.counts), PassageVectors(owners, vectors), table, reader, ann=ann)


def probes(table: ClauseTable, encoder: Encoder) -> Vectors:
    """What recall is measured with: short stretches of some clauses, which are as long as a question."""
    every = max(1, len(table) // _PROBES)
    texts = [table.clauses[position].text for position in range(0, len(table), every)]
    middles = [max(0, (len(text) - _PROBE) // 2) for text in texts]
    return encoder.encode_queries(
        [normalize(text[start : start + _PROBE]) for text, start in zip(texts, middles, strict=True)]
    )


def build_records(corpus: Corpus, table: ClauseTable, reader: QueryReader) -> Layer | None:
    """What the plain-language records say of the clauses that have one; None without any record."""
    return records_layer(encode_records(corpus, table, reader.encoder), table, reader)


def encode_records(corpus: Corpus, table: ClauseTable, encoder: Encoder) -> LayerTexts:
    """What the records say of each clause that has one."""
    return texts_of_lines(record_lines(corpus, table), encoder)


def records_layer(texts: LayerTexts, table: ClauseTable, reader: QueryReader) -> Layer | None:
    """The layer over records; None without any."""
    return layer_of_lines(RECORDS, texts, table, reader) if len(texts.covered) else None


def build_induced(corpus: Corpus, table: ClauseTable, reader: QueryReader, rarity: Rarity) -> Layer:
    """What people may ask of the clauses, of all of them: which are looked at is chosen when an index is opened."""
    encoder, lexicon = reader.encoder, reader.lexicon
    texts = with_spoken(encode_induced(corpus.clauses, lexicon, encoder), lexicon, rarity, encoder)
    return layer_of_lines(INDUCED, texts, table, reader)


def layer_of_lines(name: str, texts: LayerTexts, table: ClauseTable, reader: QueryReader) -> Layer:
    """A layer over lines of the clauses that have some."""
    weights = weights_of(texts.counts)
    weights = replace(weights, clauses=texts.covered[weights.clauses])
    return make_layer(name, weights, texts.passages, table, reader, ann=build_ann(texts.passages.vectors))


def restricted(layer: Layer, kept: NDArray[np.bool_]) -> Layer | None:
    """The layer over those of its clauses that are kept, bool [clauses]; None where it covers none of them.

    Idf stays that of the whole layer.
    """
    covered = layer.semantic.covered
    if not (covered & kept).any():
        return None
    if not (covered & ~kept).any():
        return layer
    return Layer(layer.name, layer.lexical.restricted(kept), layer.semantic.restricted(kept))


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
