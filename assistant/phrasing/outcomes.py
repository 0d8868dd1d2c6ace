"""What became of the replies of a model, in words of which there are few, until somebody counts them."""

from collections import Counter
from collections.abc import Mapping
from threading import Lock

Outcome = tuple[str, str]  # phrased, refused or failed; and why


class Outcomes:
    """Counts outcomes between two looks. Safe from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._counts: Counter[Outcome] = Counter()

    def add(self, outcome: str, reason: str = "") -> None:
        """One more."""
        with self._lock:
            self._counts[outcome, reason] += 1

    def take(self) -> Mapping[Outcome, int]:
        """How many there were since this was last asked."""
        with self._lock:
            taken, self._counts = self._counts, Counter()
        return taken
