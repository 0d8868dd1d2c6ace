"""Makes the pdf files and pictures of the tests: paragraphs set on pages as an office prints them."""

import importlib.util
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595.0, 842.0  # points: A4
_SIZE = 14.0  # of the running text: one em
_LEFT, _TOP, _BOTTOM = 87.5, 72.0, 760.0
_COLUMN = 30 * _SIZE
_PITCH = 25.0
_NO_START = "，。、；：！？”’）》〉〕】,.;:!?)%"  # never begin a line
_NO_END = "“‘（《〈〔【("  # never end one


@dataclass(frozen=True)
class Placed:
    """One run of letters on a page; x from the left, y of its baseline from the top, in points."""

    text: str
    x: float
    y: float
    size: float = _SIZE


Page = list[Placed]


def set_pages(
    paragraphs: Sequence[str],
    *,
    titles: Sequence[str] = (),
    head: str = "某市行政规范性文件汇编",
    foot: Callable[[int], str] = "— {} —".format,
) -> list[Page]:
    """Pages with heads and feet: paragraphs with an indent of two characters, titles in the middle in large letters."""
    pages: list[Page] = [[]]
    y = _TOP
    for paragraph in paragraphs:
        large = paragraph in titles
        size = 20.0 if large else _SIZE
        for number, line in enumerate(_wrapped(paragraph, size, indent=0 if large else 2)):
            y += _PITCH * size / _SIZE
            if y > _BOTTOM:
                pages.append([])
                y = _TOP + _PITCH * size / _SIZE
            indent = (_COLUMN - text_width(line, size)) / 2 if large else 0 if number else 2 * size
            pages[-1].append(Placed(line, _LEFT + indent, y, size))
    for number, page in enumerate(pages, 1):
        page.insert(0, Placed(head, WIDTH / 2 - text_width(head, 9) / 2, 45, 9))
        page.append(Placed(foot(number), WIDTH / 2 - text_width(foot(number), 10) / 2, 800, 10))
    return pages


def set_lines(
    text: str, x: float, y: float, *, column: float = _COLUMN, size: float = _SIZE, indent: int = 2
) -> list[Placed]:
    """One paragraph as placed lines, from `y` downward."""
    lines = _wrapped(text, size, indent=indent, column=column)
    return [
        Placed(line, x + (0 if number else indent * size), y + number * _PITCH * size / _SIZE, size)
        for number, line in enumerate(lines)
    ]


def text_width(text: str, size: float) -> float:
    """The width of letters as the pdf prints them, in points."""
    return sum(float(pdfmetrics.stringWidth(run, font, size)) for font, run in _runs(text))


def text_pdf(pages: Sequence[Page], *, draw: Callable[[Canvas, int], None] | None = None) -> bytes:
    """A pdf with text; `draw` adds what it likes to a page (from 1), in points from the lower left."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT))
    for number, page in enumerate(pages, 1):
        for placed in page:
            draw_text(canvas, placed)
        if draw is not None:
            draw(canvas, number)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def draw_text(canvas: Canvas, placed: Placed) -> None:
    """Draws one run of letters, Latin ones in a font of their own, as offices set them."""
    x = placed.x
    for font, run in _runs(placed.text):
        canvas.setFont(font, placed.size)
        canvas.drawString(x, HEIGHT - placed.y, run)
        x += float(pdfmetrics.stringWidth(run, font, placed.size))


def picture(page: Page, *, dpi: int = 200, turn: float = 0.0) -> Image.Image:
    """A page as a scanner sees it, grey; `turn` is its skew in degrees. Needs the font of `scan_font`."""
    scale = dpi / 72
    image = Image.new("L", (round(WIDTH * scale), round(HEIGHT * scale)), 255)
    draw = ImageDraw.Draw(image)
    for placed in page:
        font, x = _scan_font(round(placed.size * scale)), placed.x * scale
        for letter in placed.text:  # each where the pdf has it, whatever the width of the font's own
            draw.text((x, placed.y * scale), letter, fill=20, font=font, anchor="ls")
            x += text_width(letter, placed.size) * scale
    return image.rotate(turn, resample=Image.Resampling.BICUBIC, fillcolor=255) if turn else image


def picture_pdf(images: Sequence[Image.Image], dpi: int = 200) -> bytes:
    """A pdf whose pages are pictures."""
    out = io.BytesIO()
    images[0].save(out, "PDF", resolution=dpi, save_all=True, append_images=images[1:], quality=90)
    return out.getvalue()


def scan_font() -> Path | None:
    """A font with Chinese characters to draw pictures with, where one is installed."""
    package = importlib.util.find_spec("manimgx_fonts_cjk")
    folders = package.submodule_search_locations if package else None
    return next(Path(folders[0]).glob("*.ttc"), None) if folders else None


def _scan_font(size: int) -> ImageFont.FreeTypeFont:
    path = scan_font()
    assert path is not None
    font = ImageFont.truetype(path, size, index=2)  # the third face is the one for simplified characters
    font.set_variation_by_axes([400])
    return font


def _runs(text: str) -> list[tuple[str, str]]:
    """Font and letters, for each stretch of Chinese or Latin letters; neither font is part of the file."""
    if "STSong-Light" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    return [
        ("Times-Roman" if latin else "STSong-Light", "".join(run))
        for latin, run in groupby(text, lambda c: c < "\u0100")
    ]


def _wrapped(text: str, size: float, *, indent: int, column: float = _COLUMN) -> list[str]:
    """The lines of a paragraph: no mark that closes begins one, none that opens ends one, no Latin word is cut."""
    lines: list[str] = []
    line, room = "", column - indent * size
    for unit in _units(text):
        if line and text_width(line + unit, size) > room + 0.01:
            lines.append(line.rstrip())
            line, room = "", column
        line += unit if line else unit.lstrip()
    return [*lines, line] if line else lines


def _units(text: str) -> list[str]:
    units: list[str] = []
    for letter in text:
        before = units[-1][-1] if units else ""
        word = letter.isascii() and letter.isalnum() and before.isascii() and before.isalnum()
        if units and (letter in _NO_START or before in _NO_END or word):
            units[-1] += letter
        else:
            units.append(letter)
    return units
