"""Which weeks somebody asks for, by any of their days."""

from datetime import date, timedelta

from assistant.feedback.statistics import Span
from assistant.messages import Messages
from corpus.errors import InputError

_WEEKS = 26  # where nothing is asked for: about as long as rows are kept
MOST_WEEKS = 156


def default_span(today: date) -> Span:
    """The last half year, this week included."""
    return Span.holding(today - timedelta(weeks=_WEEKS - 1), today)


def asked_span(first: str, last: str, today: date, words: Messages) -> Span:
    """The whole weeks that hold the days from `first` to `last`, as ISO 8601 writes them; "" for the default's.

    Weeks to come are left out. Raises InputError for what is no day, an end before the beginning, too many weeks.
    """
    end = min(_day(last, words) or today, today)
    span = Span.holding(_day(first, words) or end - timedelta(weeks=_WEEKS - 1), end)
    if span.first > span.last:
        raise InputError(words("overview.fault.order"))
    if (span.last - span.first).days // 7 >= MOST_WEEKS:
        raise InputError(words("overview.fault.long", most=MOST_WEEKS))
    return span


def _day(text: str, words: Messages) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise InputError(words("overview.fault.day")) from error
