"""Whether a document is in force on a day (效力), worked out from its facts and from what the others say of it.

A text that another one replaces is repealed from the first day of that one; a fact beside the text may say so too.
That a text has begun to be in force does not say that it still is: without an end or a stated validity it stays 未注明.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from functools import lru_cache

from corpus.addresses.names import squeeze
from corpus.clause import Document

_CHINA = timezone(timedelta(hours=8))  # Asia/Shanghai, which knows no summer time
_DAYS = 8  # whose documents are kept apart; most questions are about today


class Standing(StrEnum):
    """The validity of a document as of a day, as the contract names it; a draft has none and never had any."""

    IN_FORCE = "现行"
    NOT_YET = "未施行"
    AMENDED = "已修改"
    REPEALED = "废止"
    EXPIRED = "到期"
    UNSTATED = "未注明"
    DRAFT = "征求意见稿"


SET_ASIDE = frozenset((Standing.NOT_YET, Standing.REPEALED, Standing.EXPIRED, Standing.DRAFT))
_STATED = {standing.value: standing for standing in Standing}


@dataclass(frozen=True, slots=True)
class Validity:
    """What is known of a document as of a day. `status` in `SET_ASIDE`: it is not what holds."""

    status: Standing
    effective: date | None = None  # the first day in force
    expires: date | None = None  # the last one
    replaced_by: str | None = None  # id of the document that repeals it, where that is held
    replaces: tuple[str, ...] | None = None  # older texts that it repeals, as printed
    since: date | None = None  # of one that is repealed, from when


def today() -> date:
    """The day in China."""
    return datetime.now(_CHINA).date()


def is_draft(document: Document) -> bool:
    """Whether it asks for comments and has never been a rule."""
    return document.status == Standing.DRAFT


class Validities:
    """The validity of some documents on any day. Safe from several threads."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._documents = {document.id: document for document in documents}
        self._successors = _successors(documents)
        self._set_aside = lru_cache(_DAYS)(self._set_aside_on)

    def of(self, document_id: str, as_of: date) -> Validity:
        """The validity of a document as of a day. Raises KeyError for an id that is not held."""
        document, successor = self._documents[document_id], self._successors.get(document_id)
        since = (successor.effective or successor.issued) if successor else None
        replaced = successor is not None and (since is None or since <= as_of)
        return Validity(
            status=_standing(document, as_of, replaced=replaced, later=since is not None and not replaced),
            effective=document.effective,
            expires=document.expires,
            replaced_by=successor.id if successor and replaced else None,
            replaces=document.replaces or None,
            since=since if replaced else None,
        )

    def set_aside(self, as_of: date) -> Mapping[str, Standing]:
        """The documents that do not hold as of a day, each with the reason; in order."""
        return self._set_aside(as_of)

    def _set_aside_on(self, as_of: date) -> Mapping[str, Standing]:
        standings = {id_: self.of(id_, as_of).status for id_ in self._documents}
        return {id_: standing for id_, standing in standings.items() if standing in SET_ASIDE}


def _standing(document: Document, as_of: date, *, replaced: bool, later: bool) -> Standing:
    """`replaced`: another text has repealed it; `later`: it will, so that a status stated today is too early."""
    stated = _STATED.get(document.status or "")
    if stated is Standing.DRAFT:
        return Standing.DRAFT
    if replaced or (stated is Standing.REPEALED and not later):
        return Standing.REPEALED
    if (document.expires and document.expires < as_of) or (stated is Standing.EXPIRED and not document.expires):
        return Standing.EXPIRED
    if document.effective and document.effective > as_of:
        return Standing.NOT_YET
    if stated is Standing.AMENDED:
        return Standing.AMENDED
    runs = document.effective is not None and document.expires is not None
    return Standing.IN_FORCE if stated is Standing.IN_FORCE or runs else Standing.UNSTATED


def _successors(documents: Sequence[Document]) -> dict[str, Document]:
    """By the id of a document that is repealed, the one that repeals it; of several the one that begins first."""
    by_name: dict[str, list[Document]] = {}
    for document in documents:
        for name in filter(None, (document.title, document.number)):
            by_name.setdefault(squeeze(name), []).append(document)
    found: dict[str, Document] = {}
    for newer in sorted(documents, key=lambda one: one.effective or one.issued or date.max):
        if is_draft(newer):
            continue  # what it would repeal is in force
        for older in (older for entry in newer.replaces for older in _named(entry, by_name)):
            if older is not newer:
                found.setdefault(older.id, newer)
    return found


def _named(entry: str, by_name: Mapping[str, Sequence[Document]]) -> Sequence[Document]:
    """The documents that an entry names as printed: 《title》（number）, or one of the two; a number decides."""
    title, quoted, behind = entry.strip().rpartition("》")
    number = behind.strip(" （）()") if quoted else ""
    titled = by_name.get(squeeze(title if quoted else entry), ())
    if not number:
        return titled
    return by_name.get(squeeze(number), ()) or [one for one in titled if one.number is None]
