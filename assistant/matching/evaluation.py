"""What the answers say of a condition: true, false or unknown, by which words, and what would have to be otherwise."""

from collections.abc import Iterator

from assistant.matching.answers import Answers, Profile
from assistant.matching.truth import Truth, all_of, any_of
from corpus.records.condition import Condition, Group, Leaf, Test
from corpus.records.profile import ProfileQuestion

_NEVER = 1000  # changes: more than any condition has leaves


class Evaluation:
    """Conditions under the answers of one profile.

    A question that does not matter to who answers (its `when` is answered otherwise) is not asked, and what asks for it
    is false; while that is unknown, it may be false. What an office judges is unknown, whatever is answered.
    """

    def __init__(self, profile: Profile, answers: Answers) -> None:
        self._profile = profile
        self._answers = answers
        self._matters: dict[str, Truth] = {}
        # By the identity of a condition, which is held too: to compare two takes as long as to judge one.
        self._truths: dict[int, tuple[Condition, Truth]] = {}

    def matters(self, key: str) -> Truth:
        """Whether the question of this key is to be asked at all."""
        if key not in self._matters:
            when = self._profile[key].when
            self._matters[key] = all_of(self._is_one_of(other, values) for other, values in when) if when else True
        return self._matters[key]

    def of(self, condition: Condition) -> Truth:
        """Whether a condition holds."""
        known = self._truths.get(id(condition))
        if known is None:
            known = self._truths[id(condition)] = condition, self._judged(condition)
        return known[1]

    def _judged(self, condition: Condition) -> Truth:
        if isinstance(condition, Group):
            return (any_of if condition.any else all_of)(map(self.of, condition.needs))
        if condition.test is Test.JUDGED:
            return None
        matters = self.matters(condition.key)
        return False if matters is False else all_of((matters, self._holds(condition)))

    def deciding(self, condition: Condition) -> Iterator[Leaf]:
        """The leaves that make it what it is: those that hold, that fail, or that are open."""
        if isinstance(condition, Leaf):
            yield condition
            return
        truth = self.of(condition)
        for one in condition.needs:
            if self.of(one) is truth:
                yield from self.deciding(one)

    def met(self, condition: Condition) -> Iterator[Leaf]:
        """Every leaf that holds, whether it decides or not."""
        return (leaf for leaf in leaves(condition) if self.of(leaf) is True)

    def to_ask(self, leaf: Leaf) -> str | None:
        """The question that must be answered first to know whether an open leaf holds; None for what is judged."""
        if leaf.test is Test.JUDGED:
            return None
        return self._first_open(self._profile[leaf.key])

    def excluded_by(self, leaf: Leaf) -> str | None:
        """The answered question because of which a leaf is not asked for, and so is false."""
        if leaf.test is Test.JUDGED or self.matters(leaf.key) is not False:
            return None
        return self._excluding(self._profile[leaf.key])

    def one_change(self, condition: Condition) -> tuple[Leaf, ...]:
        """The leaves of which one alone would have to be otherwise for a condition to be no longer false."""
        least, found = self._changes(condition)
        return found if least == 1 else ()

    def _changes(self, condition: Condition) -> tuple[int, tuple[Leaf, ...]]:
        """How many answers would have to be otherwise, and where it is one, each that would do."""
        if self.of(condition) is not False:
            return 0, ()
        if isinstance(condition, Leaf):
            return (_NEVER, ()) if self.matters(condition.key) is False else (1, (condition,))
        inside = [found for found in map(self._changes, condition.needs) if found[0]]
        if not condition.any:
            return sum(count for count, _ in inside), inside[0][1] if len(inside) == 1 else ()
        least = min(count for count, _ in inside)
        return least, tuple(leaf for count, found in inside if count == least for leaf in found)

    def _first_open(self, question: ProfileQuestion) -> str | None:
        for key, values in question.when:
            if self._is_one_of(key, values) is None:
                return self._first_open(self._profile[key])
        return question.key

    def _excluding(self, question: ProfileQuestion) -> str:
        """Its own `when` question, or the one further up that excludes that one."""
        for key, values in question.when:
            if self._is_one_of(key, values) is False:
                return self._excluding(self._profile[key]) if self.matters(key) is False else key
        return question.key

    def _is_one_of(self, key: str, values: tuple[str, ...]) -> Truth:
        answer = self._answers.get(key)
        answered = None if not isinstance(answer, frozenset) else not answer.isdisjoint(values)
        return all_of((self.matters(key), answered))

    def _holds(self, leaf: Leaf) -> Truth:
        answer = self._answers.get(leaf.key)
        if answer is None:
            return None
        if isinstance(answer, frozenset):
            return answer.isdisjoint(leaf.values) is (leaf.test is Test.NOT)
        return answer >= leaf.bound if leaf.test is Test.AT_LEAST else answer <= leaf.bound


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every leaf of a condition, in order."""
    if isinstance(condition, Leaf):
        yield condition
    else:
        for one in condition.needs:
            yield from leaves(one)
