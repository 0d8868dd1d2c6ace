"""Kleene's strong three-valued logic: true, false, and None for what is not known.

S. C. Kleene, Introduction to Metamathematics, 1952, § 64. Both connectives are monotone: to learn what was unknown
never turns a true into a false one or back. So what is false stays false under every completion of the answers.
"""

from collections.abc import Iterable

Truth = bool | None


def all_of(truths: Iterable[Truth]) -> Truth:
    """Conjunction: false where one is false, else unknown where one is unknown."""
    unknown = False
    for one in truths:
        if one is False:
            return False
        unknown |= one is None
    return None if unknown else True


def any_of(truths: Iterable[Truth]) -> Truth:
    """Disjunction: true where one is true, else unknown where one is unknown."""
    unknown = False
    for one in truths:
        if one is True:
            return True
        unknown |= one is None
    return None if unknown else False
