"""The index as the assistant sees it: both legs over one corpus, fused."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from corpus.library import Corpus
from index import bm25, dense, lexicon, tokenizer
from index.bm25 import BM25Retriever, build_bm25
from index.dense import DenseRetriever, build_dense
from index.encoder import Encoder
from index.fusion import FusedRetriever
from index.retriever import EVERYTHING, Hit, Retriever, Scope

WEIGHTS = {bm25.NAME: 0.4, dense.NAME: 0.6}  # chosen on training questions that the encoder had not seen
FORMAT = "2"  # of the files and of what is put into them


@dataclass(frozen=True, slots=True)
class Identity:
    """What an index was built from; two indexes with equal identities give equal hits."""

    format: str
    corpus: str
    words: str  # tokenizer, lexicon and glossary
    encoder: str

    @property
    def version(self) -> str:
        """Twelve hexadecimal digits, shown as `index_version`."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:12]


def identity(corpus: Corpus, encoder: Encoder) -> Identity:
    """The identity that an index over this corpus and encoder has."""
    digest = hashlib.sha256()
    for item in (*corpus.documents, *corpus.clauses):
        digest.update(repr(item).encode())
    return Identity(
        FORMAT, digest.hexdigest()[:16], f"{tokenizer.fingerprint()} {lexicon.fingerprint()}", encoder.fingerprint
    )


class Index:
    """Both legs and their fusion. Satisfies `Retriever`."""

    def __init__(
        self,
        corpus: Corpus,
        encoder: Encoder,
        built_from: Identity,
        lexical: BM25Retriever,
        semantic: DenseRetriever,
    ) -> None:
        self.corpus = corpus
        self.encoder = encoder
        self.identity = built_from
        self.lexical = lexical
        self.semantic = semantic
        self.legs: Mapping[str, Retriever] = {bm25.NAME: lexical, dense.NAME: semantic}
        self._fused = FusedRetriever({bm25.NAME: lexical, dense.NAME: semantic}, WEIGHTS)

    @property
    def version(self) -> str:
        return self.identity.version

    def search(self, query: str, *, limit: int, scope: Scope = EVERYTHING) -> list[Hit]:
        """Hits of both legs fused; `Hit.legs` tells what each leg said."""
        return self._fused.search(query, limit=limit, scope=scope)


def build_index(corpus: Corpus, encoder: Encoder) -> Index:
    """Build both legs in memory; `store.save_index` writes them down."""
    built_from = identity(corpus, encoder)
    return Index(corpus, encoder, built_from, build_bm25(corpus), build_dense(corpus.clauses, encoder))
