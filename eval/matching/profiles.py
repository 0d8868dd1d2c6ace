"""Profiles drawn at random, as people might be: for measuring how many questions it takes.

Of a question with choices one is taken; of one with several the last, which says that none of the others is true, half
of the time, else one or two. A number lies near its lower end. What does not matter to somebody is not answered.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from assistant.matching.answers import Answer
from assistant.matching.evaluation import Evaluation
from assistant.matching.matcher import Matcher
from corpus.records.profile import ProfileQuestion

_NONE, _TWO = 0.5, 0.3  # shares


@dataclass(frozen=True, slots=True)
class Drawn:
    """Somebody who could answer every question that matters to them."""

    answers: dict[str, Answer]
    places: tuple[str, ...]


def draw_profiles(matcher: Matcher, count: int, seed: int = 0) -> Iterator[Drawn]:
    """So many profiles, the same for the same seed; each place of the corpus, and none, is as likely as any other."""
    random = Random(seed)
    places: Sequence[tuple[str, ...]] = ((), *((place,) for place in matcher.corpus.places))
    for _ in range(count):
        answers: dict[str, Answer] = {}
        for key, question in matcher.profile.items():
            if Evaluation(matcher.profile, answers).matters(key):
                answers[key] = _drawn(question, random)
        yield Drawn(answers, random.choice(places))


def questions_to_settle(matcher: Matcher, drawn: Drawn, share: float = 1) -> int:
    """How many questions are asked of somebody until no further answer can change this share of the entries."""
    path = matcher.path(drawn.answers, drawn.places)
    for count in range(len(path)):
        given = {key: drawn.answers[key] for key in path[:count]}
        entries = matcher.match(given, drawn.places, ask=False).entries
        if sum(entry.settled for entry in entries) >= share * len(entries):
            return count
    return len(path)


def _drawn(question: ProfileQuestion, random: Random) -> Answer:
    if question.number is not None:
        least, most = question.number.least, question.number.most
        return float(round(least + (most - least) * random.random() ** 3))
    values = [choice.value for choice in question.choices]
    if not question.several:
        return frozenset({random.choice(values)})
    if random.random() < _NONE or len(values) < 3:
        return frozenset({values[-1]})
    return frozenset(random.sample(values[:-1], 2 if random.random() < _TWO else 1))
