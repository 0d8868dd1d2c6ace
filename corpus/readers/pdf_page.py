"""One page of a pdf, as pdfplumber gives it: what can be seen on it, as lines and tables.

Runs in the process of `pdf_process.py`, where a page may take only so long.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdfpage import PDFPage
from pdfplumber.page import Page, PDFPageAggregatorWithMarkedContent
from pdfplumber.pdf import PDF

from corpus.readers.printed.lines import Letter, printed_lines
from corpus.readers.printed.page import PrintedPage
from corpus.readers.printed.recognised import Recognised
from corpus.readers.printed.ruled import Box, Rule, with_tables

Thing = dict[str, Any]  # a letter, a picture or a ruling, as pdfplumber describes it

_UNSEEN = "unseen"  # the tag of letters that are printed in no colour at all
_SMALLEST = 2.0  # points: letters smaller than this cannot be read by anybody
_PICTURE = 0.12  # of the page: smaller pictures are seals, signatures and codes to scan
_FEW = 0.04  # of a picture's area: letters on it that are a page number or the like, not its text
_STROKES = 200  # curves on a page without letters that are letters drawn as outlines
_NAMELESS = 0.3  # of the letters whose font does not say which letter they are: the text is useless


class _Device(PDFPageAggregatorWithMarkedContent):
    """pdfplumber's device; letters in render mode 3 (neither filled nor stroked) are tagged as unseen."""

    _mode = 0

    def render_string(self, textstate: Any, *args: Any) -> None:  # noqa: ANN401 — pdfminer's own types say no more
        self._mode = textstate.render
        super().render_string(textstate, *args)

    def tag_cur_item(self) -> None:
        super().tag_cur_item()
        things: list[Any] = self.cur_item._objs
        if self._mode == 3 and things:
            things[-1].tag = _UNSEEN


class _Page(Page):
    @property
    def layout(self) -> Any:  # noqa: ANN401
        if not hasattr(self, "_layout"):
            device = _Device(self.pdf.rsrcmgr, pageno=self.page_number, laparams=None)
            PDFPageInterpreter(self.pdf.rsrcmgr, device).process_page(self.page_obj)
            self._layout = device.get_result()
        return self._layout


def pdf_pages(pdf: PDF) -> Iterator[Page]:
    """The pages one by one, none of them read yet."""
    for number, page in enumerate(PDFPage.create_pages(pdf.doc), 1):
        yield _Page(pdf, page, number)


def upright(page: Page) -> Page:
    """The page, turned where most of its letters lie on their side, as a wide table on a tall page does."""
    turns: Counter[int] = Counter()
    for char in page.chars:
        _, b, c, _, _, _ = char["matrix"]
        turns[0 if char["upright"] else 90 if b > 0 > c else 270] += 1
    turn = turns.most_common(1)[0][0] if turns else 0
    if turn:
        raw: Any = page.page_obj
        raw.rotate = (raw.rotate + turn) % 360
        raw.attrs["Rotate"] = raw.rotate
        page = _Page(page.pdf, raw, page.page_number)
    return page


def pictures(page: Page) -> list[Box]:
    """Where words stand that are no letters: in large pictures, in outlines, or in letters without a name."""
    letters = [char for char in page.chars if char["tag"] != _UNSEEN and char["text"].strip()]
    if len(_nameless(letters)) > _NAMELESS * len(letters) or (not letters and len(page.curves) > _STROKES):
        return [_whole(page)]
    large = []
    for image in page.images:
        box = _within(page, image)
        area = (box[2] - box[0]) * (box[3] - box[1])
        printed = sum(char["size"] ** 2 for char in letters if _stands_in(char, box))
        if area >= _PICTURE * page.width * page.height and printed < _FEW * area:
            large.append(box)
    # A scanner may cut a page into strips: then they are read as one.
    return large if len(large) < 3 else [_around(large)]


def _nameless(letters: list[Thing]) -> list[Thing]:
    return [char for char in letters if char["text"].startswith("(cid:") or "\ue000" <= char["text"] <= "\uf8ff"]


def _whole(page: Page) -> Box:
    return 0.0, 0.0, float(page.width), float(page.height)


def _within(page: Page, thing: Thing) -> Box:
    width, height = float(page.width), float(page.height)
    x0, x1 = max(0.0, float(thing["x0"])), min(width, float(thing["x1"]))
    return x0, max(0.0, float(thing["top"])), max(x0, x1), max(0.0, min(height, float(thing["bottom"])))


def _around(boxes: list[Box]) -> Box:
    x0s, tops, x1s, bottoms = zip(*boxes, strict=True)
    return min(x0s), min(tops), max(x1s), max(bottoms)


def _stands_in(char: Thing, box: Box) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def printed_page(page: Page, recognised: Recognised | None, *, pictured: bool) -> PrintedPage:
    """What can be seen on the page: its letters, and those `recognised` in its pictures.

    A page with pictures that nothing has recognised shows the letters that a scanner put behind its picture, if any:
    they are doubtful.
    """
    chars = page.dedupe_chars(tolerance=1.5).chars if len(page.chars) < 50_000 else page.chars
    seen = [char for char in chars if char["tag"] != _UNSEEN and _visible(char, page) and _inside(char, page)]
    nameless = _nameless(seen)
    if len(nameless) > _NAMELESS * len(seen):
        seen = []
    letters = [_letter(char) for char in seen if not _slanted(char)]
    rules = [Rule(edge["x0"], edge["x1"], edge["top"], edge["bottom"]) for edge in page.edges]
    unread = pictured and recognised is None
    if unread:
        behind = [_letter(char)._replace(confidence=0.0) for char in chars if char["tag"] == _UNSEEN]
        letters, unread = [*letters, *behind], not behind
    elif recognised is not None:
        letters, rules = [*letters, *recognised.letters], [*rules, *recognised.rules]
    tables, rest = with_tables(rules, letters, float(page.width))
    _, _, width, height = _whole(page)
    return PrintedPage(page.page_number, width, height, printed_lines(rest), tables, pictured, unread)


def _letter(char: Thing) -> Letter:
    return Letter(char["text"], char["x0"], char["x1"], char["top"], char["bottom"], char["size"])


def _inside(char: Thing, page: Page) -> bool:
    x0, top, x1, bottom = page.cropbox if hasattr(page, "cropbox") else page.bbox
    return bool(x0 - 1 <= (char["x0"] + char["x1"]) / 2 <= x1 + 1 and top - 1 <= char["bottom"] <= bottom + 20)


def _slanted(char: Thing) -> bool:
    """Whether a letter stands aslant, as a watermark across the page does."""
    a, b, c, d, _, _ = char["matrix"]
    return bool(abs(b) > 0.1 * abs(a) > 0 and abs(c) > 0.1 * abs(d) > 0)


def _visible(char: Thing, page: Page) -> bool:
    """Not tiny, and not white on white: white letters need a dark ground below them."""
    if char["size"] < _SMALLEST:
        return False
    if not _white(char["non_stroking_color"]):
        return True
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    grounds = [rect for rect in page.rects if rect["fill"] and not _white(rect["non_stroking_color"])]
    return any(ground["x0"] <= x <= ground["x1"] and ground["top"] <= y <= ground["bottom"] for ground in grounds)


def _white(colour: object) -> bool:
    """Whether a colour is white in grey or RGB (all ones) or in CMYK (all noughts)."""
    values = colour if isinstance(colour, tuple | list) else (colour,)
    if not all(isinstance(value, int | float) for value in values):
        return False
    return all(value == 0 for value in values) if len(values) == 4 else all(value >= 0.98 for value in values)
