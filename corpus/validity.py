"""Whether a document is in force on a day (效力), worked out from its facts and from what the others say of it.

A text that another one replaces is repealed from the first day of that one, unless it had expired before; a fact beside
either text may say so too. One that is said to be replaced by a text that is not held is repealed, nobody knows when.
That a text has begun to be in force does not say that it still is: without an end or a stated validity it stays 未注明.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from corpus.addresses.names import squeeze
from corpus.clause import Document
from corpus.clock import china_now

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
    successor: str | None = None  # the same as a clerk has named it, where it is not held
    replaces: tuple[str, ...] | None = None  # older texts that it repeals, as printed
    since: date | None = None  # of one that is repealed, from when


def today() -> date:
    """The day in China."""
    return china_now().date()


def is_draft(document: Document) -> bool:
    """Whether it asks for comments and has never been a rule."""
    return document.status == Standing.DRAFT


class Validities:
    """The validity of some documents on any day. Safe from several threads."""

    def __init__(self, documents: Sequence[Document], by_id: Mapping[str, Document] | None = None) -> None:
        """`by_id` are more documents, which state nothing of their validity."""
        self._stating = documents
        self._documents = {document.id: document for document in documents} if by_id is None else by_id
        self._successors = _successors(documents)
        self._set_aside = lru_cache(_DAYS)(self._set_aside_on)

    def of(self, document_id: str, as_of: date) -> Validity:
        """The validity of a document as of a day. Raises KeyError for an id that is not held."""
        document, successor = self._documents[document_id], self._successors.get(document_id)
        since = (successor.effective or successor.issued) if successor else None
        replaced = successor is not None and (since is None or since <= as_of)
        unheld = document.replaced_by if successor is None else None
        expired_first = document.expires is not None and since is not None and document.expires < since
        return Validity(
            status=_standing(
                document,
                as_of,
                repealed=unheld is not None or (replaced and not expired_first),
                later=since is not None and not replaced,
            ),
            effective=document.effective,
            expires=document.expires,
            replaced_by=successor.id if successor and replaced else None,
            successor=unheld,
            replaces=document.replaces or None,
            since=since if replaced else None,
        )

    @property
    def successions(self) -> Mapping[str, str]:
        """By the id of each document that is or will be replaced, that of the one that replaces it."""
        return {older: newer.id for older, newer in self._successors.items()}

    def in_its_place(self, document_id: str, as_of: date) -> str | None:
        """The document that has taken a document's place and holds as of a day, by way of others; None without one."""
        seen = {document_id}
        newer = self.of(document_id, as_of).replaced_by
        while newer is not None and newer not in seen and self.of(newer, as_of).status in SET_ASIDE:
            seen.add(newer)
            newer = self.of(newer, as_of).replaced_by
        return None if newer in seen else newer

    def set_aside(self, as_of: date) -> Mapping[str, Standing]:
        """The documents that do not hold as of a day, each with the reason; in order."""
        return self._set_aside(as_of)

    def _set_aside_on(self, as_of: date) -> Mapping[str, Standing]:
        standings = {id_: self.of(id_, as_of).status for id_ in (document.id for document in self._stating)}
        return {id_: standing for id_, standing in standings.items() if standing in SET_ASIDE}


def _standing(document: Document, as_of: date, *, repealed: bool, later: bool) -> Standing:
    """`repealed`: another text has repealed it; `later`: it will, so that a status stated today is too early."""
    stated = _STATED.get(document.status or "")
    if stated is Standing.DRAFT:
        return Standing.DRAFT
    if repealed or (stated is Standing.REPEALED and not later):
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
    """By the id of a document that is repealed, the one that repeals it; of several the one that begins first.

    What a clerk has said of the older one comes before what newer ones say.
    """
    by_name: dict[str, list[Document]] = {}
    for document in documents:
        for name in filter(None, (document.title, document.number)):
            by_name.setdefault(squeeze(name), []).append(document)
    found: dict[str, Document] = {}
    for older in documents:
        named = _named(older.replaced_by, by_name) if older.replaced_by else ()
        if newer := next((one for one in named if one is not older and not is_draft(one)), None):
            found[older.id] = newer
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
