"""Paragraph and character styles, each with what it takes from the style it is based on."""

import re
from dataclasses import dataclass

from corpus.readers.word.package import Element, qn

_DEEPEST = 20  # styles based on one another; Word allows eleven
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_BODY_LEVEL = 9  # the outline level of body text
_OFF = ("0", "false", "off")


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says of its paragraphs or characters; None where it says nothing."""

    num_id: str | None = None
    level: str | None = None  # of the numbering, from 0
    numbered_by: str | None = None  # the style in the chain that names the numbering: its level may be linked to it
    heading: int | None = None  # level of the heading, from 1; 0: body text
    hidden: bool | None = None
    based_on: str | None = None


class Styles:
    """The styles of one file, by their ids."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._own: dict[str, Style] = {}
        self._read: dict[str, Style] = {}
        self.default = ""
        for style in () if root is None else root.iterchildren(qn("w:style")):
            name = style.get(qn("w:styleId"), "")
            self._elements.setdefault(name, style)
            if style.get(qn("w:type")) == "paragraph" and not is_off(style.get(qn("w:default"), "0")):
                self.default = self.default or name

    def of(self, name: str | None) -> Style:
        """The style of this id; one that says nothing where there is none."""
        name = self.default if name is None else name
        if name not in self._read:
            self._read[name] = self._resolved(name)
        return self._read[name]

    def numbering_of(self, name: str) -> str | None:
        """The numbering that a list style names."""
        style = self._elements.get(name)
        return None if style is None else value(descend(style, "w:pPr", "w:numPr", "w:numId"))

    def _resolved(self, name: str) -> Style:
        """The style with what it does not say itself taken from those it is based on."""
        found = self._style(name)
        above = found
        for _ in range(_DEEPEST):
            if above.based_on is None:
                break
            above = self._style(above.based_on)
            numbered = found if found.num_id is not None else above
            found = Style(
                num_id=numbered.num_id,
                numbered_by=numbered.numbered_by,
                level=found.level or above.level,
                heading=above.heading if found.heading is None else found.heading,
                hidden=above.hidden if found.hidden is None else found.hidden,
            )
        return found

    def _style(self, name: str) -> Style:
        """What a style says itself."""
        if name not in self._own:
            style = self._elements.get(name)
            num_id = value(descend(style, "w:pPr", "w:numPr", "w:numId"))
            self._own[name] = Style(
                num_id=num_id,
                numbered_by=None if num_id is None else name,
                level=value(descend(style, "w:pPr", "w:numPr", "w:ilvl")),
                heading=_heading(style),
                hidden=switched(descend(style, "w:rPr", "w:vanish")),
                based_on=value(child(style, "w:basedOn")),
            )
        return self._own[name]


def _heading(style: Element | None) -> int | None:
    outline = outline_level(child(style, "w:pPr"))
    if outline is not None:
        return outline
    name = value(child(style, "w:name")) or ""
    match = _HEADING.fullmatch(name.strip())
    return int(match[1]) if match else 1 if name.strip().lower() == "title" else None


def outline_level(properties: Element | None) -> int | None:
    """The level of a heading, from 1, that paragraph properties set; 0 for body text; None where they say nothing."""
    level = value(child(properties, "w:outlineLvl"))
    if level is None or not level.isdecimal():
        return None
    return int(level) + 1 if int(level) < _BODY_LEVEL else 0


def child(element: Element | None, name: str) -> Element | None:
    """The first child of this name."""
    return None if element is None else next(element.iterchildren(qn(name)), None)


def descend(element: Element | None, *names: str) -> Element | None:
    """The element that a path of names leads to."""
    for name in names:
        element = child(element, name)
    return element


def value(element: Element | None) -> str | None:
    """The attribute `val` of an element."""
    return None if element is None else element.get(qn("w:val"))


def is_off(text: str) -> bool:
    """Whether a switch is written as off."""
    return text in _OFF


def switched(element: Element | None) -> bool | None:
    """Whether a switch such as `vanish` is on; None where it does not stand there."""
    return None if element is None else not is_off(element.get(qn("w:val"), "1"))
