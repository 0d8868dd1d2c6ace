"""What an agent types, worked out once: the questions in it, and what comes of each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from threading import Lock

from cachetools import LRUCache

from assistant.answer import Answer, Audience, BlockKind, Reason, Status
from assistant.messages import Messages
from assistant.question.history import USER, Turn
from assistant.replies.needs import SeveralNeeds
from assistant.replies.reply import Message
from assistant.retrieval.result import Lookup
from assistant.service import Assistant
from ui.console.initials import Initials

_KEPT = 64  # remembered: an agent opens several clauses of the last ones
_NOTHING_ASKED = (Reason.GREETING, Reason.UNREADABLE)


@dataclass(frozen=True, slots=True)
class Query:
    """A caller's story, a question, keywords or a clause number, and the filters; an empty filter stands for any."""

    text: str
    place: str = ""
    document: str = ""
    clause: str = ""  # whose name the text is, where it was not typed but chosen


class Kind(StrEnum):
    """What comes of one question."""

    STATED = "stated"  # a clause answers it
    LIST = "list"  # several clauses together do
    TOLD = "told"  # it is about a document or a term, and is answered with a citation
    ASK_BACK = "ask_back"  # the caller must say which matter or place is meant
    REFUSED = "refused"
    TALK = "talk"  # about the talk itself, or a fact that no clause states
    EMERGENCY = "emergency"
    NOTHING = "nothing"  # nothing was asked yet: a greeting, a place alone


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One question of a caller, with all that was found for it."""

    question: str
    lookup: Lookup
    reply: Answer | None  # to what is no ordinary question, or a question back
    heard: tuple[str, ...] = ()  # words that the letters typed may stand for; the first is the question

    @property
    def kind(self) -> Kind:
        if self.reply is None:
            return _kind_of(self.lookup.reason, Kind.STATED)
        if self.reply.status is Status.CLARIFY:
            return Kind.ASK_BACK
        if any(block.kind is BlockKind.LIST for block in self.reply.blocks):
            return Kind.LIST
        return _kind_of(self.reply.reason, Kind.TOLD)

    @property
    def cited(self) -> tuple[str, ...]:
        """The clauses that the reply cites, each once, in its order."""
        return tuple(dict.fromkeys(cited.clause_id for cited in self.reply.citations)) if self.reply else ()

    def answers(self, clause_id: str) -> bool:
        """Whether this clause may be read out as what the caller asked for; none may where nothing answers."""
        return self.lookup.reason is None or clause_id in self.cited


def _kind_of(reason: Reason | None, answered: Kind) -> Kind:
    if reason is None:
        return answered
    if reason is Reason.EMERGENCY:
        return Kind.EMERGENCY
    if reason is Reason.CONVERSATION:
        return Kind.TALK
    return Kind.NOTHING if reason in _NOTHING_ASKED else Kind.REFUSED


class Inquiries:
    """Works out what was typed, and remembers the last of it, so that opening a clause works nothing out again.

    Safe from several threads.
    """

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant
        self._needs = SeveralNeeds(assistant)
        self._initials = Initials(assistant.corpus)
        self._kept: LRUCache[tuple[str, str, Query], tuple[Inquiry, ...]] = LRUCache(_KEPT)
        self._lock = Lock()

    def __call__(self, query: Query, words: Messages) -> tuple[Inquiry, ...]:
        """One inquiry a question, at least one. Raises InputError for bad input."""
        key = self.assistant.index.version, words.code, query
        with self._lock:
            kept = self._kept.get(key)
        if kept is None:
            kept = tuple(self._work_out(query, words))
            with self._lock:
                self._kept[key] = kept
        return kept

    def _work_out(self, query: Query, words: Messages) -> Sequence[Inquiry]:
        if query.clause:
            chosen = self._inquire(Query(query.clause), words)
            return [replace(chosen, question=query.text)]
        whole = self._inquire(query, words)
        if whole.kind is Kind.EMERGENCY:
            return [whole]
        questions = self._needs.questions(self._message(whole.lookup, query, words))
        if questions:
            several = [self._inquire(replace(query, text=one.text), words, one.behind) for one in questions]
            return [one for one in several if one.kind is Kind.EMERGENCY] or several
        if whole.kind in (Kind.REFUSED, Kind.NOTHING) and (heard := self._heard(query, words)):
            return [heard]
        return [whole]

    def _heard(self, query: Query, words: Messages) -> Inquiry | None:
        """The letters typed as the word that finds a clause best; None where they stand for no word that finds one."""
        found = [self._inquire(replace(query, text=word), words) for word in self._initials.words(query.text)]
        found = [one for one in found if one.lookup.reason is None and one.lookup.result.hits]
        found.sort(key=lambda one: (one.kind is not Kind.STATED, -one.lookup.result.hits[0].score))
        return replace(found[0], heard=tuple(one.question for one in found)) if found else None

    def _inquire(self, query: Query, words: Messages, behind: str = "") -> Inquiry:
        """What comes of one question, asked behind another where it does not stand by itself."""
        history = [Turn(USER, behind)] if behind else []
        places, documents = _given(query.place), _given(query.document)
        found = self.assistant.look_up(query.text, history, jurisdiction=places, documents=documents)
        message = replace(self._message(found, query, words), history=history)
        return Inquiry(query.text, found, self.assistant.replied(message, found))

    def _message(self, found: Lookup, query: Query, words: Messages) -> Message:
        """In the language of the page, whatever the keywords are in."""
        limit, places, documents = self.assistant.settings.limit, _given(query.place), _given(query.document)
        return Message(found.reading, words, limit, lambda: found, (), places, documents, Audience.AGENT)


def _given(filter_: str) -> tuple[str, ...]:
    return (filter_,) if filter_ else ()
