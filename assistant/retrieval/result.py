"""The flow types of retrieval: what is searched, and what was found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from assistant.answer import Reason
from assistant.question.places import PlaceFilter
from assistant.question.question import Reading
from corpus.clause import Clause
from index.query import Query
from index.retriever import Hit, Scope


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to take a question: in its conversation, by itself, for the places spoken of or for any."""

    query: Query
    joined: Query | None  # the question behind the earlier questions, tried beside it
    places: PlaceFilter
    scope: Scope
    abandoned_places: tuple[str, ...] = ()  # spoken of before, and left out in this way
    same_question: bool = False  # in other words than it was asked, so that it counts as soon as it is answered


def no_hit() -> None:
    """Where nothing can lie outside what was searched."""
    return


@dataclass(frozen=True, slots=True)
class RetrievalResult:
    """What one candidate found, best first."""

    reading: Reading
    candidate: Candidate
    query: Query  # what answered: the candidate's query, or that behind the earlier questions
    used_history: bool
    hits: Sequence[Hit]
    find_outside_scope: Callable[[], Hit | None] = no_hit  # searched when first asked for
    best_per_place: tuple[Hit, ...] = ()  # of each place, where the question names several
    named_part_ids: tuple[str, ...] = ()  # parts of the first clause that the question names without the clause

    @property
    def best_outside_scope(self) -> Hit | None:
        """The best clause of another place, or document, where it scores above all of these."""
        return self.find_outside_scope()

    @property
    def places(self) -> PlaceFilter:
        return self.candidate.places

    @property
    def place_not_covered(self) -> bool:
        """Whether the question is about places for which no document can answer."""
        return self.places.only_missing and not self.places.everywhere

    @property
    def quoted_whole(self) -> tuple[str, ...]:
        """Ids of the clauses and parts that were asked for as such."""
        return (*self.reading.references.ids, *self.named_part_ids)


class Judgement(NamedTuple):
    """Whether what was found is an answer."""

    confidence: float  # probability that the first hit answers; 1 for a clause asked for by its number
    reason: Reason | None  # why there is no answer; None where the first hits answer


@dataclass(frozen=True, slots=True)
class Lookup:
    """Everything worked out for one question before words are found for it."""

    result: RetrievalResult
    judge: Callable[[], Judgement]  # judged when first asked for: a search lists what it finds, sure or not

    @property
    def confidence(self) -> float:
        return self.judge().confidence

    @property
    def reason(self) -> Reason | None:
        return self.judge().reason

    @property
    def reading(self) -> Reading:
        return self.result.reading

    @property
    def first(self) -> Clause | None:
        """The clause that comes first, whether or not it answers."""
        return self.result.hits[0].clause if self.result.hits else None


def share_of(score: float, share: float) -> float:
    """The score that is this share of another; of one below 0, which a re-ranker gives, as far beneath it as of its
    opposite, so that a share of at most 1 is never more than the score itself.
    """
    return score - (1 - share) * abs(score)
