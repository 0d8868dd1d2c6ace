"""How well questions are put together, as a value over labels: B³ of Bagga and Baldwin.

Source: Bagga & Baldwin, Entity-Based Cross-Document Coreferencing Using the Vector Space Model, ACL 1998. For each
item, precision is the share of its found cluster that shares its label, recall the share of its label that is in its
found cluster; both are means over all items, F1 is their harmonic mean. All lie in 0..1, higher is better.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BCubed:
    """B³ of one clustering; of no item at all everything is 0."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def b_cubed(labels: Sequence[Hashable], found: Sequence[Hashable]) -> BCubed:
    """B³ of the found clusters beside the labels, one of each an item. Raises ValueError unless as many."""
    pairs = list(zip(labels, found, strict=True))
    if not pairs:
        return BCubed(0.0, 0.0)
    together, labelled, clustered = Counter(pairs), Counter(labels), Counter(found)
    precision = sum(number * number / clustered[cluster] for (_, cluster), number in together.items())
    recall = sum(number * number / labelled[label] for (label, _), number in together.items())
    return BCubed(precision / len(pairs), recall / len(pairs))
