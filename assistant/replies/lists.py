"""Questions that want a list: which measures there are in a place, a document or a chapter, about a matter, for whom.

The answer is a list of clauses in the order of the documents: each by its plain name, where it has one, and by its
heading as it stands in the text, which is the quote.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean

from assistant.answer import Reason, Status
from assistant.composition.answer_blocks import titles_of
from assistant.confidence.judge import Judge
from assistant.question.chapters import Chapter, Chapters, names_chapter_by_number, without_chapters
from assistant.question.intents import intent
from assistant.question.places import places_in, without_places
from assistant.question.question import Reading
from assistant.question.references import without_addresses
from assistant.replies.clause_list import ClauseList, list_blocks
from assistant.replies.matters import Matters, OnMatter
from assistant.replies.reply import Message, Reply, said
from assistant.replies.subject import documents_meant
from assistant.thresholds import Thresholds
from corpus.clause import Clause, Document
from index.index import Index
from index.retriever import Scope
from index.text.normalizer import normalize
from index.text.tokenizer import segment

MOST = 30  # entries of one list: more is no longer read
_LEAST = 2  # clauses about a matter: one alone is quoted as the answer
_MOST_DOCUMENTS = 3  # of which one chapter number is meant where no document is named
_NO_MATTER = frozenset("条款项个章节里内中下跟和与同对想要能给帮做讲说写了呢s")  # words that are nothing else


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a message wants listed."""

    documents: tuple[Document, ...]  # that are meant
    by_number: bool  # whether a chapter is named by its number
    chapters: tuple[Chapter, ...]  # that are named
    matter: str  # "" where everything is wanted
    scope: Scope
    places: tuple[str, ...]  # that are asked for


class Lists:
    """Replies to questions that want a list of clauses of one index. Safe from several threads."""

    def __init__(self, index: Index, judge: Judge, thresholds: Thresholds, answers: Callable[[Reading], bool]) -> None:
        """`answers` says whether an ordinary search answers a question: then one clause is quoted and not listed."""
        self._index = index
        self._answers = answers
        self._chapters = Chapters(index.corpus.clauses)
        self._matters = Matters(index, self._chapters, judge, thresholds)

    def __call__(self, message: Message) -> Reply | None:
        """The list; None for another question, and where too few clauses fit to make one."""
        reading = message.reading
        if reading.references.names_clause or reading.places.only_missing or not _may_be_read(message):
            return None
        bare = without_addresses(reading.meant, reading.references)
        rest = without_places(reading.normal if bare == reading.meant else normalize(bare))
        if not intent("wants_list").found_in(rest):
            return None
        asked = self._asked(message, rest)
        if asked.by_number and not asked.chapters:
            return self._no_such_chapter(asked, message)
        if len({chapter.clauses[0].document_id for chapter in asked.chapters}) > _MOST_DOCUMENTS:
            return None
        if not asked.matter and not asked.chapters and reading.in_context and not _names_scope(message):
            return None  # what is wanted was said before
        return self._list(asked, message)

    def _asked(self, message: Message, rest: str) -> _Asked:
        documents = documents_meant(message, self._index.corpus)
        chapters = self._chapters.named(rest, [document.id for document in documents])
        matter = _matter(without_chapters(rest, chapters))
        places = message.reading.places
        if message.reading.references.documents and not places.strict:  # 皖 of a number asks for no place
            asked_of = without_addresses(message.reading.meant, message.reading.references)
            places = places_in([asked_of], self._index.corpus)
        scope = Scope(message.reading.admitted, places.jurisdictions, frozenset(places.covered))
        return _Asked(documents, names_chapter_by_number(rest), tuple(chapters), matter, scope, places.covered)

    def _list(self, asked: _Asked, message: Message) -> Reply | None:
        inside = {clause.id for chapter in asked.chapters for clause in chapter.clauses}
        admitted = [c for c in self._index.corpus.clauses if asked.scope.admits(c) and (not inside or c.id in inside)]
        wider: list[Clause] = []
        if asked.matter:
            ids = {clause.id for clause in admitted}
            about = self._matters.about(asked.matter, message.reading, asked.scope)
            found = [one for one in about if one.clause.id in ids]
        else:
            own = [one for one in admitted if not asked.scope.preferred.isdisjoint(one.jurisdiction)]
            wider = [one for one in admitted if one not in own] if own and not asked.chapters else []
            found = [OnMatter(clause, 1.0) for clause in (own if wider else admitted)]
        if not found or (len(found) < _LEAST and asked.matter and self._answers(message.reading)):
            return None
        return self._reply(asked, found, len(wider), message)

    def _reply(self, asked: _Asked, found: Sequence[OnMatter], wider: int, message: Message) -> Reply:
        positions = self._index.table.positions
        best = sorted(found, key=lambda one: (-one.confidence, positions[one.clause.id]))[:MOST]
        shown = sorted(best, key=lambda one: positions[one.clause.id])
        listed = ClauseList(
            clauses=tuple(one.clause for one in shown),
            count=len(found),
            places=asked.places,
            documents=asked.documents if message.reading.documents else (),
            chapters=asked.chapters,
            matter=asked.matter,
            wider=wider,
        )
        blocks, citations = list_blocks(listed, self._index.corpus, message.words)
        confidence = round(fmean(one.confidence for one in shown), 4)
        return Reply(Status.ANSWERED, None, blocks, citations, confidence=confidence)

    def _no_such_chapter(self, asked: _Asked, message: Message) -> Reply | None:
        """That there is none, with those that there are where one document is meant."""
        if len(asked.documents) > _MOST_DOCUMENTS:
            return None
        notices = []
        for document in asked.documents:
            headings = [chapter.heading for chapter in self._chapters.outermost(document.id)]
            key = "list.no_chapter" if headings else "list.no_chapters"
            titles = titles_of([document], message.words)
            notices.append(message.words(key, title=titles, headings=message.words.list(headings)))
        return said(Reason.NOT_IN_DOCUMENTS, *notices)


def _may_be_read(message: Message) -> bool:
    """Whether there is something to look up; a place and 有哪些 are little for a search and enough for a list."""
    reading = message.reading
    only_place = reading.refusal is Reason.UNREADABLE and bool(reading.own_places.covered)
    return reading.refusal is None or only_place


def _names_scope(message: Message) -> bool:
    reading = message.reading
    return bool(reading.documents or reading.own_places.covered)


def _matter(rest: str) -> str:
    """What a question wants a list of, without the words that only ask for it; "" for everything."""
    left = intent("list_words").pattern.sub(" ", rest)
    pieces = segment(left).pieces
    kept = [piece for piece in pieces if piece not in _NO_MATTER and (segment(piece).words or piece.isdigit())]
    chinese = not "".join(kept).isascii()
    return ("" if chinese else " ").join(kept)
