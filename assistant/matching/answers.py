"""Answers to the questions of a profile, checked. What is not answered is not among them: it is unknown, never *no*."""

import math
from collections.abc import Mapping, Sequence

from corpus.errors import InputError
from corpus.records.profile import NO, YES, ProfileQuestion

Answer = frozenset[str] | float  # the values that were chosen, one where one alone can be true; or a number
Answers = Mapping[str, Answer]
Profile = Mapping[str, ProfileQuestion]  # by key, in the order in which they stand


def read_answers(given: Mapping[str, object], profile: Profile, within: str = "") -> dict[str, Answer]:
    """The answers, in the order of the profile. A choice is a text, several are a list of texts, a number is a number.

    Of 是 and 否 true and false are taken too. `within` stands before a key in the name of a field. Raises InputError
    that names the field and what is allowed.
    """
    for key in given:
        if key not in profile:
            known = "、".join(profile) or "（无 none）"
            raise InputError(
                f"没有 {_short(key)} 这个问题，可用：{known}。No such question; known: {known}.",
                f"{within}{_short(key)}",
            )
    return {key: _answer(question, given[key], f"{within}{key}") for key, question in profile.items() if key in given}


def read_written(pairs: Sequence[tuple[str, str]], profile: Profile) -> dict[str, Answer]:
    """The same from an address, where everything is text and a question may come several times. Blank ones are left."""
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        if value.strip():
            found.setdefault(key, []).append(value.strip())
    given: dict[str, object] = {}
    for key, values in found.items():
        question = profile.get(key)
        several = question is None or question.several or len(values) > 1
        given[key] = values if several else _number(values[0]) if question and question.number else values[0]
    return read_answers(given, profile)


def written(answers: Answers, profile: Profile) -> tuple[tuple[str, str], ...]:
    """Answers as an address holds them, in the order of the profile."""
    pairs: list[tuple[str, str]] = []
    for key, question in profile.items():
        answer = answers.get(key)
        if isinstance(answer, frozenset):
            pairs += ((key, choice.value) for choice in question.choices if choice.value in answer)
        elif answer is not None:
            pairs.append((key, f"{answer:.12g}"))
    return tuple(pairs)


def _answer(question: ProfileQuestion, given: object, field: str) -> Answer:
    if question.number is not None:
        least, most = question.number.least, question.number.most
        if isinstance(given, bool) or not isinstance(given, int | float) or not _lies(given, least, most):
            raise InputError(
                f"请填 {least:g} 到 {most:g} 之间的数，不清楚就不写这一项。"
                f"Give a number from {least:g} to {most:g}, or leave the question out.",
                field,
            )
        return float(given)
    known = {choice.value for choice in question.choices}
    if isinstance(given, bool) and known == {YES, NO}:
        given = YES if given else NO
    values = given if question.several and isinstance(given, list | tuple) else [given]
    if not values or not all(isinstance(one, str) and one in known for one in values):
        names = "、".join(choice.value for choice in question.choices)
        form = "一个列表 a list of" if question.several else "其中一项 one of"
        raise InputError(
            f"可填{form}：{names}；不清楚就不写这一项。Leave the question out where the answer is not known.", field
        )
    return frozenset(values)


def _lies(number: float, least: float, most: float) -> bool:
    return least <= number <= most  # of no other kind: neither holds for what is not a number


def _number(text: str) -> object:
    try:
        number = float(text)
    except ValueError:
        return text
    return number if math.isfinite(number) else text


def _short(key: str) -> str:
    return key if len(key) <= 40 else f"{key[:40]}…"
