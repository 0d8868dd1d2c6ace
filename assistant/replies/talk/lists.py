"""The items that a clause lists: its numbered points, or those inside one of them."""

from collections.abc import Iterator, Sequence

from corpus.clause import Clause, Part


def listed_in(clause: Clause) -> tuple[Part, ...]:
    """The first list of two items or more whose numbers the text prints; a 款, which prints none, is no item."""
    return next((parts for parts in _siblings(clause.parts) if len(parts) > 1 and all(map(_is_printed, parts))), ())


def _siblings(parts: Sequence[Part]) -> Iterator[tuple[Part, ...]]:
    """Points that stand side by side, the outer ones first."""
    yield tuple(parts)
    for part in parts:
        yield from _siblings(part.parts)


def _is_printed(part: Part) -> bool:
    return part.text.lstrip().startswith(part.number)
