"""Known terms in a text: at every place the longest one."""

from collections.abc import Callable, Iterable, Iterator

_HEAD = 2  # characters by which the lengths of terms are looked up


class Terms:
    """A set of terms, ready to be looked for; the empty term is none."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._terms = frozenset(filter(None, terms))
        lengths: dict[str, set[int]] = {}
        for term in self._terms:
            lengths.setdefault(term[:_HEAD], set()).add(len(term))
        self._lengths = {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()}

    def __contains__(self, term: str) -> bool:
        return term in self._terms

    def __len__(self) -> int:
        return len(self._terms)

    def at(self, text: str, start: int, stands: Callable[[int, int], bool] | None = None) -> int:
        """The end of the longest term that begins at `start`, and that `stands(start, end)` admits; else `start`."""
        for size in range(_HEAD, 0, -1):
            for length in self._lengths.get(text[start : start + size], ()):
                end = start + length
                if end <= len(text) and text[start:end] in self._terms and (stands is None or stands(start, end)):
                    return end
        return start


def longest_matches(
    text: str, terms: Terms, stands: Callable[[int, int], bool] | None = None
) -> Iterator[tuple[int, int]]:
    """Spans of the terms in a text, in order, without overlap: at every place the longest, then on behind it.

    `stands` may refuse a span, so that a shorter term, or one that begins later, is found there.
    """
    start = 0
    while start < len(text):
        end = terms.at(text, start, stands)
        if end > start:
            yield start, end
        start = max(end, start + 1)
