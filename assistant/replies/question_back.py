"""The question back that stands before a message, and what the message picks of it: by number, by name, by a place.

It is told from what the history holds: a turn that cites nothing and ends with numbered choices.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Choice
from assistant.messages import messages
from assistant.question.history import ASSISTANT, USER, Turn
from assistant.question.language import language_of
from corpus.places.gazetteer import load_gazetteer
from index.text.normalizer import normalize

_CHOICES = re.compile(r"(?:\n+[1-9]\. [^\n]++){2,9}\s*+\Z")
_CHOICE = re.compile(r"(?m)^([1-9])\. (.+)$")
_NUMBER = re.compile(
    r"(?:我?[选要问]|是|option |number |no\.? ?)?第?([1-6一二三四五六])(?:个|项|种|条)?(?:吧|的|呢)?[.。]?"
    r"|(?:the )?(first|second|third|fourth|fifth|sixth)(?: one)?(?: please)?\.?"
)
_NUMERALS = {sign: n for signs in ("123456", "一二三四五六") for n, sign in enumerate(signs, 1)} | {
    name: n for n, name in enumerate(("first", "second", "third", "fourth", "fifth", "sixth"), 1)
}
# What may stand around the name of a place in a message that says no more than where.
_AROUND = re.compile(
    r"(?>我们?|俺们?|咱们?|人|是|在|住|问|的|吧|呢|啊|呀|哦|那边|这边|那里|这里|那|这|市|就|要|想|说|请|选|"
    r"\b(?:in|for|i|we|am|are|live|m|re|it|is|s|please|the|one|city|of|ok|my|about|mean|choose)\b|[\W_])*+"
)
_LONGEST = 40  # characters of a message that picks something
_BRACKET = re.compile(r"[（(][^（()）]*[)）]$")


@dataclass(frozen=True, slots=True)
class QuestionBack:
    """What was asked back, as the history shows it."""

    asked: str  # the message that it answered
    labels: tuple[str, ...]
    before: tuple[Turn, ...]  # what had been said before that message


@dataclass(frozen=True, slots=True)
class Pick:
    """What a message picks: one of the labels, or a place that it names."""

    back: QuestionBack
    label: str

    @property
    def question(self) -> str:
        """What is asked now, as far as it can be told without looking anything up."""
        place = load_gazetteer().get(self.label)
        return in_place(self.label, self.back.asked) if place else self.label

    def chosen_of(self, choices: Sequence[Choice]) -> str:
        """The question of the choice that is meant, or what can be told without it."""
        place = load_gazetteer().get(self.label)
        for choice in choices:
            same = place and (place.name in choice.jurisdiction or load_gazetteer().get(choice.label) == place)
            if choice.label == self.label or same:
                return choice.question
        return self.question


def question_back(history: Sequence[Turn]) -> QuestionBack | None:
    """The question back that the history ends with, if it does."""
    if not history or history[-1].role != ASSISTANT or history[-1].clause_ids:
        return None
    content = history[-1].content
    choices = _CHOICES.search(content)
    if not choices or choices.start() == 0 or "[1]" in content:
        return None
    found = _CHOICE.findall(choices[0])
    if [int(number) for number, _ in found] != list(range(1, len(found) + 1)):
        return None
    at = next((at for at in range(len(history) - 2, -1, -1) if history[at].role == USER), None)
    if at is None:
        return None
    return QuestionBack(history[at].content, tuple(label for _, label in found), tuple(history[:at]))


def picked(text: str, history: Sequence[Turn]) -> Pick | None:
    """What a message picks of the question back before it; None where it picks nothing or there is none."""
    back = question_back(history) if len(text) <= _LONGEST else None
    if back is None:
        return None
    said = text.strip().lower()
    if number := _NUMBER.fullmatch(said):
        nth = _NUMERALS[number[1] or number[2]]
        return Pick(back, back.labels[nth - 1]) if nth <= len(back.labels) else None
    wanted = normalize(said).strip("。.?!")
    for label in back.labels:
        if wanted in (normalize(label), normalize(_BRACKET.sub("", label)).strip()):
            return Pick(back, label)
    return Pick(back, place) if (place := _only_place(said)) and _asks_for_place(back) else None


def settled(history: Sequence[Turn]) -> list[Turn]:
    """The history with what the user picked in place of its number or name, so that it counts for what comes next."""
    return [
        replace(turn, content=pick.question)
        if turn.role == USER and (pick := picked(turn.content, history[:at]))
        else turn
        for at, turn in enumerate(history)
    ]


def in_place(place: str, question: str) -> str:
    """The question asked of one place, in the language of the question."""
    return messages(language_of(question))("clarify.in_place", place=place, question=question.strip().rstrip("?？。."))


def _asks_for_place(back: QuestionBack) -> bool:
    return all(load_gazetteer().get(label) for label in back.labels)


def _only_place(text: str) -> str:
    """The place that a message names, where it says no more."""
    spans = load_gazetteer().spans(text)
    if len(spans) != 1:
        return ""
    start, end, _ = spans[0]
    around = _AROUND.fullmatch(text[:start]) and _AROUND.fullmatch(text[end:])
    return text[start:end] if around else ""
