"""What the words say of each of the first clauses, in figures that one can look at."""

from collections.abc import Mapping

import numpy as np

from index.reranking.model import Values
from index.reranking.word_match import KERNELS, WordMatch
from index.text.normalizer import Normal
from index.text.statements import asks_whether, rule_bit


def word_features(question: Normal, wanted: int, match: WordMatch) -> Mapping[str, Values]:
    """By name, [clauses]; `wanted` are the bits of what the question asks for.

    What is no cosine: `lacks_asked` is 1 where no sentence states it all, `rules_whether` 1 where the question asks
    whether and a sentence says what may or must be done, and `log_sentences` grows with the clause.
    """
    rules = (match.states & rule_bit()) > 0
    return {
        "words": match.mean,
        "sentence": match.sentence,
        "sentence_cubed": match.cubed,
        "sentence_in_context": match.in_context,
        "sentence_stating": match.stating,
        "lacks_asked": ((match.states & wanted) != wanted).astype(np.float32),
        "rules_whether": (rules & asks_whether(question)).astype(np.float32),
        "log_sentences": np.log(match.sentences),
        **{f"near_{mu:g}": values for mu, values in zip(KERNELS, match.kernels, strict=True)},
    }
