"""A conversation as it is kept for an agent: masked turns, what they cite, what they leave open."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from assistant.question.history import USER, Turn
from assistant.question.talk import is_about_a_matter
from index.text.normalizer import normalize


@dataclass(frozen=True, slots=True)
class Conversation:
    """What an agent sees of it. A turn without content is one whose document has been removed."""

    turns: tuple[Turn, ...] = ()
    unanswered: tuple[str, ...] = ()
    place: str | None = None
    wanted: str | None = None

    @property
    def clauses(self) -> tuple[str, ...]:
        """Ids of what is cited, each once."""
        return tuple(dict.fromkeys(id_ for turn in self.turns for id_ in turn.clause_ids))

    @property
    def questions(self) -> Iterator[str]:
        """What was asked, the first first; no talk about the talk."""
        return (turn.content for turn in self.turns if turn.role == USER and is_a_question(turn.content))

    def after(self, before: "Conversation", without: Callable[[str], str] = str) -> "Conversation":
        """Stands in place of `before`, which stays where nothing was said since, `without` what it must not hold."""
        wanted = self.wanted or (without(before.wanted) if before.wanted else None)
        if self.turns:
            return replace(self, wanted=wanted)
        turns = tuple(replace(turn, content=without(turn.content)) for turn in before.turns)
        left = tuple(without(question) for question in before.unanswered)
        return Conversation(turns, left, self.place or before.place, wanted)

    @property
    def matter(self) -> str | None:
        """What it is about, in a line: what is wanted, else what was left, else the last question."""
        return next(filter(None, (self.wanted, *self.unanswered[-1:], *list(self.questions)[-1:])), None)


def is_a_question(message: str) -> bool:
    """Whether a user's message is about a matter."""
    return bool(message) and is_about_a_matter(normalize(message))


def written(conversation: Conversation) -> dict[str, str | None]:
    """As columns of table.py."""
    turns = [[turn.role, turn.content, list(turn.clause_ids)] for turn in conversation.turns]
    return {
        "turns": json.dumps(turns, ensure_ascii=False),
        "unanswered": json.dumps(conversation.unanswered, ensure_ascii=False),
        "place": conversation.place,
        "wanted": conversation.wanted,
    }


def read_back(turns: str, unanswered: str, place: str | None, wanted: str | None) -> Conversation:
    """From the columns of table.py."""
    read = tuple(Turn(role, content, tuple(ids)) for role, content, ids in json.loads(turns))
    return Conversation(read, tuple(json.loads(unanswered)), place, wanted)
