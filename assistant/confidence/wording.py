"""How a question is put, and what of it a clause does not say: a linear model over n-grams of characters and words.

People ask for what documents leave out (exceptions, who pays, what happens next) in turns of phrase that repeat. Which
turns those are, and which of them mean something only where the clause lacks them, is learnt from labelled questions
by `python -m eval.fitting`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

LONGEST = 3  # characters of an n-gram; longer ones are seen too rarely in some thousand questions
WEIGHT = 8.0  # of all n-grams together beside the question's unit vector; settled with policy_dev in view
ABSENT_PREFIX = "~"  # before an n-gram that the clause does not hold
_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z]+|\d+|[?？]")


@dataclass(frozen=True, slots=True)
class WordingModel:
    """Weights of a model; a positive one speaks for an answer."""

    vector: NDArray[np.float32]  # [dimension] for the question's unit vector
    ngrams: Mapping[str, float]

    def logit(self, question: str, vector: NDArray[np.float32], clause: str) -> float:
        """How much the question, over a clause with this text, sounds like one that is answered; 0 is neither.

        Both texts are in normal form. A vector of another encoder's dimension counts for nothing.
        """
        found = ngrams(question, clause)
        value = sum(self.ngrams.get(one, 0.0) for one in found) * WEIGHT / np.sqrt(max(len(found), 1))
        return float(value + (vector @ self.vector if len(vector) == len(self.vector) else 0.0))


def ngrams(question: str, clause: str) -> Sequence[str]:
    """Each n-gram of a question once: up to 3 Chinese characters, up to 2 words; again, marked, where absent.

    Both texts are in normal form.
    """
    found = _ngrams_of(question)
    absent: dict[str, None] = {}
    for one in found:
        # Without a part of it a text does not hold the whole; shorter ones are looked for first.
        if one[:-1] in absent or one[1:] in absent or one not in clause:
            absent[one] = None
    return (*found, *(ABSENT_PREFIX + one for one in absent))


@lru_cache(64)  # of a question every clause is judged that may answer it
def _ngrams_of(question: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    pieces = _RUN.findall(question)
    for piece in pieces:
        longest = 1 if piece.isascii() else min(LONGEST, len(piece))
        for size in range(1, longest + 1):
            starts = [0] if piece.isascii() else range(len(piece) - size + 1)
            found |= dict.fromkeys(piece if piece.isascii() else piece[start : start + size] for start in starts)
    words = [piece for piece in pieces if piece.isascii() and piece.isalnum()]
    found |= dict.fromkeys(f"{first} {second}" for first, second in pairwise(words))
    return tuple(found)
