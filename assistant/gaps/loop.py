"""From a gap to an answer: what was asked, what is written for it, what that changes, and whether it helped."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Lock

from assistant.gaps.book import Gap, GapBook, Move
from assistant.gaps.change import Change, RecordChange, Words, check_filled, written_for
from assistant.gaps.effect import Effect, Outcome, Saved, SavedEffect, answers_gap, ask, effects
from assistant.gaps.states import MERGEABLE, State, check_move
from assistant.glossary.glossary import load_glossary
from assistant.publication.draft import segment_folder
from assistant.service import Assistant
from corpus.errors import InputError, NotFoundError
from corpus.label import label
from corpus.library.library import Library
from corpus.library.place import documents_folder, generations_folder
from corpus.records.record import UNWRITTEN
from corpus.segment_store import ReadOnly, SegmentStore
from corpus.text.characters import has_han
from index.building import build_index
from index.induced import induced
from index.lexicon.expansion import load_lexicon
from index.lexicon.lexicon import LEXICON
from index.suggested import suggested_texts

ENOUGH = 0.8  # share of a gap's questions that are to be answered when they are asked again
MOST_ASKED = 50  # questions of a gap that are asked, those asked most


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change does to the questions of a gap, and to the saved ones where there are any."""

    effects: tuple[Effect, ...]
    saved: SavedEffect | None


@dataclass(frozen=True, slots=True)
class Retested:
    """The questions of a gap, asked again of what is in service."""

    outcomes: Mapping[str, Outcome]  # by question
    unanswered: tuple[str, ...]
    state: State

    @property
    def share(self) -> float:
        """Of the questions that are answered, 0..1."""
        return 1 - len(self.unanswered) / len(self.outcomes)


class Gaps:
    """The gaps of an office and the library in which they are closed. Safe from several threads and processes."""

    def __init__(
        self, book: GapBook, current: Callable[[], Assistant], library: Library, saved: Saved | None = None
    ) -> None:
        """`current` is the assistant in service; `saved` asks the saved questions of two assistants."""
        self._book = book
        self._current = current
        self._library = library
        self._saved = saved
        self._drafting = Lock()

    def all(self, *, state: State | None = None, place: str | None = None, limit: int | None = None) -> list[Gap]:
        """The gaps as of now, the most asked first."""
        self._book.refresh(self._current().index.read)
        return self._book.gaps(state=state, place=place, limit=limit)

    def gap(self, gap_id: str) -> tuple[Gap, list[Move]]:
        """One gap with its history. Raises NotFoundError."""
        return self._book.gap(gap_id), self._book.history(gap_id)

    def move(self, gap_id: str, state: State, *, who: str | None = None, note: str | None = None) -> Gap:
        """Change the state by hand. Raises NotFoundError, InputError for a move that there is not.

        Nobody says by hand that something was written or helped: `keep` and `retest` do.
        """
        if state in (State.WRITTEN, State.RETESTED):
            act = "写入" if state is State.WRITTEN else "重新测试"
            raise InputError(
                f"这一步由“{act}”完成，请用那里的按钮。This is done by keeping a change, or by a retest.", "state"
            )
        self._book.move(gap_id, state, who=who, note=note)
        return self._book.gap(gap_id)

    def nearest(self, gap: Gap, limit: int = 5) -> dict[str, str]:
        """The clauses that are nearest to what is asked, best first: id → address and title."""
        assistant = self._current()
        clauses = [hit.clause for hit in assistant.search(gap.example, limit=limit)]
        documents = assistant.corpus.documents_by_id
        return {one.id: f"{label(documents[one.document_id], one)} {one.title}" for one in clauses}

    def suggested(self, id_: str, gap: Gap) -> tuple[dict[str, str], dict[str, list[str]]]:
        """What a new record of a clause may say, for somebody to correct: its texts, then its lists.

        The questions of the gap come first among the ways of asking. Where there is a record only these are given.
        Raises NotFoundError.
        """
        index = self._current().index
        clause, _ = index.corpus.find(id_)
        alone = [one for one in gap.questions if not one.follows]
        asked: dict[str, list[str]] = {"ask": [], "ask_en": [], "keywords": []}
        for one in alone:
            asked["ask" if has_han(one.question) else "ask_en"].append(one.question)
        if id_ in index.corpus.plain:
            return {}, asked
        texts, lists = suggested_texts(clause, induced(clause, index.lexicon, index.text.lexical.weights.rarity))
        return (
            {name: "" if text == UNWRITTEN else text for name, text in texts.items()},
            {name: [*dict.fromkeys((*asked[name], *each))] for name, each in lists.items()},
        )

    def preview(self, gap_id: str, change: Change) -> Preview:
        """What a change would do, one at a time; nothing is written.

        Raises DocumentError, NotFoundError, InputError.
        """
        check_filled(change)
        gap, before, words = self._book.gap(gap_id), self._current(), self._words()
        document, ending = change.place(words.corpus)
        data = change.written(self._library.read(document, ending), words.corpus)
        with self._drafting:
            after = drafted(before, change.applied(data, words), change, self._segments())
            found = effects(before, after, gap.questions[:MOST_ASKED])
            return Preview(tuple(found), self._saved(before, after) if self._saved else None)

    def _segments(self) -> SegmentStore:
        """What was encoded for the generation in service; a draft leaves nothing there."""
        return ReadOnly(segment_folder(generations_folder(self._library.folder)))

    def keep(self, gap_id: str, change: Change, *, who: str | None = None, note: str | None = None) -> Gap:
        """Write a change into the library's working copy; the gap is then written.

        Raises DocumentError where it does not check, NotFoundError, InputError for a gap that nobody has taken.
        """
        check_filled(change)
        gap = self._book.gap(gap_id)
        if gap.state is not State.WRITTEN:  # more may be written for it
            check_move(gap.state, State.WRITTEN)
        words = self._words()
        document, ending = change.place(words.corpus)

        def write(before: bytes | None) -> bytes:
            data = change.written(before, words.corpus)
            change.applied(data, words)
            return data

        self._library.keep(document, ending, write)
        if gap.state is State.WRITTEN:
            self._book.move(gap_id, State.TAKEN, who=who, note="补充 · more")
        target = change.target()
        if gap.target and target.startswith("not:"):  # said beside what answers
            target = gap.target
        self._book.move(gap_id, State.WRITTEN, who=who, note=note, target=target)
        return self._book.gap(gap_id)

    def retest(self, gap_id: str, *, who: str | None = None) -> Retested:
        """Ask the questions of a published gap of the assistant in service; retested where enough of them are answered.

        Otherwise it goes back to whoever has it, with the list. Raises NotFoundError, InputError.
        """
        gap, assistant = self._book.gap(gap_id), self._current()
        check_move(gap.state, State.RETESTED)
        outcomes = {one.whole: ask(assistant, one) for one in gap.questions[:MOST_ASKED]}
        left = tuple(question for question, found in outcomes.items() if not answers_gap(found, gap.target))
        state = State.RETESTED if len(left) <= (1 - ENOUGH) * len(outcomes) else State.TAKEN
        note = f"{len(outcomes) - len(left)}/{len(outcomes)}" + "".join(f"；{question}" for question in left)
        self._book.move(gap_id, state, who=who, note=note)
        return Retested(outcomes, left, state)

    def follow(self) -> list[str]:
        """What the generation in service holds of what was written is published and asked again; the gaps it was.

        Those whose questions are answered are closed, others go back to whoever has them. To be called after each
        switch; of several servers one does it.
        """
        followed = [gap.id for gap in self._book.gaps(state=State.WRITTEN) if self._publish(gap)]
        for id_ in followed:
            if self.retest(id_).state is State.RETESTED:
                self._book.move(id_, State.CLOSED)
        return followed

    def _publish(self, gap: Gap) -> bool:
        """Whether a gap was published by this call."""
        return self._is_in_service(gap) and self._book.move(gap.id, State.PUBLISHED)

    def _is_in_service(self, gap: Gap) -> bool:
        """Whether the generation in service has the file that was written to, as it is in the working copy now."""
        published = self._current().published
        if published is None or gap.target is None:
            return False
        try:
            here = self._library.place_of(*written_for(gap.target))
        except NotFoundError:  # the document has been removed since
            return False
        there = published.documents.parent / here.relative_to(self._library.folder)
        return here.is_file() and there.is_file() and here.read_bytes() == there.read_bytes()

    def take_out(self, gap_id: str, key: str, *, who: str | None = None) -> Gap:
        """Give one question of a gap a gap of its own, which is returned. Raises NotFoundError, InputError."""
        return self._book.gap(self._book.take_out(gap_id, key, who=who))

    def mergeable(self, gap_id: str, limit: int = 200) -> list[Gap]:
        """The gaps that may be merged into this one, the most asked first."""
        found = self._book.gaps()
        return [gap for gap in found if gap.id != gap_id and gap.state in MERGEABLE][:limit]

    def merge(self, gap_id: str, other_id: str, *, who: str | None = None) -> Gap:
        """Put the questions of another gap into this one. Raises NotFoundError, InputError."""
        self._book.merge(gap_id, other_id, who=who)
        return self._book.gap(gap_id)

    def _words(self) -> Words:
        """The working copy: what clerks have added or changed, published or not."""
        lexicon = load_lexicon(self._library.folder / LEXICON)
        return Words(self._library.load().corpus, lexicon, load_glossary(documents_folder(self._library.folder)))


def drafted(current: Assistant, words: Words, change: Change, segments: SegmentStore | None = None) -> Assistant:
    """The assistant as it would be. Only a record or a word needs another index, which is built in memory."""
    if not isinstance(change, RecordChange) and words.lexicon.fingerprint == current.index.lexicon.fingerprint:
        return current.with_index(current.index, words.glossary)
    second = current.index.second.encoder if current.index.second else None
    index = build_index(words.corpus, current.index.encoder, words.lexicon, second, segments)
    return current.with_index(index, words.glossary)
