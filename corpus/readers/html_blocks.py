"""The lines of a web page: what a browser shows as one line or one paragraph, tables as rows, nothing hidden."""

import re
from dataclasses import dataclass, field

from lxml import etree

from corpus.errors import DocumentError
from corpus.readers.html_list import ListCounter
from corpus.readers.html_table import Table, article_starts, is_hidden
from corpus.readers.normal_form import normalise_line
from corpus.readers.source import Anchor, LineKind, SourceLine, row_line
from corpus.text.characters import HAN

MOST_ELEMENTS = 1_000_000
MOST_LINES = 100_000
_DROPPED = {
    *("script", "style", "noscript", "template", "head", "title", "iframe", "frame", "object", "embed", "applet"),
    *("nav", "footer", "aside", "svg", "math", "canvas", "audio", "video", "map", "dialog"),
    *("input", "select", "textarea", "datalist", "progress", "del", "rt", "rp"),
}
_BLOCKS = {
    *("address", "article", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl", "dt"),
    *("fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "li"),
    *("legend", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr"),
    "ul",
}
_CLICKED = {"a", "button"}
_WHITE = re.compile(r"[ \t\r\n\f]+")
_WIDE = rf"[{HAN}，、。；：？！“”‘’（）《》〈〉【】〔〕]"
_WRAP = re.compile(rf"(?<={_WIDE})[ \t\r\f]*\n[ \t\r\n\f]*(?={_WIDE})")  # the source's own line ends, in Chinese


@dataclass
class Block:
    """One line of the page, and the element that it stands in."""

    line: SourceLine
    element: etree._Element
    linked: int = 0  # how many of its characters can be clicked
    apart: bool = True  # a paragraph of its own; False: a line below another one, after <br>, or a row

    @property
    def text(self) -> str:
        return self.line.text.strip()

    @property
    def own(self) -> int:
        """The characters that cannot be clicked."""
        return max(0, len(self.text) - self.linked)

    @property
    def is_row(self) -> bool:
        return self.line.kind is LineKind.ROW


def page_blocks(body: etree._Element, file: str, *, hidden: bool = False) -> list[Block]:
    """The lines of a page, also the `hidden` ones. Raises DocumentError where there are too many for a document."""
    return _Walk(file, hidden).over(body)


@dataclass
class _Walk:
    """One way through the elements, without recursion: pages nest as deep as their makers like."""

    file: str
    hidden: bool = False  # whether what a browser hides is read, too
    blocks: list[Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    number: str = ""  # of a list's item whose text has not come yet
    linked: int = 0
    links: int = 0  # how many of what can be clicked is open
    preformatted: int = 0
    apart: bool = True
    broken: bool = False  # nothing stands behind the last <br> yet
    tables: int = 0
    counter: ListCounter = field(default_factory=ListCounter)
    inside: list[etree._Element] = field(default_factory=list)  # open block elements
    elements: int = 0

    def over(self, body: etree._Element) -> list[Block]:
        self.inside.append(body)
        walk = etree.iterwalk(body, events=("start", "end"))
        skipped: etree._Element | None = None
        for event, element in walk:
            if event == "start":
                self._count()
                if self._starts(element):
                    walk.skip_subtree()
                    skipped = element
            else:
                if element is skipped:
                    skipped = None
                else:
                    self._ends(element)
                if element is not body and element.tail:
                    self._add(element.tail)
        self._flush()
        return self.blocks

    def _count(self) -> None:
        self.elements += 1
        if self.elements > MOST_ELEMENTS or len(self.blocks) > MOST_LINES:
            raise DocumentError(
                f"{self.file}:1: 网页过长（超过 {MOST_LINES} 行或 {MOST_ELEMENTS} 个元素），请把文件拆开。"
                f"a page of more than {MOST_LINES} lines or {MOST_ELEMENTS} elements; split the document"
            )

    def _starts(self, element: etree._Element) -> bool:
        """Opens an element; True where nothing inside it is read here."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _DROPPED or (is_hidden(element) and not self.hidden):
            return True
        if tag == "br":
            shown = self._flush()
            self.apart = self.apart or (self.broken and not shown)  # two line ends are an empty line
            self.broken = True
            return False
        if tag in _BLOCKS:
            self._flush()
            self.apart = True
            self.inside.append(element)
            if tag == "table" and self._table(element):
                self.inside.pop()
                return True
        if tag == "li":
            self.number = self.counter.number(element)
        self.counter.opens(element)
        self.links += tag in _CLICKED
        self.preformatted += tag == "pre"
        if element.text:
            self._add(element.text)
        return False

    def _ends(self, element: etree._Element) -> None:
        tag = element.tag
        self.links -= tag in _CLICKED
        if tag in _BLOCKS:
            self._flush()
            self.apart = True
            self.inside.pop()
            self.number = "" if tag == "li" else self.number
        self.preformatted -= tag == "pre"
        self.counter.closes(element)

    def _add(self, text: str) -> None:
        if self.preformatted:
            first, *others = text.split("\n")
            self.parts.append(first)
            for other in others:
                self._flush()
                self.apart = False
                self.parts.append(other)
        else:
            self.parts.append(text)
        if self.links:
            self.linked += len("".join(text.split()))

    def _flush(self) -> bool:
        """The text gathered so far becomes a line, where it shows something."""
        text = _WHITE.sub(" ", _WRAP.sub("", "".join(self.parts))).strip(" ")
        self.parts.clear()
        text = normalise_line(text.replace("\t", " "))
        if self.number and text.strip():
            text, self.number = self.number + text.lstrip(), ""
        linked, self.linked = self.linked, 0
        if not text.strip():
            return False
        element = self.inside[-1]
        heading = re.fullmatch("h([1-6])", str(element.tag))
        kind, level = (LineKind.HEADING, int(heading[1])) if heading else (LineKind.PARAGRAPH, 0)
        self.blocks.append(Block(SourceLine(text, kind, level), element, linked, self.apart))
        self.apart = self.broken = False
        return True

    def _table(self, element: etree._Element) -> bool:
        """Reads a table that holds data as rows; False for one that only lays out the page."""
        if next(element.iterdescendants("table"), None) is not None:
            return False
        table = Table(element)
        cells = {cell: _Walk(self.file, self.hidden).over(cell) for cell in table.cells()}
        self.elements += sum(1 for _ in element.iterdescendants())
        if _lays_out(table, cells):
            return False
        self.tables += 1
        for caption in element.iterchildren("caption"):
            self.blocks += _Walk(self.file, self.hidden).over(caption)
        for number, row in enumerate(table.rows(), 1):
            texts = [" ".join(block.text for block in cells[cell]) if cell is not None else "" for cell in row]
            anchor = Anchor(table=self.tables, row=number)
            line = row_line(texts, anchor, covered=table.covered[number - 1])
            linked = sum(block.linked for cell in row if cell is not None for block in cells[cell])
            if line.text.strip():
                self.blocks.append(Block(line, table.line(number), linked, apart=number == 1))
        return True


def _lays_out(table: Table, cells: dict[etree._Element, list[Block]]) -> bool:
    """Whether a table only lays out the page: a single row or column, or a cell that is a text of its own."""
    if table.element.get("role") == "presentation":
        return True
    filled = [sum(1 for cell in row if cell is not None and cells[cell]) for row in table.rows()]
    if max(filled, default=0) <= 1 or sum(1 for count in filled if count) == 1:
        return True
    whole = sum(len(block.text) for blocks in cells.values() for block in blocks)
    for blocks in cells.values():
        size = sum(len(block.text) for block in blocks)
        if len(blocks) >= 3 and size > 400 and size > whole * 0.6:
            return True
        if article_starts(block.text for block in blocks) >= 2:
            return True
    return False
