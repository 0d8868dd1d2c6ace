"""What a model is told, from prompt.toml: an order, and the texts that it is about."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from assistant.composition.text import without_marks

Messages = list[dict[str, str]]


def for_answer(question: str, quotes: Mapping[int, str]) -> Messages:
    """To put these quotes, by their numbers, in other words; personal data in the question is masked already."""
    table = _table()["answer"]
    shown = "\n".join(table["quote"].format(number=number, text=without_marks(text)) for number, text in quotes.items())
    return _messages(table, question=without_marks(question), quotes=shown)


def for_follow_up(question: str, before: Sequence[str]) -> Messages:
    """To complete a question by what was said before, oldest first."""
    return _messages(_table()["follow_up"], question=question, before="\n".join(before))


def for_record(text: str) -> Messages:
    """To say a clause in plain words."""
    return _messages(_table()["record"], text=without_marks(text))


def _messages(table: Mapping[str, str], **values: str) -> Messages:
    asked = {"role": "user", "content": table["user"].strip().format_map(values)}
    return [{"role": "system", "content": table["system"].strip()}, asked]


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("assistant.phrasing").joinpath("prompt.toml").read_text(encoding="utf-8"))
