"""What may be expected of one answer, each check by a plain name; what a good turn is stands in docs/probes.md.

Words are compared folded: without blanks, full-width characters as ordinary ones, letters small. Where a check takes a
list of alternatives, one of them is enough; a list of such lists wants one of each.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.answer import Answer, Block, BlockKind

_BORROWED = (
    BlockKind.QUOTE,
    BlockKind.LIST,
    BlockKind.SOURCE,
)  # the document's words and its address, not the assistant's
_GLANCE = 60  # folded characters that are read at a glance
_MARKS = re.compile(r"【[^】]*】|\[\d+\]")


@dataclass(frozen=True, slots=True)
class Turn:
    """An answer, the answer before it in the same conversation, and the words of each as a reader sees them."""

    answer: Answer
    before: Answer | None = None

    @property
    def cited(self) -> set[str]:
        """Ids of the cited clauses and parts."""
        ids = {citation.clause_id for citation in self.answer.citations}
        return ids | {citation.part_id for citation in self.answer.citations if citation.part_id}

    @property
    def own_words(self) -> str:
        """What the assistant says itself: neither quotes nor addresses."""
        return _joined(block for block in self.answer.blocks if block.kind not in _BORROWED)

    @property
    def everything(self) -> str:
        """The text, with the choices of a question back and the questions that are left."""
        choices = [choice.label for choice in self.answer.choices]
        return fold("\n".join((self.answer.text, *choices, *self.answer.unanswered)))

    @property
    def opening(self) -> str:
        """What is read first: the first block with the notices around it, without 【place】, [n] and whom to call."""
        opening: list[str] = []
        begun = False
        for block in self.answer.blocks:
            if begun and block.kind is not BlockKind.NOTICE:
                break
            begun = begun or block.kind is not BlockKind.NOTICE
            opening.append("" if block.kind is BlockKind.CALL else _MARKS.sub("", block.text).strip())
        return "\n".join(one for one in opening if one)


def _joined(blocks: Iterable[Block]) -> str:
    return fold("\n".join(block.text for block in blocks))


def fold(text: str) -> str:
    """Full-width characters as ordinary ones, letters small, no blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


def _one_of_each(alternatives: Sequence[Sequence[str]], text: str) -> bool:
    return all(any(fold(one) in text for one in wanted) for wanted in alternatives)


def _any_pattern(patterns: Sequence[str], text: str) -> bool:
    """Whether a pattern is found in one of the lines; ^ and $ are the ends of a line."""
    return any(re.search(one, text, re.IGNORECASE | re.MULTILINE) for one in patterns)


def _either(value: str | Sequence[str]) -> Sequence[str]:
    return (value,) if isinstance(value, str) else value


def _needs_met(needs: Sequence[Sequence[str]], turn: Turn) -> bool:
    """Of each need one of: a clause of it is cited, words of it stand among the questions that are left."""
    left = fold("\n".join(turn.answer.unanswered))
    return all(any(one in turn.cited or fold(one) in left for one in need) for need in needs)


def _entries(blocks: Sequence[Block]) -> int:
    return sum(block.kind is BlockKind.LIST for block in blocks)


Check = Callable[[Any, Turn], bool]
CHECKS: Mapping[str, Check] = {
    "status": lambda value, turn: turn.answer.status in _either(value),
    "reason": lambda value, turn: turn.answer.reason in _either(value),
    "reason_not": lambda value, turn: turn.answer.reason not in _either(value),
    "language": lambda value, turn: turn.answer.language == value,
    "cites": lambda value, turn: not turn.cited.isdisjoint(value),
    "cites_each": lambda value, turn: turn.cited.issuperset(value),
    "cites_not": lambda value, turn: turn.cited.isdisjoint(value),
    "cites_only": lambda value, turn: {one.clause_id for one in turn.answer.citations} <= set(value),
    "citations_at_least": lambda value, turn: len({one.clause_id for one in turn.answer.citations}) >= value,
    "citations_at_most": lambda value, turn: len({one.clause_id for one in turn.answer.citations}) <= value,
    "says": lambda value, turn: _one_of_each(value, turn.everything),
    "says_not": lambda value, turn: not any(fold(one) in turn.everything for one in value),
    "states": lambda value, turn: _one_of_each(value, turn.own_words),
    "states_not": lambda value, turn: not any(fold(one) in turn.own_words for one in value),
    "beginning": lambda value, turn: _one_of_each(value, fold(turn.answer.text)[:_GLANCE]),
    "first_line": lambda value, turn: _any_pattern(value, turn.opening),
    "first_line_not": lambda value, turn: not _any_pattern(value, turn.opening),
    "places_in_quote": lambda value, turn: set(value) <= {p for c in turn.answer.citations for p in c.places_in_quote},
    "choices_at_least": lambda value, turn: len(turn.answer.choices) >= value,
    "choices_have": lambda value, turn: _one_of_each(
        value, fold("\n".join(f"{one.label} {' '.join(one.jurisdiction)}" for one in turn.answer.choices))
    ),
    "unanswered_has": lambda value, turn: _one_of_each(value, fold("\n".join(turn.answer.unanswered))),
    "nothing_left": lambda value, turn: value is (not turn.answer.unanswered),
    "needs": _needs_met,
    "list_count": lambda value, turn: value[0] <= _entries(turn.answer.blocks) <= value[1],
    "differs": lambda value, turn: value is (turn.before is None or fold(turn.before.text) != fold(turn.answer.text)),
    "shorter": lambda value, turn: value is (turn.before is not None and len(turn.answer.text) < len(turn.before.text)),
    "any_of": lambda value, turn: any(not failures(one, turn) for one in value),
}


def failures(expect: Mapping[str, Any], turn: Turn) -> tuple[str, ...]:
    """Names of the checks that the turn does not pass."""
    return tuple(name for name, value in expect.items() if not CHECKS[name](value, turn))
