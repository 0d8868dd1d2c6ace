"""What was talked about before a message about the talk: the latest question, and what was cited on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from assistant.answer import MARK
from assistant.question.history import TURN_CHARACTERS, USER, Turn
from assistant.question.question import Law
from assistant.question.references import cited_by
from assistant.question.talk import Act, act_of, is_emergency
from assistant.retrieval.result import Lookup
from corpus.clause import Clause
from corpus.corpus import Corpus
from index.text.normalizer import normalize


@dataclass(frozen=True, slots=True)
class Given:
    """One of the answers: the ids of the clauses that it cited, each once."""

    act: Act | None  # of the message that it replied to; None of the question itself
    cited: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """The latest question about a matter, in its conversation."""

    question: str
    before: tuple[Turn, ...]  # the turns that it followed
    answers: tuple[Given, ...]  # to it and to what was said of the talk since, that cited something; the latest first
    older: tuple[str, ...]  # cited by any answer before the last of these, the latest first
    act: Act | None  # what the user's last message wanted of the talk, where it was about the talk

    @property
    def cited(self) -> tuple[str, ...]:
        """By the last answer."""
        return self.answers[0].cited if self.answers else ()


class LookUp(Protocol):
    """Looks a question up in its conversation."""

    def __call__(
        self,
        question: str,
        history: Sequence[Turn],
        *,
        jurisdiction: Sequence[str],
        documents: Sequence[str],
        law: Law,
    ) -> Lookup: ...


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was spoken of: the earlier question, looked up again, and the clauses last cited for it."""

    earlier: Earlier
    found: Lookup
    clauses: tuple[Clause, ...]


def answer_for(places: Sequence[str], history: Sequence[Turn], corpus: Corpus) -> Sequence[Turn]:
    """The talk up to the last answer that cited clauses of these places, with those alone; empty without one."""
    for at in range(len(history) - 1, -1, -1):
        turn = history[at]
        cited = () if turn.role == USER else _clauses(turn.clause_ids or _cited_by_words(turn, corpus), corpus)
        there = tuple(id_ for id_ in cited if not set(places).isdisjoint(corpus.clause(id_).jurisdiction))
        if there:
            return (*history[:at], replace(turn, clause_ids=there))
    return ()


def earlier_in(history: Sequence[Turn], corpus: Corpus) -> Earlier | None:
    """What was talked about; None where nothing has been asked yet."""
    acts = [_act(turn) if turn.role == USER and turn.content.strip() else None for turn in history]
    asked = [position for position, turn in enumerate(history) if _asks(turn, acts[position])]
    if not asked:
        return None
    position = asked[-1]
    answers = _given(history[position:], acts[position:], corpus)
    before = _given(history[:position], acts[:position], corpus)
    older = dict.fromkeys(id_ for one in (*answers[1:], *before) for id_ in one.cited)
    return Earlier(
        question=history[position].content[:TURN_CHARACTERS],
        before=tuple(history[:position]),
        answers=answers,
        older=tuple(id_ for id_ in older if not (answers and id_ in answers[0].cited)),
        act=next((acts[at] for at in range(len(history) - 1, -1, -1) if history[at].role == USER), None),
    )


def _act(turn: Turn) -> Act | None:
    return act_of(normalize(turn.content[:TURN_CHARACTERS]))


def _asks(turn: Turn, act: Act | None) -> bool:
    """Whether it is a question about a matter; a cry for help is none."""
    if turn.role != USER or not turn.content.strip() or act is not None:
        return False
    return not is_emergency(normalize(turn.content[:TURN_CHARACTERS]))


def _given(turns: Sequence[Turn], acts: Sequence[Act | None], corpus: Corpus) -> tuple[Given, ...]:
    """What the assistant's turns cited, the latest first; `acts` are those of the user's turns."""
    found: list[Given] = []
    latest: Act | None = None
    for turn, act in zip(turns, acts, strict=True):
        if turn.role == USER:
            latest = act
        elif cited := _clauses(turn.clause_ids or _cited_by_words(turn, corpus), corpus):
            found.append(Given(latest, cited))
    return tuple(reversed(found))


def _cited_by_words(turn: Turn, corpus: Corpus) -> tuple[str, ...]:
    """For callers that hand back the words alone: a refusal, which marks no citation, may still name a clause."""
    return cited_by(turn.content, corpus) if MARK.search(turn.content) else ()


def _clauses(ids: Iterable[str], corpus: Corpus) -> tuple[str, ...]:
    """The clauses of these ids, which may be parts'; one that nothing has is passed over."""
    return tuple(dict.fromkeys(clause.id for id_ in ids if (clause := corpus.clause_of(id_))))
