"""Word's automatic numbering: the number that a paragraph shows though its text does not hold it.

Follows ECMA-376, part 1, 17.9: a paragraph names an instance (`num`) and a level; the instance names a definition
(`abstractNum`), which may be kept in a list style; all instances of one definition count on together unless they say
where they start.
"""

import re
from dataclasses import dataclass, replace

from corpus.readers.word.number_formats import format_number
from corpus.readers.word.package import Element, qn
from corpus.readers.word.styles import Style, Styles, child, descend, is_off, switched, value
from corpus.readers.word.symbols import shown
from corpus.text.characters import HAN

LEVELS = 9
_NONE = "0"  # the numbering of paragraphs that are taken out of one
_LONGEST = 100  # characters of a level's text that are shown; Word allows 31
_LARGEST = 2_000_000_000
_PLACE = re.compile(r"%([1-9])")
_CLOSING = "、．.﹒)）:：】〕"
_CHINESE = re.compile(f"[{HAN}《“‘（〔【]")
_DEEPEST = 5  # list styles that name one another


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts and what it prints."""

    start: int = 1
    form: str = "decimal"
    picture: str = ""  # of a custom form
    text: str = ""  # 第%1条
    suffix: str = "tab"
    restarts_after: int | None = None  # a level, from 1, above it; 0: never; None: any above it
    decimal: bool = False  # prints the numbers of all levels in decimal
    style: str | None = None  # whose paragraphs are of this level
    font: str = ""


class Numbering:
    """The lists of one file and how far each has counted. Paragraphs are asked about in their order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._definitions = _by_id(root, "w:abstractNum", "w:abstractNumId")
        self._instances = _by_id(root, "w:num", "w:numId")
        self._levels: dict[str, tuple[Level, ...]] = {}  # by definition
        self._lists: dict[str, _List | None] = {}  # by instance
        self._counts: dict[str, list[int | None]] = {}
        self._started: set[tuple[str, int]] = set()

    def number(self, properties: Element | None, style_id: str | None) -> str:
        """The number of the next paragraph, with the blank behind it; empty where it has none."""
        style = self._styles.of(style_id)
        direct = child(properties, "w:numPr")
        num_id = value(child(direct, "w:numId"))
        from_style = num_id is None
        num_id = style.num_id if num_id is None else num_id
        if num_id is None or num_id == _NONE or (found := self._list(num_id)) is None:
            return ""
        level = value(child(direct, "w:ilvl"))
        if level is None and from_style:
            level = found.level_of(style)
        return self._next(num_id, found, _bounded(level, 0, LEVELS - 1))

    def _next(self, num_id: str, found: "_List", at: int) -> str:
        counts = self._counts.setdefault(found.definition, [None] * LEVELS)
        for above in range(at):  # one that has not come yet counts as come: Microsoft's knowledge base, Q110380
            if counts[above] is None:
                counts[above] = found.levels[above].start
        before = counts[at]
        forced = at in found.restarted and (num_id, at) not in self._started
        self._started.add((num_id, at))
        counts[at] = found.levels[at].start if before is None or forced else min(before + 1, _LARGEST)
        for deeper in range(at + 1, LEVELS):
            after = found.levels[deeper].restarts_after
            if after is None or at < after:
                counts[deeper] = None
        return _printed(found.levels, counts, at)

    def _list(self, num_id: str) -> "_List | None":
        if num_id not in self._lists:
            self._lists[num_id] = self._resolved(num_id)
        return self._lists[num_id]

    def _resolved(self, num_id: str) -> "_List | None":
        instance = self._instances.get(num_id)
        definition = self._definition(num_id)
        if instance is None or definition is None:
            return None
        name = definition.get(qn("w:abstractNumId"), "")
        if name not in self._levels:
            self._levels[name] = _levels(definition)
        levels = list(self._levels[name])
        restarted = set()
        for override in instance.iterchildren(qn("w:lvlOverride")):
            at = _level_index(override)
            if (own := child(override, "w:lvl")) is not None:
                levels[at] = _level(own)
            if (start := value(child(override, "w:startOverride"))) is not None:
                levels[at] = replace(levels[at], start=_bounded(start, 0, _LARGEST))
                restarted.add(at)
        return _List(name, tuple(levels), frozenset(restarted))

    def _definition(self, num_id: str | None) -> Element | None:
        definition = None
        for _ in range(_DEEPEST):
            instance = self._instances.get(num_id or "")
            definition = self._definitions.get(value(child(instance, "w:abstractNumId")) or "")
            link = value(child(definition, "w:numStyleLink"))
            if link is None:
                break
            num_id = self._styles.numbering_of(link)
        return definition


@dataclass(frozen=True, slots=True)
class _List:
    definition: str
    levels: tuple[Level, ...]
    restarted: frozenset[int]  # levels that this instance begins anew

    def level_of(self, style: Style) -> str | None:
        """The level of a paragraph that has its numbering from its style: linked to the style, else named there."""
        for at, level in enumerate(self.levels):
            if style.numbered_by and level.style == style.numbered_by:
                return str(at)
        return style.level


def numbered(number: str, text: str) -> str:
    """A paragraph's text behind its number, which ends in a blank where one follows it.

    A number that ends in a mark has no blank between it and Chinese, as it is typed: 一、总则, but 第一条 总则. A
    paragraph without words shows nothing, though it counts.
    """
    text, printed = text.rstrip("\n"), number.strip()
    if not printed or not text.strip():
        return text
    text = text.lstrip(" \n\u3000")
    close = number[-1] != " " or (printed[-1] in _CLOSING and _CHINESE.match(text))
    return f"{printed}{'' if close else ' '}{text}"


def _printed(levels: tuple[Level, ...], counts: list[int | None], at: int) -> str:
    own = levels[at]

    def number(place: re.Match[str]) -> str:
        index = int(place[1]) - 1
        count = counts[index]
        form = "decimal" if own.decimal else levels[index].form
        return "" if count is None or index > at else format_number(count, form, levels[index].picture)

    text = _PLACE.sub(number, own.text).strip()
    return text if own.suffix == "nothing" or not text else text + " "


def _levels(definition: Element) -> tuple[Level, ...]:
    levels = [Level()] * LEVELS
    for element in definition.iterchildren(qn("w:lvl")):
        levels[_level_index(element)] = _level(element)
    return tuple(levels)


def _level(element: Element) -> Level:
    form = next(element.iter(qn("w:numFmt")), None)  # the first of two where a custom form has a plain one beside it
    restart = value(child(element, "w:lvlRestart"))
    fonts = descend(element, "w:rPr", "w:rFonts")
    font = "" if fonts is None else fonts.get(qn("w:ascii"), "")
    text = child(element, "w:lvlText")
    silent = text is not None and not is_off(text.get(qn("w:null"), "0"))
    return Level(
        start=_bounded(value(child(element, "w:start")), 0, _LARGEST),
        form=value(form) or "decimal",
        picture="" if form is None else form.get(qn("w:format"), ""),
        text="" if silent else shown((value(text) or "")[:_LONGEST], font),
        suffix=value(child(element, "w:suff")) or "tab",
        restarts_after=None if restart is None else _bounded(restart, 0, LEVELS),
        decimal=bool(switched(child(element, "w:isLgl"))),
        style=value(child(element, "w:pStyle")),
        font=font,
    )


def _by_id(root: Element | None, name: str, key: str) -> dict[str, Element]:
    return {} if root is None else {element.get(qn(key), ""): element for element in root.iterchildren(qn(name))}


def _level_index(element: Element) -> int:
    return _bounded(element.get(qn("w:ilvl")), 0, LEVELS - 1)


def _bounded(text: str | None, least: int, most: int) -> int:
    """A number as written, within bounds; the least where it is none."""
    digits = (text or "").strip()
    if not digits.isascii() or not digits.isdecimal():
        return least
    return most if len(digits) > 12 else max(least, min(int(digits), most))
