"""A layer: one text of every clause, searched by words and by meaning.

There are two. The *text* layer is what the clauses say; the *plain* layer is what their plain-language records say of
them, and covers only the clauses that have one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from corpus.load import Corpus
from corpus.records.record import PlainRecord
from index.encoder.encoder import Encoder
from index.engines import bm25, dense
from index.engines.bm25 import BM25Retriever, bm25_weights, build_bm25
from index.engines.dense import DenseRetriever, Unit, build_dense, embed
from index.scorer import Leg
from index.text.tokenizer import tokenize

TEXT, PLAIN = "", "plain_"  # prefixes of the legs' names
# How often each field's words count in the plain layer; a field at 0 is not indexed at all.
FIELD_WEIGHTS: Mapping[str, int] = {
    "name": 1,
    "plain": 1,
    "title_en": 1,
    "gist_en": 1,
    "ask": 1,
    "ask_en": 1,
    "keywords": 1,
}


@dataclass(frozen=True, slots=True)
class Layer:
    """Both legs over one layer."""

    lexical: BM25Retriever
    semantic: DenseRetriever

    def legs(self) -> dict[str, Leg]:
        """The legs by name."""
        both: tuple[Leg, ...] = (self.lexical, self.semantic)
        return {leg.name: leg for leg in both}


def build_text(corpus: Corpus, encoder: Encoder) -> Layer:
    """What the clauses say."""
    return Layer(build_bm25(corpus), build_dense(corpus.clauses, encoder))


def build_plain(corpus: Corpus, encoder: Encoder) -> Layer | None:
    """What the plain-language records say of the clauses that have one; None without any record."""
    clauses = corpus.clauses_with_records
    if not clauses:
        return None
    found: list[Unit] = []
    tokens: list[list[str]] = [[] for _ in clauses]
    for c, clause in enumerate(clauses):
        for part, key in enumerate((clause.id, *(part.id for part in clause.all_parts())), start=-1):
            for field, text in _lines(corpus.plain.get(key)):
                found.append(Unit(c, part, field, text))
                tokens[c].extend(tokenize(text) * FIELD_WEIGHTS[field])
    return Layer(
        BM25Retriever(clauses, bm25_weights(tokens), PLAIN + bm25.NAME),
        embed(clauses, found, encoder, PLAIN + dense.NAME),
    )


def _lines(record: PlainRecord | None) -> list[tuple[str, str]]:
    """Field and text of every line; the keywords are one line, since one word alone looks like too much."""
    if record is None:
        return []
    lines = [(field, text) for field, text in record.lines() if field != "keywords"]
    lines.append(("keywords", " ".join(record.keywords)))
    return [(field, text) for field, text in lines if text and FIELD_WEIGHTS[field]]
