"""Everything that is written beside the texts for guidance: who a clause is for, events, forms, channels, guides.

A folder of documents may hold `id.apply.yaml` beside a document and a sub-folder `records`:

    records/profile.yaml  events.yaml  channels.yaml  holidays.yaml  forms/*.yaml  guides/*.yaml  departments.csv

Of a file that a folder has not, the shipped one counts; what it says of documents that are not there is left out.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TypeVar

from corpus.corpus import Corpus
from corpus.errors import DocumentError, NotFoundError
from corpus.load import SHIPPED
from corpus.readers.folder import SERVICES, find_files
from corpus.readers.limits import read_file
from corpus.reading import document_id
from corpus.records.calendar import Calendar
from corpus.records.channels import Channel, read_channels
from corpus.records.condition import ApplyRecord, read_conditions
from corpus.records.contradiction import can_be_true
from corpus.records.departments import Department, read_departments
from corpus.records.events import Event, read_events
from corpus.records.forms import Form, read_form
from corpus.records.guides import Guide, read_guide
from corpus.records.hours import Year, read_holidays
from corpus.records.nodes import Read
from corpus.records.profile import ProfileQuestion, read_profile

T = TypeVar("T")
FILES = ("profile.yaml", "events.yaml", "channels.yaml", "holidays.yaml", "departments.csv")  # in the sub-folder
FOLDERS = ("forms/", "guides/")  # in it, with a file each
_PROFILE = "profile.yaml"
PROFILE = Path(SERVICES, _PROFILE)  # in a folder of documents
_NEVER = (
    "这些条件不可能同时成立，请改正。these conditions can never be true together; correct one, or put them below `any`"
)


@dataclass(frozen=True)
class Services:
    """The records of a corpus, and every fault of theirs."""

    profile: tuple[ProfileQuestion, ...] = ()
    conditions: tuple[ApplyRecord, ...] = ()  # in order of the clauses
    events: tuple[Event, ...] = ()
    forms: tuple[Form, ...] = ()
    channels: tuple[Channel, ...] = ()
    guides: tuple[Guide, ...] = ()
    holidays: tuple[Year, ...] = ()
    faults: tuple[DocumentError, ...] = ()
    departments: tuple[Department, ...] = ()  # of the office; none are shipped
    files: tuple[Path, ...] = field(default=(), compare=False)  # all that was read, those beside the documents last

    @cached_property
    def form_by_id(self) -> Mapping[str, Form]:
        """The forms by their ids."""
        return {form.id: form for form in self.forms}

    @cached_property
    def event_by_id(self) -> Mapping[str, Event]:
        """The events by their ids."""
        return {event.id: event for event in self.events}

    @cached_property
    def calendar(self) -> Calendar:
        """Which days are worked."""
        return Calendar(self.holidays)

    def event(self, id_: str) -> Event:
        """The event of this id. Raises NotFoundError."""
        try:
            return self.event_by_id[id_]
        except KeyError:
            message = f"没有一件事 {id_}，编号见 /v1/events。No life event {id_}; see /v1/events."
            raise NotFoundError(message, "event") from None

    @cached_property
    def guide_by_clause(self) -> Mapping[str, Guide]:
        """The guide of each clause that has one, the first where there are several."""
        return {id_: guide for guide in reversed(self.guides) for id_ in guide.clauses}

    def checked(self) -> "Services":
        """These records. Raises DocumentError that names every fault, where there is one."""
        if self.faults:
            raise DocumentError("\n".join(map(str, self.faults)))
        return self


def read_services(folder: Path | None, corpus: Corpus) -> Services:
    """The records beside the documents of a folder, the shipped ones without one. Faults are in the result."""
    return _Reading(SHIPPED if folder is None else folder, corpus).services()


def read_profile_in(folder: Path | None) -> tuple[ProfileQuestion, ...]:
    """The questions that conditions beside the documents of a folder may ask; those of the questions that are sound."""
    home = SHIPPED if folder is None else folder
    path = {**_named(SHIPPED), **_named(home)}[_PROFILE]
    return read_profile(read_file(path, path.parent), str(path))[0]


def possible_conditions(
    data: bytes, path: str, document_id: str, corpus: Corpus, profile: Mapping[str, ProfileQuestion]
) -> Read[ApplyRecord]:
    """The conditions of one document that can be true, and every fault of the file."""
    records, faults = read_conditions(data, path, document_id, corpus, profile)
    never = [record for record in records if not can_be_true(record.needs, profile)]
    wrong = (DocumentError(f"{path}:{record.line}: {_NEVER}") for record in never)
    return tuple(record for record in records if record not in never), (*faults, *wrong)


def described_documents(folder: Path | None) -> frozenset[str]:
    """The ids of the documents beside which somebody has written who their clauses are for."""
    files = find_files(SHIPPED if folder is None else folder).documents
    return frozenset(document_id(file.path) for file in files if file.conditions is not None)


@cache
def shipped_channels() -> tuple[Channel, ...]:
    """The channels of the shipped file that belong to no document."""
    path = SHIPPED / SERVICES / "channels.yaml"
    return read_channels(path.read_bytes(), str(path), Corpus((), ()))[0]


class _Reading:
    """A folder of documents while its records are read."""

    def __init__(self, folder: Path, corpus: Corpus) -> None:
        self._folder = folder
        self._corpus = corpus
        self._files = find_files(folder)
        self._named = {**_named(SHIPPED), **_named(folder)}
        self._faults: list[DocumentError] = []

    def services(self) -> Services:
        """All families, in the order in which they refer to one another."""
        profile = self._all(self._one(_PROFILE), read_profile)
        is_sound, corpus = not self._faults, self._corpus  # else every condition would seem to ask what is not there
        return Services(
            profile=profile,
            conditions=self._conditions(profile) if is_sound else (),
            events=self._all(self._one("events.yaml"), lambda data, path: read_events(data, path, corpus)),
            forms=self._all(self._many(FOLDERS[0]), lambda data, path: read_form(data, path, corpus)),
            channels=self._all(self._one("channels.yaml"), lambda data, path: read_channels(data, path, corpus)),
            guides=self._all(self._many(FOLDERS[1]), lambda data, path: read_guide(data, path, corpus)),
            holidays=self._all(self._one("holidays.yaml"), read_holidays),
            departments=self._all(self._one("departments.csv"), read_departments),
            faults=tuple(self._faults),
            files=(*self._named.values(), *filter(None, (file.conditions for file in self._files.documents))),
        )

    def _conditions(self, profile: tuple[ProfileQuestion, ...]) -> tuple[ApplyRecord, ...]:
        questions = {question.key: question for question in profile}
        found: dict[str, ApplyRecord] = {}
        for file in self._files.documents:
            if file.conditions is not None:
                id_ = document_id(file.path)
                read = partial(possible_conditions, document_id=id_, corpus=self._corpus, profile=questions)
                found |= {record.id: record for record in self._all([file.conditions], read)}
        order = {key: place for place, key in enumerate(_keys(self._corpus))} if found else {}
        return tuple(sorted(found.values(), key=lambda record: order[record.id]))

    def _one(self, name: str) -> list[Path]:
        return [self._named[name]] if name in self._named else []

    def _many(self, start: str) -> list[Path]:
        return [path for name, path in sorted(self._named.items()) if name.startswith(start)]

    def _all(self, paths: Iterable[Path], read: Callable[[bytes, str], Read[T]]) -> tuple[T, ...]:
        """What these files hold, in order; their faults are kept."""
        found: list[T] = []
        for path in paths:
            try:
                records, faults = read(read_file(path, path.parent), str(path))
            except DocumentError as error:
                records, faults = (), (error,)
            found += records
            self._faults += faults
        return tuple(found)


def _named(folder: Path) -> dict[str, Path]:
    """The files of the sub-folder by their names in it."""
    home = folder / SERVICES
    return {path.relative_to(home).as_posix(): path for path in find_files(folder).services}


def _keys(corpus: Corpus) -> Iterator[str]:
    """The ids of all clauses and parts, in order of the texts."""
    for clause in corpus.clauses:
        yield clause.id
        yield from (part.id for part in clause.all_parts())
