"""How large an event's letters may be so that it takes one A4 page, from how much it says.

The limits were found by printing the shipped events in both languages, with and without a place, and leave some room
for broader fonts. What is longer than any shipped event may take a second page.
"""

import unicodedata
from collections.abc import Iterator, Sequence

from assistant.composition.answer_blocks import gist_of, name_of
from assistant.messages import Messages
from ui.event.steps import EventStep, StepClause

# Fifths of the height of a letter, by the class that the style sheet sizes letters by, the largest first.
_LIMITS = {"large": 5800, "roomy": 8600, "even": 12000, "dense": 16200}
_SMALLEST = "tight"
_PER_BLOCK = 70  # what a step or clause loses at the end of its last line


def print_size(steps: Sequence[EventStep], words: Messages) -> str:
    """The class of the largest letters in which these steps fit; of the smallest there are where they fit in none."""
    length = sum(_PER_BLOCK + sum(map(_width, texts)) for texts in _texts(steps, words))
    return next((name for name, most in _LIMITS.items() if length <= most), _SMALLEST)


def _texts(steps: Sequence[EventStep], words: Messages) -> Iterator[tuple[str, ...]]:
    for step in steps:
        yield (step.name,)
        for one in step.clauses:
            yield tuple(_of_clause(one, words))


def _of_clause(one: StepClause, words: Messages) -> Iterator[str]:
    yield name_of(one.record, words) if one.record else one.clause.title
    yield words.places(one.clause.jurisdiction)
    yield from (one.number, one.elsewhere, one.not_in_force)
    if one.record and not one.told_in:
        yield gist_of(one.record, words)


def _width(text: str) -> int:
    """In fifths: a Chinese character is as broad as it is high, one of another script three fifths of that."""
    return sum(5 if unicodedata.east_asian_width(character) in "WFA" else 3 for character in text)
