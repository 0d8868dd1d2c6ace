"""Word by word: does every word of the question have a counterpart in the clause?

One vector for a whole text forgets which word meant what. Here each word of the question is held against its nearest
word in the clause, weighted by idf: the MaxSim of Khattab & Zaharia, "ColBERT" (SIGIR 2020), over the words of our
own encoder. It costs more than a leg can spend on every clause; it weighs the first ones as evidence, and tells a near
miss (利率, "fee") from an answer.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.index import Index
from index.text.tokenizer import words

_REMEMBERED = 4096  # texts whose word vectors are kept


class Alignment:
    """Aligns questions with texts of one index. Safe from several threads."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._said = lru_cache(_REMEMBERED)(self._word_vectors)

    def scores(self, query: str, texts: Sequence[str]) -> list[float]:
        """Idf-weighted mean cosine of the query's words with their nearest words in each text, [texts].

        Higher is better; 0 where the query or a text has no words.
        """
        asked = words(query)
        weights = self.index.text.lexical.weights.idf_of(asked)
        if not weights.any():
            return [0.0] * len(texts)
        vectors = self.index.encoder.encode_queries(asked)
        shares = weights / weights.sum()
        found = map(self._said, texts)
        return [float(shares @ (vectors @ said.T).max(axis=1)) if len(said) else 0.0 for said in found]

    def _word_vectors(self, text: str) -> NDArray[np.float32]:
        return self.index.encoder.encode_documents(words(text))
