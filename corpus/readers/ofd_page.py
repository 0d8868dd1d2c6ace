"""One page of an OFD: its letters, its ruling lines and its pictures, in points from the upper left."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from corpus.readers.printed.lines import Letter
from corpus.readers.printed.ruled import Rule

MILLIMETRE = 72 / 25.4  # points
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_PATH = re.compile(rf"[A-Za-z]|{_NUMBER.pattern}")
_ARGUMENTS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_DEEPEST = 20  # blocks of a page inside one another
_MOST_LETTERS = 100_000  # of one page
_MOST_RULES = 20_000
_PICTURE = 0.12  # of a page, as for a pdf
_FEW = 20  # letters on a page that is a picture

Matrix = tuple[float, float, float, float, float, float]


def local(element: Any) -> str:  # noqa: ANN401 — lxml's element has no public type
    """The name of an element without its namespace; empty for comments."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(root: Any, *path: str) -> Iterator[Any]:  # noqa: ANN401
    """The elements that a path of names leads to."""
    if not path:
        yield root
        return
    for child in root:
        if local(child) == path[0]:
            yield from children(child, *path[1:])


def numbers(text: str) -> list[float]:
    """The numbers in a list of them."""
    return [float(number) for number in _NUMBER.findall(text)]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on the page, and the number of its file."""

    resource: str
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def area(self) -> float:
        """In square points."""
        return (self.x1 - self.x0) * (self.bottom - self.top)


@dataclass
class OfdPage:
    """Everything on a page whose upper left corner is at `x`, `y` (millimetres)."""

    x: float
    y: float
    letters: list[Letter] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    def is_picture(self, area: float) -> bool:
        """Whether what the page (of that area) says stands in a picture."""
        large = max((picture.area for picture in self.pictures), default=0.0)
        return large >= _PICTURE * area and len(self.letters) <= _FEW

    def add(self, root: Any) -> None:  # noqa: ANN401
        """What a page's or a template's XML draws."""
        for layer in children(root, "Content", "Layer"):
            self._add_block(layer, 0)

    def _add_block(self, block: Any, depth: int) -> None:  # noqa: ANN401
        for thing in block:
            kind = local(thing)
            if thing.get("Visible") == "false" or thing.get("Alpha") == "0":
                continue
            if kind == "PageBlock" and depth < _DEEPEST:
                self._add_block(thing, depth + 1)
            elif kind == "TextObject":
                self._add_text(thing)
            elif kind == "PathObject" and len(self.rules) < _MOST_RULES:
                self._add_path(thing)
            elif kind == "ImageObject":
                self._add_picture(thing)

    def _add_text(self, thing: Any) -> None:  # noqa: ANN401
        x, y, _, _ = _boundary(thing)
        matrix, size = _matrix(thing), float(thing.get("Size") or 4.2)
        scale = math.hypot(matrix[2], matrix[3]) or 1.0
        if _is_white(thing):
            return
        for code in children(thing, "TextCode"):
            text = (code.text or "").strip("\r\n\t")
            at_x, at_y = float(code.get("X") or 0), float(code.get("Y") or 0)
            advances_x, advances_y = _deltas(code.get("DeltaX"), len(text)), _deltas(code.get("DeltaY"), len(text))
            em = size * scale
            for index, letter in enumerate(text[: _MOST_LETTERS - len(self.letters)]):
                px, py = _moved(matrix, at_x, at_y)
                step = advances_x[index] if index < len(advances_x) else 0.0
                wide = em * (0.5 if letter.isascii() else 1.0)
                if step > 0:  # a letter is as wide as its advance, unless room follows
                    wide = min(step * (math.hypot(matrix[0], matrix[1]) or 1.0), em)
                self._add_letter(letter, x + px, y + py, wide, em)
                at_x += step if index < len(advances_x) else (0.0 if advances_y else wide / scale)
                at_y += advances_y[index] if index < len(advances_y) else 0.0

    def _add_letter(self, letter: str, x: float, y: float, wide: float, em: float) -> None:
        left, base = (x - self.x) * MILLIMETRE, (y - self.y) * MILLIMETRE
        high = em * MILLIMETRE
        self.letters.append(
            Letter(letter, left, left + wide * MILLIMETRE, base - 0.86 * high, base + 0.14 * high, high)
        )

    def _add_path(self, thing: Any) -> None:  # noqa: ANN401
        x, y, _, _ = _boundary(thing)
        matrix = _matrix(thing)
        for data in children(thing, "AbbreviatedData"):
            for start, end in _strokes(data.text or ""):
                (x0, y0), (x1, y1) = _moved(matrix, *start), _moved(matrix, *end)
                if min(abs(x1 - x0), abs(y1 - y0)) < 0.5:
                    self._add_rule(x + min(x0, x1), x + max(x0, x1), y + min(y0, y1), y + max(y0, y1))

    def _add_rule(self, x0: float, x1: float, top: float, bottom: float) -> None:
        self.rules.append(
            Rule(
                (x0 - self.x) * MILLIMETRE,
                (x1 - self.x) * MILLIMETRE,
                (top - self.y) * MILLIMETRE,
                (bottom - self.y) * MILLIMETRE,
            )
        )

    def _add_picture(self, thing: Any) -> None:  # noqa: ANN401
        x, y, width, height = _boundary(thing)
        left, top = (x - self.x) * MILLIMETRE, (y - self.y) * MILLIMETRE
        self.pictures.append(
            Picture(thing.get("ResourceID") or "", left, left + width * MILLIMETRE, top, top + height * MILLIMETRE)
        )


def _boundary(thing: Any) -> tuple[float, float, float, float]:  # noqa: ANN401
    values = numbers(thing.get("Boundary") or "")
    return (values[0], values[1], values[2], values[3]) if len(values) == 4 else (0.0, 0.0, 0.0, 0.0)


def _matrix(thing: Any) -> Matrix:  # noqa: ANN401
    values = numbers(thing.get("CTM") or "")
    if len(values) != 6:
        return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
    return values[0], values[1], values[2], values[3], values[4], values[5]


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _is_white(thing: Any) -> bool:  # noqa: ANN401
    """Whether the letters are filled with white, and so cannot be seen."""
    return any((color.get("Value") or "").split() == ["255", "255", "255"] for color in children(thing, "FillColor"))


def _deltas(text: str | None, most: int) -> list[float]:
    """The advances of letters: numbers, `g 3 4.2` for three of 4.2."""
    found: list[float] = []
    words = iter((text or "").split())
    for word in words:
        if word == "g":
            count, value = int(float(next(words, "0"))), float(next(words, "0"))
            found += [value] * max(0, min(count, most - len(found)))
        else:
            found.append(float(word))
        if len(found) >= most:
            break
    return found


def _strokes(data: str) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight strokes of a path: `M 0 0 L 50 0 C`."""
    words = _PATH.findall(data)
    start = here = (0.0, 0.0)
    index = 0
    while index < len(words):
        count = _ARGUMENTS.get(words[index])
        if count is None:
            index += 1
            continue
        values = words[index + 1 : index + 1 + count]
        if len(values) < count or any(value.isalpha() for value in values):
            index += 1
            continue
        end = (float(values[-2]), float(values[-1])) if count else start
        if words[index] in "SM":
            start = end
        elif words[index] in "LC" and end != here:
            yield here, end
        here = end
        index += 1 + count
