"""A question as the index reads it, once: its normal form, tokens, words, what else they are called, and vectors."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.encoder.encoder import Encoder
from index.lexicon.expansion import Expansion, Lexicon
from index.text.normalizer import Normal, normalize
from index.text.tokenizer import segment


@dataclass(frozen=True, slots=True)
class QueryText:
    """What a lexical engine needs of a query."""

    text: str  # as given
    normal: Normal
    tokens: tuple[str, ...]  # in order, repetitions stay
    words: tuple[str, ...]  # the different content words, of one segmentation
    expansions: tuple[Expansion, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Query(QueryText):
    """A query with its vectors, float32 rows of unit length or zero."""

    vector: NDArray[np.float32]  # [dimension] of the whole text
    word_vectors: NDArray[np.float32]  # [words, dimension]

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to search by meaning: no letter and no digit, or nothing that the encoder knows."""
        return not any(map(str.isalnum, self.text)) or not self.vector.any()


def read_text(text: str, lexicon: Lexicon | None, normal: Normal | None = None) -> QueryText:
    """A text read for its words; without a lexicon there are no expansions."""
    normal = normalize(text) if normal is None else normal
    tokens, words = segment(normal)
    return QueryText(text, normal, tokens, words, lexicon.expand(normal) if lexicon else ())


class QueryReader:
    """Reads queries for one index. Immutable; safe from several threads."""

    def __init__(self, encoder: Encoder, lexicon: Lexicon) -> None:
        self.encoder = encoder
        self.lexicon = lexicon

    def read(self, texts: Sequence[str], normals: Sequence[Normal] | None = None) -> list[Query]:
        """One query a text, all of them with all their words in one call of the encoder.

        `normals` are the normal forms of the texts, where the caller has them. A query does not depend on the texts
        beside it.
        """
        forms = [normalize(text) for text in texts] if normals is None else normals
        found = [read_text(text, self.lexicon, normal) for text, normal in zip(texts, forms, strict=True)]
        different = dict.fromkeys(one for query in found for one in (query.normal, *map(Normal, query.words)))
        row: dict[str, int] = {one: number for number, one in enumerate(different)}
        vectors = self.encoder.encode_queries(list(different))
        return [
            Query(
                query.text,
                query.normal,
                query.tokens,
                query.words,
                query.expansions,
                vectors[row[query.normal]],
                vectors[[row[word] for word in query.words]],
            )
            for query in found
        ]

    def as_query(self, query: Query | str) -> Query:
        """A query as it is, a text read."""
        return query if isinstance(query, Query) else self.read([query])[0]
