"""What is new for somebody since a day: what applies or may apply now and did not before, or says something else.

Two full matches are set side by side, of the state as the day began and of the state today, so that nothing is missed
and nothing is told twice: a document added, changed, repealed by another or taking effect, and a condition corrected.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from urllib.parse import quote

from assistant.matching.answers import Answers
from assistant.matching.earlier import History, State, own_day
from assistant.matching.matcher import Matcher
from assistant.matching.verdict import Entry
from assistant.service import Assistant
from corpus.errors import InputError
from corpus.validity import today


@dataclass(frozen=True, slots=True)
class Change:
    """An entry that is new to somebody, and the day from which it counts."""

    entry: Entry
    day: date

    @property
    def id(self) -> str:
        """The same for the same words of the same clause, whenever it is asked for."""
        digest = sha256(_words(self.entry).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return f"urn:policyqa:match:{quote(self.entry.record.id, safe=':')}:{digest}"


class Matching:
    """The matcher over what an assistant serves, and what has changed in it; made when first asked for."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    @cached_property
    def matcher(self) -> Matcher:
        """The matcher."""
        return Matcher(self._assistant.corpus, self._assistant.services)

    @cached_property
    def history(self) -> History:
        """What was in service earlier."""
        return History(self._assistant, self.matcher)

    def changes(self, since: date, answers: Answers, places: Sequence[str] = ()) -> list[Change]:
        """What is new since a day, that day included; the latest first. Raises InputError for a day to come."""
        if since > (now := today()):
            raise InputError(
                "这一天还没有到，请写今天或以前的日期。This day is still to come; give an earlier one.", "since"
            )
        found = new_entries(State(self.matcher, now), self.history.before(since), answers, places)
        changes = [Change(entry, self._day(entry, since)) for entry in found]
        return sorted(changes, key=lambda change: change.day, reverse=True)

    def _day(self, entry: Entry, since: date) -> date:
        """Of the last publication that brought the document, or its own; the day asked for where none is known."""
        id_ = entry.clause.document_id
        published = [one.day for one in self.history.publications() if id_ in one.documents]
        own = own_day(self.matcher.corpus.document(id_))
        known = [day for day in (*published, own) if day is not None and since <= day <= today()]
        return max(known, default=since)


def new_entries(now: State, before: State, answers: Answers, places: Sequence[str] = ()) -> list[Entry]:
    """What applies or may apply now, and did not before or in other words."""
    known = {entry.record.id: _words(entry) for entry in before.holding(answers, places)}
    return [entry for entry in now.holding(answers, places) if known.get(entry.record.id) != _words(entry)]


def _words(entry: Entry) -> str:
    return (entry.part or entry.clause).text
