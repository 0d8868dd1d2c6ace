"""What a layer is made of: texts of clauses, counted and encoded, before other documents weigh on them.

Idf and the nearness of neighbours come later, when all texts are together (`index.layer`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.encoder.encoder import Encoder
from index.engines.dense import PassageVectors, encode_passages, joined_passages
from index.engines.passages import Passage, PassageOwners
from index.engines.term_counts import TermCounts, collected_counts, count_terms, joined_counts
from index.text.tokenizer import tokenize


@dataclass(frozen=True, slots=True)
class LayerTexts:
    """One text of each of some clauses. Positions are those of the clauses that the texts were read from."""

    covered: NDArray[np.int32]  # [texts] the clause of each, ascending, each once
    counts: TermCounts  # [texts]
    passages: PassageVectors  # of these clauses, as they were encoded


def texts_of_lines(
    lines: Sequence[Passage], encoder: Encoder, read: Callable[[str], Sequence[str]] = tokenize
) -> LayerTexts:
    """The texts in lines in order of their clauses; a clause without any is not covered. `read` gives their tokens."""
    covered = sorted({line.clause for line in lines})
    tokens: dict[int, list[str]] = {position: [] for position in covered}
    for line in lines:
        tokens[line.clause] += read(line.text)
    counts = count_terms(tokens.values())
    return LayerTexts(np.array(covered, np.int32), counts, encode_passages(lines, encoder))


def joined_texts(parts: Sequence[LayerTexts], firsts: Sequence[int]) -> LayerTexts:
    """The texts of all parts; the first clause of each stands at this position among all clauses."""
    if len(parts) == 1:
        return parts[0]
    covered = [part.covered + np.int32(first) for part, first in zip(parts, firsts, strict=True)]
    counts = joined_counts([part.counts for part in parts])
    passages = joined_passages([part.passages for part in parts], firsts)
    return LayerTexts(np.concatenate(covered), counts, passages)


def beside(one: LayerTexts, other: LayerTexts) -> LayerTexts:
    """The texts of the same clauses as one: of each clause the lines of the first before those of the second."""
    covered = np.union1d(one.covered, other.covered)
    rows = np.searchsorted(covered, np.concatenate([one.covered, other.covered]))
    counts = collected_counts(joined_counts([one.counts, other.counts]), rows, len(covered))
    both = joined_passages([one.passages, other.passages], (0, 0))
    order = np.argsort(both.owners.clause, kind="stable")
    owners = PassageOwners(both.owners.clause[order], both.owners.part[order], both.owners.field[order])
    return LayerTexts(covered, counts, PassageVectors(owners, both.vectors[order]))
