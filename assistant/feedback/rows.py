"""What is read from the store of feedback."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """One answer that was given, with the last verdict on it; or a mark, or a verdict on an answer not known.

    None is what the row does not have. Times are in UTC.
    """

    time: datetime
    answer_id: str | None  # or the id of a mark
    question: str | None  # personal data masked
    language: str | None
    status: str | None
    reason: str | None  # why there was no answer
    clauses: str | None  # ids, space-separated: the cited ones, or the one that was marked
    index_version: str | None
    verdict: str | None
    verdict_reason: str | None
    comment: str | None
    verdict_time: datetime | None
    confidence: float | None  # of the answer, 0 to 1
    places: str | None  # that the question is about, space-separated
    topic: str | None  # what is left of the question when marks, blanks and capitals do not count
    follows: str | None  # the question that this one refers to, personal data masked
    follows_topic: str | None
    channel: str | None  # chat, api or console
    week: date | None  # its Monday, in China


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that the documents do not answer, as it was put last."""

    question: str
    count: int
    last: datetime
    reason: str  # a Reason; or "missing", where people say so of what was found
    follows: str | None = None  # the question that it refers to
