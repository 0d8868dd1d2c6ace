"""What callers ask about, for an agent who has typed nothing yet: the matters asked most, and all of them by chapter.

Plain names alone: nothing of what a caller said is shown.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from threading import Lock
from typing import Protocol

from cachetools import TTLCache

from assistant.composition.answer_blocks import name_of, title_of
from assistant.messages import Messages
from corpus.clause import Clause
from corpus.corpus import Corpus
from corpus.errors import DatabaseError

_LOG = logging.getLogger(__name__)
MOST = 8  # hot matters
LEAST = 3  # of them: fewer say nothing of an office
_DAYS = 30  # that count
_SECONDS = 600  # for which the counts are good
_MOST_CHAPTERS = 40
_MOST_NAMES = 20  # of one chapter


class Counts(Protocol):
    """Where it is counted what is asked."""

    def most_cited(self, limit: int, days: int) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Matter:
    """A clause by its plain name."""

    name: str
    places: str
    clause_id: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """The matters of a chapter; `document` where it is the first of one."""

    document: str
    heading: str
    matters: tuple[Matter, ...]


class Matters:
    """The matters of one corpus. Safe from several threads."""

    def __init__(self, corpus: Corpus, counts: Counts) -> None:
        self._corpus = corpus
        self._counts = counts
        self._kept: TTLCache[str, list[Clause]] = TTLCache(1, _SECONDS)
        self._lock = Lock()

    def hot(self, words: Messages) -> tuple[Matter, ...]:
        """Those asked most in the last days, most asked first; none where too few were asked."""
        with self._lock:
            if "hot" not in self._kept:
                self._kept["hot"] = self._asked()
            clauses = self._kept["hot"]
        return tuple(self._matter(clause, words) for clause in clauses) if len(clauses) >= LEAST else ()

    def _asked(self) -> list[Clause]:
        try:
            ids = self._counts.most_cited(2 * MOST, _DAYS)
        except DatabaseError as error:
            _LOG.error("hot matters are not known: %s", error)
            return []
        return list(filter(None, map(self._corpus.clause_by_id, ids)))[:MOST]

    def chapters(self, words: Messages) -> tuple[Chapter, ...]:
        """All matters, as far as a page can hold them."""
        return tuple(islice(self._chapters(words), _MOST_CHAPTERS))

    def _chapters(self, words: Messages) -> Iterator[Chapter]:
        shown = ""
        for (document_id, path), clauses in groupby(self._corpus.clauses, lambda one: (one.document_id, one.path)):
            document = self._corpus.document(document_id)
            called = (document.number if words.is_chinese else "") or title_of(document, words)
            matters = tuple(self._matter(clause, words) for clause in islice(clauses, _MOST_NAMES))
            yield Chapter("" if called == shown else called, path[-1] if path else words("console.no_heading"), matters)
            shown = called

    def _matter(self, clause: Clause, words: Messages) -> Matter:
        record = self._corpus.plain.get(clause.id)
        name = name_of(record, words) if record else clause.title
        return Matter(name, words.places(clause.jurisdiction), clause.id)
