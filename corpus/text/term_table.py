"""The longest known term at a place of a text, or of a sequence of words."""

from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

S = TypeVar("S", str, tuple[str, ...])
V = TypeVar("V")


class TermTable(Generic[S, V]):
    """Terms by their first character (of a text) or first word (of a tuple of words). Immutable."""

    def __init__(self, terms: Mapping[S, V]) -> None:
        self._terms: dict[S, V] = {term: value for term, value in terms.items() if term}
        lengths: dict[str, set[int]] = {}
        for term in self._terms:
            lengths.setdefault(term[0], set()).add(len(term))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def matches(self, text: S, start: int) -> Iterator[tuple[S, V]]:
        """The terms that begin at this place, the longest first, each with its value."""
        for length in self._lengths.get(text[start], ()):
            term = text[start : start + length]
            if len(term) == length and term in self._terms:
                yield term, self._terms[term]

    def find(self, text: S) -> Iterator[tuple[int, S, V]]:
        """Start, term and value of the longest term at every place, left to right; terms do not overlap."""
        start = 0
        while start < len(text):
            for term, value in self.matches(text, start):
                yield start, term, value
                start += len(term)
                break
            else:
                start += 1
