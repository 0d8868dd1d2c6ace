"""What a change does to the questions of a gap and to the saved ones, before anything is published."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answer import Answer, BlockKind, Status
from assistant.gaps.asked import Asked
from assistant.question.history import Turn
from assistant.service import Assistant
from corpus.errors import InputError


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an assistant says to a question, in few words."""

    status: str
    reason: str | None
    clauses: tuple[str, ...]  # ids that are cited
    label: str | None  # of the first
    line: str  # the first line

    @property
    def is_answered(self) -> bool:
        return self.status == Status.ANSWERED


@dataclass(frozen=True, slots=True)
class Effect:
    """One question of a gap, before and after."""

    key: str
    question: str
    follows: str | None
    before: Outcome
    after: Outcome


@dataclass(frozen=True, slots=True)
class SavedEffect:
    """The saved questions: how many there are, and those whose answer is no longer right, or is right now."""

    asked: int
    lost: tuple[str, ...] = ()
    won: tuple[str, ...] = ()


# Asks the saved questions of both: what is in service, and what would be.
Saved = Callable[[Assistant, Assistant], SavedEffect]


def ask(assistant: Assistant, asked: Asked) -> Outcome:
    """A question as it was put, behind the one that it refers to. One that is too long now is no answer."""
    history = [Turn("user", asked.follows)] if asked.follows else []
    try:
        return outcome(assistant.ask(asked.question, history=history))
    except InputError as error:
        return Outcome(Status.NO_ANSWER, "unreadable", (), None, str(error))


def outcome(answer: Answer) -> Outcome:
    """An answer in few words."""
    cited = dict.fromkeys(citation.clause_id for citation in answer.citations)
    said = next((block.text for block in answer.blocks if block.kind in _FIRST), "")
    label = answer.citations[0].label if answer.citations else None
    return Outcome(answer.status, answer.reason, tuple(cited), label, said.partition("\n")[0])


def effects(before: Assistant, after: Assistant, questions: Sequence[Asked]) -> list[Effect]:
    """Each question, asked of both."""
    return [Effect(one.key, one.question, one.follows, ask(before, one), ask(after, one)) for one in questions]


def answers_gap(found: Outcome, target: str | None) -> bool:
    """Whether an outcome is what was written for: the clause of the target is cited, or not cited where it says `not:`.

    Without such a target any answer will do.
    """
    if target and target.startswith("not:"):
        return not any(_is_in(target.removeprefix("not:"), clause) for clause in found.clauses)
    if target and ":" in target:
        return found.is_answered and any(_is_in(target, clause) for clause in found.clauses)
    return found.is_answered


def _is_in(target: str, clause: str) -> bool:
    return target == clause or target.startswith(f"{clause}.")


_FIRST = (BlockKind.LEAD, BlockKind.NAME, BlockKind.GIST, BlockKind.NOTICE, BlockKind.LIST, BlockKind.QUOTE)
