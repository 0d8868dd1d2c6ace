"""Words in pictures, by rapidocr (extra `ocr`), whose models come inside its wheel: nothing is fetched at run time.

What is recognised goes the same way as printed letters do; every piece carries its confidence.
"""

import importlib.util
import math
import re
from collections.abc import Callable
from functools import cache
from statistics import median
from typing import Any, NamedTuple

from PIL import Image

from corpus.readers.printed.lines import Letter
from corpus.readers.printed.recognised import Recognised
from corpus.readers.printed.ruled import Rule

POINTS_TO_PIXELS = 200 / 72  # pages are rendered at 200 dots an inch
MOST_PIXELS = 60_000_000  # of one picture: A3 at 400 dots an inch has 31 million
LONGEST_SIDE = 4000  # pixels of a rendered page at most
_SMALLEST = 1400  # pixels of the longer side, below which letters are too small and a picture is enlarged
_SKEWED = 0.4  # degrees from which a page is turned straight
_MOST_SKEWED = 8.0  # degrees: more is not the skew of a page
_UPSIDE_DOWN = 0.6  # mean confidence below which the picture may stand on its head
_LEAST = 0.3  # confidence below which a piece is a stain, not a word
_UNEVEN = 0.25  # of the usual size, by which boxes of the same letters may differ
_BOX_TO_EM = 0.97  # a box is about as high as its letters are wide


def is_installed() -> bool:
    """Whether the extra is there."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


def sized(picture: Image.Image) -> Image.Image:
    """Without transparency, and no smaller or larger than letters need."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        ground = Image.new("RGBA", picture.size, "white")
        ground.alpha_composite(picture.convert("RGBA"))
        picture = ground
    picture = picture.convert("RGB")
    longest = max(picture.size)
    if longest < _SMALLEST:
        scale = _SMALLEST / longest
        picture = picture.resize(
            (round(picture.width * scale), round(picture.height * scale)), Image.Resampling.LANCZOS
        )
    elif longest > LONGEST_SIDE:
        picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return picture


def recognise(picture: Image.Image) -> Recognised:
    """The words and ruling lines of one picture, turned straight first where it lay on its side or was skewed."""
    picture = picture.convert("RGB")
    pieces = _pieces(picture)
    picture, pieces = _upright(picture, pieces)
    skew = _skew(pieces)
    if abs(skew) >= _SKEWED:
        picture = picture.rotate(skew, expand=True, fillcolor="white")
        pieces = _pieces(picture)
    kept = [piece for piece in pieces if piece.score >= _LEAST and piece.text.strip()]
    usual = median([piece.em for piece in kept for _ in piece.text] or [0.0])
    letters = [_letter(piece, usual) for piece in kept]
    return Recognised(letters, rules_of(picture), picture.width, picture.height)


class _Piece(NamedTuple):
    corners: list[tuple[float, float]]  # from the upper left clockwise
    text: str
    score: float

    @property
    def width(self) -> float:
        return math.dist(self.corners[0], self.corners[1])

    @property
    def height(self) -> float:
        return math.dist(self.corners[0], self.corners[3])

    @property
    def em(self) -> float:
        """The size of its letters: the height of the box, which is too high for few letters, or what the width says."""
        wide = sum(0.5 if letter.isascii() else 1.0 for letter in self.text)
        return min(self.height, 1.15 * self.width / wide) if wide else self.height


def _pieces(picture: Image.Image) -> list[_Piece]:
    import numpy as np  # noqa: PLC0415

    found = _engine()(np.asarray(picture)[:, :, ::-1], use_cls=False)
    if found.boxes is None or found.txts is None:
        return []
    return [
        _Piece([(float(x), float(y)) for x, y in box], text, float(score))
        for box, text, score in zip(found.boxes, found.txts, found.scores, strict=True)
    ]


def _upright(picture: Image.Image, pieces: list[_Piece]) -> tuple[Image.Image, list[_Piece]]:
    """The picture turned by a right angle or two, where its lines run upwards or nothing can be read in them."""
    upwards = sum(piece.height > 1.5 * piece.width for piece in pieces) > len(pieces) / 2
    if not pieces or not (upwards or _sureness(pieces) < _UPSIDE_DOWN):
        return picture, pieces
    tries = [(picture, pieces)]
    for angle in (90, 270) if upwards else (180,):
        turned = picture.rotate(angle, expand=True)
        tries.append((turned, _pieces(turned)))
    return max(tries[1:] if upwards else tries, key=lambda each: _sureness(each[1]))


def _sureness(pieces: list[_Piece]) -> float:
    """The mean confidence, by letter."""
    letters = sum(len(piece.text) for piece in pieces)
    return sum(piece.score * len(piece.text) for piece in pieces) / letters if letters else 0.0


@cache
def _engine() -> Any:  # noqa: ANN401 — rapidocr is untyped, and an extra
    from rapidocr import RapidOCR  # noqa: PLC0415

    # Lines are as small on a wide page as on a narrow one: the page is not made smaller before lines are looked for.
    return RapidOCR(params={"Global.log_level": "error", "Global.max_side_len": LONGEST_SIDE, "Global.text_score": 0.0})


def _skew(pieces: list[_Piece]) -> float:
    """The angle, in degrees, at which most long lines fall to the right."""
    angles = []
    for piece in pieces:
        (x0, y0), (x1, y1) = piece.corners[:2]
        if piece.width > 8 * piece.height:
            angles.append(math.degrees(math.atan2(y1 - y0, x1 - x0)))
    skew = median(angles) if angles else 0.0
    return skew if abs(skew) < _MOST_SKEWED else 0.0


def _letter(piece: _Piece, usual: float) -> Letter:
    """A recognised piece, as one letter of a line; sizes near the usual one are that, for boxes are not exact."""
    em = usual if abs(piece.em - usual) < _UNEVEN * usual else piece.em
    xs, ys = [x for x, _ in piece.corners], [y for _, y in piece.corners]
    return Letter(mended(piece.text), min(xs), max(xs), min(ys), max(ys), em * _BOX_TO_EM, piece.score)


def rules_of(picture: Image.Image) -> list[Rule]:
    """The ruling lines of a picture: dark strokes, level or upright, much longer than any stroke of a letter."""
    import cv2  # noqa: PLC0415 — comes with rapidocr
    import numpy as np  # noqa: PLC0415

    grey = np.asarray(picture.convert("L"))
    dark = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)
    shortest = max(40, picture.width // 25)
    rules = []
    for shape in ((shortest, 1), (1, shortest)):
        strokes = cv2.morphologyEx(dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape))
        strokes = cv2.dilate(strokes, np.ones((3, 3), np.uint8))
        contours, _ = cv2.findContours(strokes, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for x, y, width, height in map(cv2.boundingRect, contours):
            if min(width, height) < shortest / 2:
                rules.append(Rule(float(x), float(x + width), float(y), float(y + height)))
    return rules


_NUMERALS = "一二三四五六七八九十百零〇"
_DASHES = r"\-—–―"
_SLIPS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    # 第 read as a character like it, 一 read as a dash
    (re.compile(rf"[第笫弟苐]\s?([{_NUMERALS}{_DASHES}\d]{{1,7}})(?=\s?[编章节条款])"), lambda m: "第" + _ones(m[1])),
    (re.compile(rf"[（(]\s?([{_NUMERALS}{_DASHES}]{{1,3}})\s?[)）]{{1,2}}\s?"), lambda m: f"（{_ones(m[1])}）"),
    (re.compile(r"([㈠-㈩])\s?[)）]?\s?"), lambda m: f"（{_NUMERALS[ord(m[1]) - ord('㈠')]}）"),
    (re.compile(rf"([{_NUMERALS}]{{1,3}})\s?[)）](?=[^{_NUMERALS}项款条目])"), lambda m: f"（{m[1]}）"),
    (re.compile(rf"([{_NUMERALS}]{{0,2}}[{_DASHES}]{{1,2}})、"), lambda m: _ones(m[1]) + "、"),
    (re.compile(r"[lI丨|](?=[.．、]\s?[^\sA-Za-z\d])"), lambda _: "1"),
)


def _ones(numeral: str) -> str:
    """The numeral with 一 where a dash was read."""
    return re.sub(f"[{_DASHES}]", "一", numeral)


def mended(text: str) -> str:
    """The piece without the slips of recognition that would cost a number at its start."""
    for pattern, right in _SLIPS:
        if found := pattern.match(text):
            return right(found) + text[found.end() :]
    return text
