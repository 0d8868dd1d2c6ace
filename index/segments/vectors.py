"""The vectors of texts that no document has to itself: its words, and the spoken words that are chosen among all.

One entry of the store holds those of the last build and no others, so that a word leaves with the last clause it
stands in.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.segment_store import SegmentStore
from index.encoder.encoder import Encoder
from index.encoder.vectors import Vectors
from index.segments.key import vectors_key
from index.segments.packing import pack, unpack


@dataclass(frozen=True, slots=True)
class TextVectors:
    """Texts in normal form with their vectors."""

    texts: tuple[str, ...]  # each once
    vectors: Vectors  # float32 [texts, dimension]


class KeptEncoder:
    """An `Encoder` that asks another one only for texts whose vectors are not kept."""

    def __init__(self, encoder: Encoder, store: SegmentStore) -> None:
        self.name, self.fingerprint, self.dimension = encoder.name, encoder.fingerprint, encoder.dimension
        self._encoder = encoder
        self._store = store
        data = store.get(vectors_key(encoder))
        kept = None if data is None else unpack(TextVectors, data)
        self._kept = kept or TextVectors((), np.zeros((0, self.dimension), np.float32))
        self._vectors = self._kept.vectors
        self._rows = {text: row for row, text in enumerate(self._kept.texts)}
        self._used: dict[str, None] = {}

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """float32 [len(texts), dimension]."""
        return self._encoder.encode_queries(texts)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """float32 [len(texts), dimension]."""
        self._used.update(dict.fromkeys(texts))
        if unknown := [text for text in dict.fromkeys(texts) if text not in self._rows]:
            self._rows.update({text: row for row, text in enumerate(unknown, start=len(self._rows))})
            self._vectors = np.concatenate([self._vectors, self._encoder.encode_documents(unknown)])
        return self._vectors[[self._rows[text] for text in texts]]

    def keep(self) -> None:
        """Keep the vectors of what has been asked for, and no others."""
        texts = tuple(sorted(self._used))
        if texts != self._kept.texts:
            vectors = self._vectors[[self._rows[text] for text in texts]]
            self._store.put(vectors_key(self._encoder), pack(TextVectors(texts, vectors)))
