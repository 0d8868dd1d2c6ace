"""Whether a condition can be true at all: an office that writes `kind` twice in one `needs` would exclude everybody."""

from collections.abc import Iterator, Mapping
from itertools import islice, product

from corpus.records.condition import Condition, Leaf, Test
from corpus.records.profile import ProfileQuestion

_MOST = 10_000  # ways in which it may be met that are looked at; what has more is taken to be possible


def can_be_true(condition: Condition, profile: Mapping[str, ProfileQuestion]) -> bool:
    """Whether some answers to these questions meet it, whatever an office decides where it is judged."""
    ways = list(islice(_ways(condition), _MOST))
    return len(ways) == _MOST or any(_are_together(way, profile) for way in ways)


def _ways(condition: Condition) -> Iterator[tuple[Leaf, ...]]:
    """The sets of leaves each of which meets the condition."""
    if isinstance(condition, Leaf):
        yield (condition,)
    elif condition.any:
        for need in condition.needs:
            yield from _ways(need)
    else:
        for ways in product(*(list(islice(_ways(need), _MOST)) for need in condition.needs)):
            yield tuple(leaf for way in ways for leaf in way)


def _are_together(way: tuple[Leaf, ...], profile: Mapping[str, ProfileQuestion]) -> bool:
    """Whether one set of answers meets all leaves."""
    asked = [leaf for leaf in way if leaf.test is not Test.JUDGED]
    keys = {leaf.key for leaf in asked}
    wanted: dict[str, list[tuple[str, ...]]] = {}  # for each question the lists of which an answer must be one
    for leaf in asked:
        if leaf.test is Test.IS:
            wanted.setdefault(leaf.key, []).append(leaf.values)
    waiting, reached = list(keys), set(keys)
    while waiting:  # to whom a question does not matter what it asks for is false
        for key, values in profile[waiting.pop()].when:
            wanted.setdefault(key, []).append(values)
            if key not in reached:
                reached.add(key)
                waiting.append(key)
    return all(_can_answer(profile[key], wanted.get(key, []), asked) for key in keys | wanted.keys())


def _can_answer(question: ProfileQuestion, wanted: list[tuple[str, ...]], asked: list[Leaf]) -> bool:
    """Whether an answer to one question meets all that is wanted of it."""
    mine = [leaf for leaf in asked if leaf.key == question.key]
    if question.number is not None:
        least = [leaf.bound for leaf in mine if leaf.test is Test.AT_LEAST]
        most = [leaf.bound for leaf in mine if leaf.test is Test.AT_MOST]
        return max(least, default=question.number.least) <= min(most, default=question.number.most)
    refused = {value for leaf in mine if leaf.test is Test.NOT for value in leaf.values}
    left = [choice.value for choice in question.choices if choice.value not in refused]
    if question.several:
        return bool(left) and all(set(left) & set(values) for values in wanted)
    return any(all(value in values for values in wanted) for value in left)
