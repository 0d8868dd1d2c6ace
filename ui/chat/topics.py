"""Topics with questions to start from, as far as the documents at hand answer them."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_FILE = Path(__file__).parent / "topics.toml"


@dataclass(frozen=True, slots=True)
class Topic:
    name: str
    questions: tuple[str, ...]


def read_topics(code: str) -> tuple[Topic, ...]:
    """Every topic of the file that is written in this language."""
    topics = tomllib.loads(_FILE.read_text(encoding="utf-8"))["topic"]
    return tuple(
        Topic(topic["name"][code], tuple(topic["questions"][code])) for topic in topics if code in topic["name"]
    )


def answered_topics(code: str, is_answered: Callable[[str], bool]) -> tuple[Topic, ...]:
    """The topics without the questions that are not answered; another corpus may leave none."""
    asked = (Topic(topic.name, tuple(filter(is_answered, topic.questions))) for topic in read_topics(code))
    return tuple(topic for topic in asked if topic.questions)
