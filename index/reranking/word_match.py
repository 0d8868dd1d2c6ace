"""How the words of a question match those of some clauses, sentence by sentence."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.alignment import ClauseWords
from index.encoder.vectors import Vectors

Values = NDArray[np.float32]

# Cosines around which near misses are counted, with the width of the bell: the kernels of Xiong et al., "End-to-End
# Neural Ad-hoc Ranking with Kernel Pooling" (K-NRM, SIGIR 2017). Of six tried, those that help beside the rest.
KERNELS = (0.3, 0.1)
_WIDTH = 0.1
_ROWS = 64  # vectors multiplied at once


@dataclass(frozen=True, slots=True)
class AskedWords:
    """The words of a question, at least one."""

    vectors: Vectors  # float32 [words, dimension], unit rows or zero
    weights: Values  # [words] that sum to 1
    kinds: int  # bits of what it asks for; 0 where it asks what or how


@dataclass(frozen=True, slots=True)
class WordMatch:
    """Figures of each clause, float32 [clauses] unless said otherwise; higher is more alike.

    Cosines below 0 count as 0, so that all but the kernels lie in 0..1.
    """

    mean: Values  # mean over the question's words of the cosine with the nearest word anywhere in the clause
    sentence: Values  # of its best sentence: the same weighted
    cubed: Values  # the same with cosines cubed: near matches count and far ones do not
    in_context: Values  # of its best sentence together with the headings above and the document's title
    stating: Values  # the same of its best sentence that states what is asked for; 0 without one
    kernels: Values  # [kernels, clauses] near misses: weighted log(1 + sum of the bell over the clause's words)
    states: NDArray[np.int32]  # bits of what its sentences state
    sentences: Values  # how many there are


def match_words(asked: AskedWords, spoken: ClauseWords, context: ClauseWords, vectors: Vectors) -> WordMatch:
    """The words of a question against the sentences of some clauses.

    `spoken` and `context` hold these clauses, the latter one sentence each; no clause and no sentence is without words.
    `vectors` are those that they number, float32 [all words, dimension]. Clauses of equal words have equal figures,
    wherever they stand.
    """
    different, said, around = _numbered(spoken.ids, context.ids, len(vectors))
    cosines = _cosines(vectors, different, asked.vectors)
    clauses, lengths = spoken.clauses[:-1], np.diff(spoken.clauses)
    best = np.maximum.reduceat(cosines.take(said, axis=0), spoken.sentences[:-1])  # [sentences, words]
    near = np.maximum.reduceat(cosines.take(around, axis=0), context.sentences[:-1])  # [clauses, words]
    in_context = _weighed(np.maximum(best, np.repeat(near, lengths, axis=0)), asked.weights)
    stating = np.where(spoken.states & asked.kinds, in_context, np.float32(0)) if asked.kinds else in_context
    return WordMatch(
        mean=np.maximum.reduceat(best, clauses).mean(axis=1),
        sentence=np.maximum.reduceat(_weighed(best, asked.weights), clauses),
        cubed=np.maximum.reduceat(_weighed(best * best * best, asked.weights), clauses),
        in_context=np.maximum.reduceat(in_context, clauses),
        stating=np.maximum.reduceat(stating, clauses),
        kernels=_near_misses(cosines, said, spoken.sentences[spoken.clauses], asked.weights),
        states=np.bitwise_or.reduceat(spoken.states, clauses),
        sentences=lengths.astype(np.float32),
    )


def _numbered(
    said: NDArray[np.int32], around: NDArray[np.int32], size: int
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    """The different numbers below `size`, ascending, and which of them each of both is; `np.unique` would sort."""
    seen = np.zeros(size, np.bool_)
    seen[said] = seen[around] = True
    different = np.flatnonzero(seen)
    at = np.empty(size, np.intp)
    at[different] = np.arange(len(different))
    return different, at[said], at[around]


def _cosines(vectors: Vectors, chosen: NDArray[np.intp], asked: Vectors) -> Values:
    """Of the chosen rows with the asked words, [chosen, words]; 0 where they are opposed.

    A row a word said: what is picked for an occurrence lies together. A few rows at once stay in the cache, always as
    many, so that a cosine does not depend on the rows beside it.
    """
    whole = np.resize(chosen, -(-len(chosen) // _ROWS) * _ROWS)
    found = np.empty((len(asked), len(whole)), np.float32)
    for start in range(0, len(whole), _ROWS):
        rows = slice(start, start + _ROWS)
        np.matmul(asked, vectors.take(whole[rows], axis=0).T, out=found[:, rows])
    return np.maximum(found[:, : len(chosen)].T, np.float32(0), order="C")


def _weighed(cosines: Values, weights: Values) -> Values:
    """[rows] from [rows, words]; not by BLAS, whose sums depend on where a row stands."""
    found: Values = np.einsum("rw,w->r", cosines, weights)
    return found


def _near_misses(cosines: Values, said: NDArray[np.intp], bounds: NDArray[np.int64], weights: Values) -> Values:
    """[kernels, clauses]; the occurrences of clause c are `said[bounds[c]:bounds[c + 1]]`."""
    offsets = ((cosines - np.float32(mu)) / np.float32(_WIDTH) for mu in KERNELS)
    bells = (np.exp(offset * offset * np.float32(-0.5)) for offset in offsets)
    sums = (np.add.reduceat(bell.take(said, axis=0), bounds[:-1]) for bell in bells)
    return np.array([_weighed(np.log1p(one), weights) for one in sums], np.float32)
