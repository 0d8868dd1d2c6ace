"""What hangs on the clauses that a change touches: plain-language records and saved questions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.lifecycle.differences import Change, Differences
from corpus.lifecycle.version import Version
from corpus.records.record import PlainRecord
from corpus.text.characters import fold


@dataclass(frozen=True, slots=True)
class SavedQuestion:
    """A question that an office keeps, with what answers it."""

    id: str
    question: str
    clauses: tuple[str, ...] = ()  # ids of clauses or parts
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Fate:
    """What has become of a clause or part of the older version."""

    id: str
    number: str  # as printed, of its clause
    change: Change
    now: str | None  # its id now, None where it is gone
    number_now: str | None


@dataclass(frozen=True, slots=True)
class TouchedRecord:
    """A record whose clause is no longer as it was when the record was written."""

    record: PlainRecord
    fate: Fate


@dataclass(frozen=True, slots=True)
class TouchedQuestion:
    """A saved question of which a wanted clause, or the quote, is no longer there as it was."""

    question: SavedQuestion
    fates: tuple[Fate, ...]
    quote_gone: bool


@dataclass(frozen=True, slots=True)
class Touched:
    """All that somebody has to look at; `kept` records are about clauses that are the same."""

    records: tuple[TouchedRecord, ...]
    questions: tuple[TouchedQuestion, ...]
    kept: int


def touched(found: Differences, old: Version, new: Version, questions: Iterable[SavedQuestion] = ()) -> Touched:
    """What a change from one version to another touches. Records that somebody has rewritten already are left out."""
    fates = [(record, _fate(record.id, found)) for record in old.records.values()]
    records = tuple(
        TouchedRecord(record, fate)
        for record, fate in fates
        if fate and fate.change is not Change.SAME and not _is_rewritten(record, fate, new)
    )
    kept = sum(fate is not None and fate.change is Change.SAME for _, fate in fates)
    return Touched(records, tuple(_questions(found, questions)), kept)


def _questions(found: Differences, questions: Iterable[SavedQuestion]) -> Iterator[TouchedQuestion]:
    before, after = _squeezed(found.old.text), _squeezed(found.new.text)
    for question in questions:
        fates = tuple(
            fate for id_ in question.clauses if (fate := _fate(id_, found)) and fate.change is not Change.SAME
        )
        quote = _squeezed(question.quote)
        quote_gone = bool(quote) and quote in before and quote not in after
        if fates or quote_gone:
            yield TouchedQuestion(question, fates, quote_gone)


def _fate(id_: str, found: Differences) -> Fate | None:
    known = found.change_of(id_)
    if known is None:
        return None
    change, now = known
    clause, newer = found.clause_of(id_), found.counterpart(id_)
    return Fate(id_, clause.number if clause else id_, change, now, newer.number if now and newer else None)


def _is_rewritten(record: PlainRecord, fate: Fate, new: Version) -> bool:
    """Whether the newer version has another record in its place."""
    newer = new.records.get(fate.now) if fate.now else None
    return newer is not None and _said(newer) != _said(record)


def _said(record: PlainRecord) -> Sequence[tuple[str, str]]:
    return tuple(record.lines())


def _squeezed(text: str) -> str:
    return "".join(fold(text).split())
