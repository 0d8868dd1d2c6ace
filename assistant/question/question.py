"""A question, read once: everything the later steps want to know of it, worked out here and handed on."""

from collections.abc import Set
from dataclasses import dataclass, field
from datetime import date

from assistant.answer import Reason, Understood
from assistant.question.places import PlaceFilter
from assistant.question.recalled import Recalled
from assistant.question.talk import Act
from corpus.addresses.clause_references import ClauseReferences
from corpus.validity import today
from index.query import Query, Text
from index.text.answer_types import AnswerType
from index.text.normalizer import Normal


@dataclass(frozen=True, slots=True)
class Law:
    """Which texts may answer: those in force on a day before others, or all of them alike."""

    as_of: date = field(default_factory=today)
    include_repealed: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as understood.

    `refusal` is set where there is nothing to search. `refers_back` says that the question names no matter of its own
    (「需要什么材料」), so that only `in_context` can be searched.
    """

    text: str  # as asked
    meant: str  # the question alone: without personal data, in characters, homophones corrected
    normal: Normal  # the same in normal form
    bare: Text  # the same without the words that name documents and clauses
    language: str  # code of the language to answer in
    intents: Set[str]
    expected: tuple[AnswerType, ...]  # what kinds of things it asks for
    places: PlaceFilter
    own_places: PlaceFilter  # the same without what was said before
    references: ClauseReferences
    alone: Query  # the question by itself
    in_context: Query | None = None  # behind the earlier questions, where there are some
    unplaced: Query | None = None  # the same question without the places that only say for where it is asked
    documents: frozenset[str] | None = None  # what the caller or the question limits the search to
    admitted: frozenset[str] | None = None  # what is searched first: of these, or of all, those in force
    in_force: frozenset[str] | None = None  # every document in force; None where all are
    law: Law = field(default_factory=Law)
    recalls: tuple[Recalled, ...] = ()  # texts no longer in force that it tells by a sum or a year
    refers_back: bool = False
    refusal: Reason | None = None
    act: Act | None = None  # what it wants of the talk, where it is about nothing else

    @property
    def matter(self) -> Normal:
        """What is asked, in normal form, without the words that name documents and clauses."""
        return self.alone.normal if self.references.spans else self.normal

    def understood(self, query: Query, places: PlaceFilter, *, used_history: bool) -> Understood:
        """What is shown of it, once the query that answers has been chosen."""
        reference = next(iter(self.references.ids), None)
        return Understood(query.text, places.covered, reference, used_history)
