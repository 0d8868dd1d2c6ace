"""Two versions of a document side by side: `/library/diff?old=A&new=B`, and the same for programs.

What may be compared is offered: a document with the one that replaces it, and one that has been changed in the library
with what is in service. Of an id that both know, the older version is the one in service, the newer one the library's.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from assistant.messages import Messages
from assistant.service import Assistant
from corpus.clause import Clause, Document
from corpus.errors import NotFoundError
from corpus.library.view import Table
from corpus.lifecycle.differences import Change, Difference, Differences, differences
from corpus.lifecycle.touched import SavedQuestion, Touched, touched
from corpus.lifecycle.version import Version, version_held, version_read
from corpus.lifecycle.view import differences_view
from corpus.lifecycle.wording import Span, runs
from corpus.load import Loaded
from corpus.validity import Validities
from ui.library.address import API, PAGE
from ui.page.languages import RequestedLanguage, with_language
from ui.page.templates import render

DIFF = f"{PAGE}/diff"
_NO_STORE = {"Cache-Control": "no-store"}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions that may be compared; of one id where the document has been changed."""

    old: Document
    new: Document


class _Versions:
    """What the library and the assistant in service hold at the time of one request."""

    def __init__(self, library: Loaded, assistant: Assistant) -> None:
        self._working = {read.document.id: read for read in library.documents}
        self._corpus = assistant.corpus
        self._served = {document.id: document for document in assistant.corpus.browsable.documents}

    def old(self, id_: str) -> Version:
        """In service, or else in the library. Raises NotFoundError."""
        return version_held(self._corpus, id_) if id_ in self._served else self.new(id_)

    def new(self, id_: str) -> Version:
        """In the library, or else in service. Raises NotFoundError."""
        return version_read(self._working[id_]) if id_ in self._working else version_held(self._corpus, id_)

    @property
    def documents(self) -> tuple[Document, ...]:
        """Every document, in order of the ids, as the library has it."""
        held = self._served | {id_: read.document for id_, read in self._working.items()}
        return tuple(held[id_] for id_ in sorted(held))

    def pairs(self) -> Iterator[Pair]:
        """What is worth comparing: what has been changed, then what replaces something."""
        for id_, read in sorted(self._working.items()):
            if id_ in self._served and self._served[id_].text != read.document.text:
                yield Pair(self._served[id_], read.document)
        documents = self.documents
        by_id = {document.id: document for document in documents}
        for older, newer in Validities(documents).successions.items():
            yield Pair(by_id[older], by_id[newer])


def difference_pages(
    library: Callable[[], Loaded],
    current: Callable[[], Assistant],
    questions: Callable[[], Sequence[SavedQuestion]] = tuple,
) -> APIRouter:
    """The page, and `GET /v1/library/differences?old=A&new=B`. The Gate stands in front of both.

    `library` is the working copy, `current` what is in service, `questions` what the office has saved.
    """
    router = APIRouter(include_in_schema=False)

    @router.get(DIFF, response_class=HTMLResponse)
    def page(words: RequestedLanguage, old: str = "", new: str = "") -> HTMLResponse:
        versions = _Versions(library(), current())
        if not (old and new):
            return HTMLResponse(_page(versions, words, old, new), headers=_NO_STORE)
        try:
            before, after = versions.old(old), versions.new(new)
        except NotFoundError:
            fault = words("differences.not_found")
            return HTMLResponse(_page(versions, words, old, new, fault=fault), 404, headers=_NO_STORE)
        found = differences(before, after)
        compared = found, touched(found, before, after, questions())
        return HTMLResponse(_page(versions, words, old, new, compared), headers=_NO_STORE)

    @router.get(f"{API}/differences")
    def table(old: str, new: str) -> Table:
        versions = _Versions(library(), current())
        before, after = versions.old(old), versions.new(new)
        found = differences(before, after)
        return differences_view(found, touched(found, before, after, questions()))

    return router


def diff_url(old: str, new: str, words: Messages) -> str:
    """The address of the page for two ids."""
    return with_language(DIFF, words, (("old", old), ("new", new)))


def _page(
    versions: _Versions,
    words: Messages,
    old: str,
    new: str,
    compared: tuple[Differences, Touched] | None = None,
    *,
    fault: str = "",
) -> str:
    found, hangs_on_it = compared or (None, None)
    return render(
        "library/differences.html",
        words,
        found=found,
        touched=hangs_on_it,
        fault=fault,
        groups=list(_groups(found)) if found else [],
        counts=_counts(found, words) if found else "",
        pairs=list(versions.pairs()) if found is None else [],
        documents=versions.documents,
        chosen={"old": old, "new": new},
        old_words=_marked("del"),
        new_words=_marked("ins"),
        url=lambda pair: diff_url(pair.old.id, pair.new.id, words),
        home=with_language(DIFF, words),
        library=with_language(PAGE, words),
        switch=lambda other: diff_url(old, new, other) if old or new else with_language(DIFF, other),
    )


def _groups(found: Differences) -> Iterator[tuple[bool, list[Difference[Clause]]]]:
    """Runs of clauses that are the same, to be shown as one line, and the others between them."""
    for same, entries in groupby(found.entries, lambda entry: entry.change is Change.SAME):
        yield same, list(entries)


def _counts(found: Differences, words: Messages) -> str:
    counted = [(change, found.count(change)) for change in Change]
    named = [f"{words(f'differences.change.{change}')} {count}" for change, count in counted if count]
    return words("differences.counts", total=len(found.entries), counts=words.list(named))


def _marked(element: str) -> Callable[[Document, Clause, Sequence[Span]], Markup]:
    """A clause's words with the marked ones in an element that says what they are."""
    marking = Markup(f"<{element}>{{}}</{element}>")

    def marked(document: Document, clause: Clause, marks: Sequence[Span]) -> Markup:
        words = document.text[clause.body_start : clause.end]
        start = clause.body_start + len(words) - len(words.lstrip())
        pieces = runs(document.text, marks, start, clause.end)
        return Markup().join(marking.format(text) if is_marked else text for text, is_marked in pieces)

    return marked
