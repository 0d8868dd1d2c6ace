"""Questions that want a list: which measures there are in a place, a document or a chapter, about a matter, for whom.

The answer is a list of clauses in the order of the documents: each by its plain name, where it has one, and by its
heading as it stands in the text, which is the quote. Where only one clause fits and a search answers the question, it
is quoted instead.
"""

from collections.abc import Sequence
from statistics import fmean

from assistant.answer import Reason, Status
from assistant.composition.answer_blocks import titles_of
from assistant.confidence.judge import Judge
from assistant.question.chapters import Chapters
from assistant.question.intents import intent
from assistant.question.question import Reading
from assistant.replies.clause_list import ClauseList, list_blocks
from assistant.replies.matters import Matters, OnMatter
from assistant.replies.provisions import Provisions
from assistant.replies.reply import Message, Reply, said
from assistant.replies.wanted import Wanted, WantedReader
from assistant.thresholds import Thresholds
from corpus.clause import Clause
from index.index import Index

MOST = 30  # entries of one list: more is no longer read
_LEAST = 2  # clauses about a matter: one alone is quoted as the answer
_FEW = 3  # the same where nothing but 哪些 asks for a list, as it asks for things inside a clause
_SURE = 0.9  # confidence in each from which fewer are listed all the same
_MOST_DOCUMENTS = 3  # of which one chapter number is meant where no document is named


class Lists:
    """Replies to questions that want a list of clauses of one index. Safe from several threads."""

    def __init__(self, index: Index, judge: Judge, thresholds: Thresholds) -> None:
        self._index = index
        self._chapters = Chapters(index.corpus.browsable.clauses)
        self._matters = Matters(index, self._chapters, judge, thresholds)
        self._provisions = Provisions(index.corpus)
        self._wanted = WantedReader(index, self._chapters, self._matters, self._provisions)

    def __call__(self, message: Message) -> Reply | None:
        """The list; None for another question, and where too few clauses fit to make one."""
        reading = message.reading
        if _names_clause(reading) or reading.places.only_missing or not _may_be_read(message):
            return None
        wanted = self._wanted(message)
        if wanted is None or not wanted.is_limited(reading):
            return None
        if wanted.by_number and not wanted.chapters:
            return self._no_such_chapter(wanted, message)
        if len({chapter.clauses[0].document_id for chapter in wanted.chapters}) > _MOST_DOCUMENTS:
            return None
        return self._of_cities(wanted, message) if wanted.listing.cities else self._list(wanted, message)

    def _list(self, wanted: Wanted, message: Message) -> Reply | None:
        inside = {clause.id for chapter in wanted.chapters for clause in chapter.clauses}
        admitted = [one for one in self._provisions.admitted(wanted.scope) if not inside or one.id in inside]
        if wanted.listing.own and wanted.places:
            admitted = [one for one in admitted if set(one.jurisdiction) <= set(wanted.places)]
        if wanted.matters:
            found, wider = self._about(wanted, admitted, message.reading), 0
        else:
            clauses, wider = self._everything(wanted, admitted)
            found = [OnMatter(clause, 1.0) for clause in clauses]
        if not found or (wanted.matters and not self._is_list(wanted, found, message)):
            return None
        return self._reply(wanted, found, wider, message)

    def _is_list(self, wanted: Wanted, found: Sequence[OnMatter], message: Message) -> bool:
        """Whether these clauses about a matter are better listed than the one quoted that answers the question."""
        enough = _FEW if wanted.listing.plain else _LEAST
        if len(found) >= enough or (len(found) >= _LEAST and min(one.confidence for one in found) >= _SURE):
            return True
        return (len(found) >= _LEAST or wanted.listing.of_clauses) and message.look_up().reason is not None

    def _about(self, wanted: Wanted, admitted: Sequence[Clause], reading: Reading) -> list[OnMatter]:
        """The clauses about any of the matters."""
        ids = {clause.id for clause in admitted}
        found: dict[str, OnMatter] = {}
        for matter in wanted.matters:
            for one in self._matters.about(matter, reading, wanted.scope):
                if one.clause.id in ids and (one.confidence == 1 or self._provisions.rules(one.clause)):
                    best = max(one, found.get(one.clause.id, one), key=lambda each: each.confidence)
                    found[one.clause.id] = best
        return list(found.values())

    def _everything(self, wanted: Wanted, admitted: Sequence[Clause]) -> tuple[Sequence[Clause], int]:
        """All clauses of a chapter, a document or a place itself, and how many apply there beside."""
        if wanted.chapters:
            return admitted, 0
        cited = self._provisions.cited_first(admitted)
        own = [one for one in cited if not wanted.scope.preferred.isdisjoint(one.jurisdiction)]
        if not own or wanted.listing.own:
            return own or cited, 0
        return own, len(cited) - len(own)

    def _of_cities(self, wanted: Wanted, message: Message) -> Reply | None:
        """One clause a place: the likeliest to be about the matter."""
        best: dict[tuple[str, ...], OnMatter] = {}
        for matter in wanted.matters:
            for one in self._matters.likely(matter, message.reading, wanted.scope):
                if one.clause.jurisdiction and self._provisions.rules(one.clause):
                    best.setdefault(one.clause.jurisdiction, one)
        return self._reply(wanted, list(best.values()), 0, message) if len(best) >= _LEAST else None

    def _reply(self, wanted: Wanted, found: Sequence[OnMatter], wider: int, message: Message) -> Reply:
        positions = self._index.table.positions
        best = sorted(found, key=lambda one: (-one.confidence, positions[one.clause.id]))[:MOST]
        shown = sorted(best, key=lambda one: positions[one.clause.id])
        listed = ClauseList(
            clauses=tuple(one.clause for one in shown),
            count=len(found),
            places=wanted.places,
            documents=wanted.documents if wanted.named else (),
            chapters=wanted.chapters,
            matters=wanted.listing.matters,
            wider=wider,
        )
        blocks, citations = list_blocks(listed, self._index.corpus, message.words)
        confidence = round(fmean(one.confidence for one in shown), 4)
        return Reply(Status.ANSWERED, None, blocks, citations, matters=(), confidence=confidence)

    def _no_such_chapter(self, wanted: Wanted, message: Message) -> Reply | None:
        """That there is none, with those that there are where one document is meant."""
        if len(wanted.documents) > _MOST_DOCUMENTS:
            return None
        notices = []
        for document in wanted.documents:
            headings = [chapter.heading for chapter in self._chapters.outermost(document.id)]
            key = "list.no_chapter" if headings else "list.no_chapters"
            titles = titles_of([document], message.words)
            notices.append(message.words(key, title=titles, headings=message.words.list(headings)))
        return said(Reason.NOT_IN_DOCUMENTS, *notices)


def _names_clause(reading: Reading) -> bool:
    """Whether it names a clause by its number, which 一条条 is none."""
    return reading.references.names_clause and not intent("list_one_by_one").found_in(reading.normal)


def _may_be_read(message: Message) -> bool:
    """Whether there is something to look up; a place and 有哪些 are little for a search and enough for a list."""
    reading = message.reading
    only_place = reading.refusal is Reason.UNREADABLE and bool(reading.own_places.covered)
    return reading.refusal is None or only_place
