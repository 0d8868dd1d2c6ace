"""How a question is put, and what of it a clause does not say: a linear model over runs of characters and words.

People ask for what documents leave out (exceptions, who pays, what happens next) in turns of phrase that repeat. Which
turns those are, and which of them mean something only where the clause lacks them, is learnt from labelled questions
by `python -m eval.fitting.confidence`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.text.normalizer import normalize

LONGEST = 3  # characters of a run
WEIGHT = 8.0  # of all runs together beside the question's unit vector
LACKING = "~"  # before a run that the clause does not hold
_RUN = re.compile(r"[\u3400-\u9fff]+|[a-z]+|\d+|[?？]")


@dataclass(frozen=True, slots=True)
class Phrasing:
    """Weights of a model; a positive one speaks for an answer."""

    vector: NDArray[np.float32]  # [dimension] for the question's unit vector
    runs: Mapping[str, float]

    def logit(self, question: str, vector: NDArray[np.float32], said: str) -> float:
        """How much the question, over a clause that says `said`, sounds like one that is answered; 0 is neither.

        A vector of another encoder's dimension counts for nothing.
        """
        found = runs(question, said)
        value = sum(self.runs.get(run, 0.0) for run in found) * WEIGHT / np.sqrt(max(len(found), 1))
        return float(value + (vector @ self.vector if len(vector) == len(self.vector) else 0.0))


def runs(question: str, said: str) -> Sequence[str]:
    """Each run of a question once: up to 3 Chinese characters, up to 2 words; again, marked, where `said` lacks it."""
    text, held = normalize(question), normalize(said)
    found: dict[str, None] = {}
    pieces = _RUN.findall(text)
    for piece in pieces:
        longest = 1 if piece.isascii() else min(LONGEST, len(piece))
        for size in range(1, longest + 1):
            starts = [0] if piece.isascii() else range(len(piece) - size + 1)
            found |= dict.fromkeys(piece if piece.isascii() else piece[start : start + size] for start in starts)
    words = [piece for piece in pieces if piece.isascii() and piece.isalnum()]
    found |= dict.fromkeys(f"{first} {second}" for first, second in pairwise(words))
    return (*found, *(LACKING + run for run in found if run not in held))
