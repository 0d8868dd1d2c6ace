"""A question as the index reads it, once: its normal form, tokens, words, what else they are called, and vectors."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from cachetools import LRUCache
from numpy.typing import NDArray

from index.encoder.encoder import Encoder
from index.lexicon.expansion import Expansion, Lexicon
from index.text.normalizer import Normal, normalize
from index.text.tokenizer import Segmented, segment

_WORDS = 8192  # whose vectors are remembered; a word of the shipped encoder takes two kilobytes


@dataclass(frozen=True, slots=True)
class Text:
    """A text read for its words: its normal form and one segmentation of that."""

    text: str  # as given
    normal: Normal
    segmented: Segmented


def read_text(text: str, normal: Normal | None = None) -> Text:
    """A text normalised, unless its normal form is given, and segmented once."""
    normal = normalize(text) if normal is None else normal
    return Text(text, normal, segment(normal))


def join_texts(texts: Sequence[Text]) -> Text:
    """Texts one behind the other, separated by blanks; nothing is read again."""
    parts = [one.segmented for one in texts]
    segmented = Segmented(
        tuple(token for part in parts for token in part.tokens),
        tuple(dict.fromkeys(word for part in parts for word in part.words)),
        tuple(piece for part in parts for piece in (*part.pieces, " "))[:-1],
    )
    return Text(" ".join(one.text for one in texts), Normal(" ".join(one.normal for one in texts)), segmented)


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


def text_query(text: str | Text, lexicon: Lexicon | None) -> QueryText:
    """A text as a lexical engine looks it up; without a lexicon there are no expansions."""
    read = read_text(text) if isinstance(text, str) else text
    expansions = lexicon.expand(read.normal) if lexicon else ()
    return QueryText(read.text, read.normal, read.segmented.tokens, read.segmented.words, expansions)


class QueryReader:
    """Reads queries for one index, and remembers the vectors of words met lately. Safe from several threads."""

    def __init__(self, encoder: Encoder, lexicon: Lexicon) -> None:
        self.encoder = encoder
        self.lexicon = lexicon
        self._words: LRUCache[str, NDArray[np.float32]] = LRUCache(_WORDS)
        self._lock = Lock()

    def read(self, texts: Sequence[str | Text]) -> list[Query]:
        """One query a text, all of them with those words that were not met lately in one call of the encoder.

        A query does not depend on the texts beside it.
        """
        found = [text_query(text, self.lexicon) for text in texts]
        words = dict.fromkeys(word for query in found for word in query.words)
        known = self._known(words)
        new = [Normal(word) for word in words if word not in known]
        wanted = list(dict.fromkeys((*(query.normal for query in found), *new)))
        encoded = dict(zip(wanted, self.encoder.encode_queries(wanted), strict=True))
        known |= {word: encoded[word].copy() for word in new}  # a view would keep the whole batch alive
        self._remember(known)
        return [
            Query(
                query.text,
                query.normal,
                query.tokens,
                query.words,
                query.expansions,
                encoded[query.normal],
                np.array([known[word] for word in query.words], np.float32).reshape(-1, self.encoder.dimension),
            )
            for query in found
        ]

    def _known(self, words: Iterable[str]) -> dict[str, NDArray[np.float32]]:
        with self._lock:
            return {word: self._words[word] for word in words if word in self._words}

    def _remember(self, words: Mapping[str, NDArray[np.float32]]) -> None:
        with self._lock:
            self._words.update(words)

    def as_query(self, query: Query | str) -> Query:
        """A query as it is, a text read."""
        return query if isinstance(query, Query) else self.read([query])[0]
