"""Topics with questions to start from, as far as the documents at hand answer them."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from assistant.service import Assistant

_FILE = Path(__file__).parent / "topics.toml"


@dataclass(frozen=True, slots=True)
class Topic:
    name: str
    questions: tuple[str, ...]


def read_topics(*, english: bool) -> tuple[Topic, ...]:
    """Every topic of the file, in one language."""
    name, ask = ("en", "ask_en") if english else ("zh", "ask")
    return tuple(Topic(one[name], tuple(one[ask])) for one in tomllib.loads(_FILE.read_text("utf-8"))["topic"])


def answered_topics(assistant: Assistant, *, english: bool) -> tuple[Topic, ...]:
    """The topics without the questions that `assistant` cannot answer; another corpus may leave none."""
    asked = (
        Topic(topic.name, tuple(question for question in topic.questions if assistant.ask(question).citations))
        for topic in read_topics(english=english)
    )
    return tuple(topic for topic in asked if topic.questions)
