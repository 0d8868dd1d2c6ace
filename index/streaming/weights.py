"""BM25 where the texts are not in memory: the law of `engines.bm25`, from frequencies and one chunk at a time."""

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from index.engines.term_counts import TermCounts
from index.streaming.survey import Survey


class _Okapi(BM25Okapi):  # type: ignore[misc]
    """Over what has been counted already."""

    def _initialize(self, corpus: Survey) -> dict[str, int]:
        self.corpus_size = corpus.clauses
        self.avgdl = corpus.tokens / corpus.clauses
        return dict(zip(corpus.terms, corpus.frequency().tolist(), strict=True))


class TermWeights:
    """What each term is worth, and where the postings of each begin."""

    def __init__(self, found: Survey) -> None:
        self._okapi = _Okapi(found)
        self.vocabulary = sorted(found.terms)  # row of each term in what follows
        self._rows = {term: row for row, term in enumerate(self.vocabulary)}
        self.idf: NDArray[np.float64] = np.array([self._okapi.idf[term] for term in self.vocabulary])
        order = np.fromiter((found.terms[term] for term in self.vocabulary), np.int64)
        self.indptr: NDArray[np.int64] = np.concatenate([[0], np.cumsum(found.frequency()[order])])

    def of(self, texts: TermCounts) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The term of each occurrence and what it adds to the score, both [occurrences]."""
        okapi = self._okapi
        terms = np.fromiter((self._rows[term] for term in texts.terms), np.int64)[texts.ids]
        tf = texts.counts.astype(np.float64)
        length = texts.lengths().astype(np.float64)[texts.owners()]
        saturated = tf * (okapi.k1 + 1) / (tf + okapi.k1 * (1 - okapi.b + okapi.b * length / okapi.avgdl))
        return terms, (self.idf[terms] * saturated).astype(np.float32)
