"""An encoder that needs no weights, for tests of everything around it."""

import hashlib
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.text.normalizer import normalize


class BigramEncoder:
    """A deterministic encoder: character bigrams hashed into 64 dimensions. Satisfies `Encoder`."""

    name = "bigrams"
    fingerprint = "bigrams-1"
    dimension = 64

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in zip(vectors, texts, strict=True):
            plain = normalize(text)
            for pair in pairwise(plain):
                digest = hashlib.blake2b("".join(pair).encode(), digest_size=2).digest()
                row[digest[0] % self.dimension] += 1 if digest[1] % 2 else -1
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: NDArray[np.float32] = np.divide(vectors, norms, out=np.zeros_like(vectors), where=norms > 0)
        return unit

    encode_documents = encode_queries
