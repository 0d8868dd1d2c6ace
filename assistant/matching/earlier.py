"""What was in service before a day: the generation of that time where it is kept, else what audit and facts leave.

A generation that is still on the disk is read as it was. Of one that is not, the documents that publications since then
added or changed count as not there. Before the first publication, which is taken to have brought what had been there,
and where none is used, nothing is known of what was shown, and the documents' own days decide: one whose first day in
force, or else day of issue, lies before the day was there, and so was one that states neither.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from assistant.matching.answers import Answers
from assistant.matching.matcher import Matcher
from assistant.matching.verdict import Applicability, Entry
from assistant.publication import audit
from assistant.publication.generations import SWITCHES, Generations, Manifest
from assistant.publication.opening import corpus_in
from assistant.service import Assistant
from corpus.clause import Document
from corpus.clock import CHINA
from corpus.errors import PolicyQAError
from corpus.library.place import DOCUMENTS, generations_folder
from corpus.records.services import read_services

_KEPT = 4  # generations that are kept in memory


@dataclass(frozen=True, slots=True)
class State:
    """What people are shown on a day."""

    matcher: Matcher
    as_of: date
    absent: frozenset[str] = frozenset()  # ids of documents that are not there yet

    def holding(self, answers: Answers, places: Sequence[str] = ()) -> Iterator[Entry]:
        """The entries that apply or may apply."""
        for entry in self.matcher.match(answers, places, self.as_of, ask=False).entries:
            if entry.verdict is not Applicability.NOT and entry.clause.document_id not in self.absent:
                yield entry


@dataclass(frozen=True, slots=True)
class Published:
    """One publication: the day in China, what it put in service, and the documents that it added or changed."""

    day: date
    generation: int | None
    documents: frozenset[str] = frozenset()


class History:
    """What an assistant's library was on earlier days. Safe from several threads."""

    def __init__(self, assistant: Assistant, matcher: Matcher) -> None:
        self._matcher = matcher
        self._library = assistant.settings.library_folder
        self._manifest: Manifest | None = assistant.published.manifest if assistant.published else None
        self._generation = lru_cache(_KEPT)(self._read)

    def before(self, day: date) -> State:
        """The state as the day began."""
        eve = date.fromordinal(max(day.toordinal() - 1, 1))
        publications = self.publications()
        earlier = [one.generation for one in publications if one.day < day and one.generation is not None]
        if earlier and (matcher := self._matcher_of(earlier[-1])):
            return State(matcher, eve)
        own = ((one.id, own_day(one)) for one in self._matcher.corpus.documents)
        absent = {id_ for id_, first in own if first is not None and first >= day}
        first_of_all = publications[0].generation if publications and not earlier else None
        if first_of_all is not None and (matcher := self._matcher_of(first_of_all)):  # it brought what had been there
            return State(matcher, eve, frozenset(absent))
        later = publications[0 if earlier else 1 :]
        absent |= {id_ for one in later if one.day >= day for id_ in one.documents}
        return State(self._matcher, eve, frozenset(absent))

    def publications(self) -> Sequence[Published]:
        """The publications that the audit record names, and the one in service; the oldest first."""
        if self._manifest is None:
            return ()
        found = list(map(_published, filter(_names_a_switch, audit.events(self._library))))
        if self._manifest.number not in {one.generation for one in found}:  # not written down yet
            touched = frozenset((*self._manifest.added, *self._manifest.changed))
            found.append(Published(_day(self._manifest.created), self._manifest.number, touched))
        return found

    def _matcher_of(self, number: int) -> Matcher | None:
        if self._manifest and number == self._manifest.number:
            return self._matcher
        try:
            return self._generation(number)
        except (PolicyQAError, OSError):
            return None  # dropped or damaged: what the audit record says of it is left

    def _read(self, number: int) -> Matcher:
        generations = Generations(generations_folder(self._library))
        pointer, manifest = generations.find(number)
        folder = generations.folder / pointer.name
        corpus = corpus_in(folder, manifest)
        return Matcher(corpus, read_services(folder / DOCUMENTS, corpus))


def own_day(document: Document) -> date | None:
    """The day from which a document counts by its own words."""
    return document.effective or document.issued


def _names_a_switch(event: dict[str, Any]) -> bool:
    return event.get("event") in SWITCHES and isinstance(event.get("time"), str)


def _published(event: dict[str, Any]) -> Published:
    number = event.get("generation")
    touched = (*(event.get("added") or ()), *(event.get("changed") or ()))
    return Published(_day(event["time"]), number if isinstance(number, int) else None, frozenset(touched))


def _day(time: str) -> date:
    """The day in China of a moment in ISO 8601."""
    try:
        return datetime.fromisoformat(time).astimezone(CHINA).date()
    except ValueError:
        return date.min
