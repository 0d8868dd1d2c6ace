"""Which question to ask next: the one that is expected to settle most of the entries that are still open.

Over what may be answered, each answer as likely as any other (of a question with several, one at a time; of a number,
each stretch between the bounds that some condition draws), the entries are counted that would be settled. A tie goes
to the question that stands in more open conditions, then to the earlier one. Only what no answer was given to and what
matters to who answers is asked; where no question stands in an open condition, none is.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.matching.answers import Answer, Answers, Profile
from assistant.matching.evaluation import Evaluation, leaves
from corpus.records.condition import ApplyRecord, Leaf
from corpus.records.profile import ProfileQuestion


@dataclass(frozen=True, slots=True)
class Next:
    """A question, the number of entries it is expected to settle, and how many are open."""

    question: ProfileQuestion
    settles: float
    open: int


class Questions:
    """The questions of a profile over some records."""

    def __init__(self, profile: Profile, records: Sequence[ApplyRecord]) -> None:
        self._profile = profile
        self._cases = {record.id: dict(self._of(record)) for record in records}

    def askable(
        self, records: Iterable[ApplyRecord], answers: Answers, skipped: Collection[str] = ()
    ) -> Mapping[str, Sequence[ApplyRecord]]:
        """By key of a question that can be asked now, the records it stands open in; in order of the profile."""
        now = Evaluation(self._profile, answers)
        found: dict[str, list[ApplyRecord]] = {key: [] for key in self._profile}
        for record in records:
            for key in dict.fromkeys(now.to_ask(leaf) for leaf in now.deciding(record.needs)):
                if key is not None and key not in answers and key not in skipped:
                    found[key].append(record)
        return {key: standing for key, standing in found.items() if standing}

    def best(
        self, open_in: Mapping[str, Sequence[ApplyRecord]], records: Sequence[ApplyRecord], answers: Answers
    ) -> Next:
        """The best of the questions that `askable` gives, at least one, for records that are not settled."""
        worth = {key: self._expected(key, records, answers) for key in open_in}
        best = max(open_in, key=lambda key: (worth[key], len(open_in[key])))  # of equals the first
        return Next(self._profile[best], worth[best], len(records))

    def _expected(self, key: str, records: Iterable[ApplyRecord], answers: Answers) -> float:
        total = 0.0
        for record in records:
            for answer, share in self._cases[record.id].get(key, ()):
                then = Evaluation(self._profile, {**answers, key: answer})
                total += share * is_settled(record, then)
        return total

    def _of(self, record: ApplyRecord) -> Iterator[tuple[str, list[tuple[Answer, float]]]]:
        """The answers to each question of a record that it tells apart, each with its share of all."""
        asked = [leaf for leaf in leaves(record.needs) if leaf.key]
        named: dict[str, set[str]] = {}
        for leaf in asked:
            named.setdefault(leaf.key, set()).update(leaf.values)
            self._add_when(leaf.key, named)
        for key, values in named.items():
            question = self._profile[key]
            yield key, _choices(question, values) if question.number is None else _stretches(question, asked)

    def _add_when(self, key: str, named: dict[str, set[str]]) -> None:
        for other, values in self._profile[key].when:
            named.setdefault(other, set()).update(values)
            self._add_when(other, named)


def is_settled(record: ApplyRecord, evaluation: Evaluation) -> bool:
    """Whether nothing that can be answered is open in a record."""
    if evaluation.of(record.needs) is not None:
        return True
    return all(evaluation.to_ask(leaf) is None for leaf in evaluation.deciding(record.needs))


def _choices(question: ProfileQuestion, named: Collection[str]) -> list[tuple[Answer, float]]:
    """Each value that the record names, and one that stands for all others."""
    each = 1 / len(question.choices)
    others = [choice.value for choice in question.choices if choice.value not in named]
    found: list[tuple[Answer, float]] = [(frozenset({value}), each) for value in sorted(named)]
    return [*found, (frozenset({others[0]}), len(others) * each)] if others else found


def _stretches(question: ProfileQuestion, asked: Sequence[Leaf]) -> list[tuple[Answer, float]]:
    """A number of each stretch between the bounds."""
    assert question.number is not None
    bounds = {leaf.bound for leaf in asked if leaf.key == question.key}
    edges = sorted({question.number.least, question.number.most, *bounds})
    inside = [(low + high) / 2 for low, high in pairwise(edges)] or edges
    return [(number, 1 / len(inside)) for number in inside]
