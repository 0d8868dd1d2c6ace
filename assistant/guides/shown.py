"""A guide as pages show it: its five aspects in order, each with its lines and where they are from, or not stated."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.guides.responder import guide_name, lines_of
from assistant.messages import Messages
from corpus.records.guides import Aspect, Guide


@dataclass(frozen=True, slots=True)
class ShownAspect:
    """One aspect. Without lines, nothing is written down of it."""

    name: str
    lines: Sequence[str] = ()
    source: str = ""
    in_chinese: bool = False  # on a page in another language


@dataclass(frozen=True, slots=True)
class ShownGuide:
    """A guide in the language of a page."""

    name: str
    aspects: tuple[ShownAspect, ...]


def shown_guide(guide: Guide | None, words: Messages) -> ShownGuide | None:
    """The guide; None where there is none."""
    if guide is None:
        return None
    return ShownGuide(guide_name(guide, words), tuple(_shown(guide, aspect, words) for aspect in Aspect))


def _shown(guide: Guide, aspect: Aspect, words: Messages) -> ShownAspect:
    name, told = words(f"guide.{aspect}"), guide.told.get(aspect)
    if told is None:
        return ShownAspect(name)
    source = words("guide.source", source=told.origin.source, day=words.day(told.origin.checked))
    return ShownAspect(name, lines_of(told, words), source, in_chinese=not (words.is_chinese or told.lines_en))
