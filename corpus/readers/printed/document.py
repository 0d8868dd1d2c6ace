"""Printed pages to a source: furniture taken out, lines read in order and joined, tables continued over pages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from corpus.readers.printed.columns import in_reading_order
from corpus.readers.printed.lines import SURE
from corpus.readers.printed.margins import without_margins
from corpus.readers.printed.measure import Measure, measured
from corpus.readers.printed.page import PrintedLine, PrintedPage, PrintedTable
from corpus.readers.printed.paragraphs import Paragraph
from corpus.readers.printed.recognised import INSTALL
from corpus.readers.printed.unruled import with_unruled
from corpus.readers.source import Anchor, Source, SourceLine, row_line, source_line

_NOTE = re.compile(r"[①-⑳*＊†※]|[\[〔【(（]?\d{1,2}[\]〕】)）]?\s?\S|注[:：释]")
_NOTE_SIZE = 0.92  # of the running text


def to_source(pages: Sequence[PrintedPage]) -> Source:
    """The source of printed pages, with notices for what was taken out, unread or doubtful."""
    size = _running_size(pages)
    kept, removed = without_margins(pages, size)
    kept = [with_unruled(page) for page in kept]
    usual = _usual_measures(kept, size)
    flow = _Flow(size)
    for page in kept:
        flow.add_page(page, usual)
    lines = flow.finished()
    return Source(tuple(lines), notices=tuple(_notices(pages, removed, lines)))


def _notices(pages: Sequence[PrintedPage], removed: int, lines: Sequence[SourceLine]) -> Iterator[str]:
    if removed:
        yield f"页眉、页脚、页码 {removed} 行未收入。{removed} lines of page heads, feet and page numbers left out."
    if unread := [str(page.number) for page in pages if page.unread]:
        yield (
            f"第 {'、'.join(unread)} 页有图片，其中的文字没有读出；请运行 {INSTALL} 后重新读取。"
            f"Pictures on pages {', '.join(unread)} were not read; run {INSTALL} and read the file again."
        )
    if pictured := [str(page.number) for page in pages if page.pictured and not page.unread]:
        yield (
            f"第 {'、'.join(pictured)} 页的文字由图片识别，请核对。"
            f"Pages {', '.join(pictured)} were recognised in pictures; check them."
        )
    if doubtful := sum(line.doubtful for line in lines):
        yield f"识别把握不大的有 {doubtful} 行，请核对。{doubtful} recognised lines are doubtful; check them."


def _running_size(pages: Sequence[PrintedPage]) -> float:
    """The size of most letters."""
    sizes = [line.size for page in pages for line in page.lines for _ in range(1 + len(line.text) // 10)]
    return median(sizes) if sizes else 10.0


def _usual_measures(pages: Sequence[PrintedPage], size: float) -> dict[tuple[int, int], Measure]:
    """The measure of the pages of one width, by whether they lie left or right in a book."""
    lines: dict[tuple[int, int], list[PrintedLine]] = {}
    for page in pages:
        blocks = in_reading_order(page.lines)
        if len(blocks) == 1:
            lines.setdefault(_format(page), []).extend(blocks[0])
    widths = {_format(page): page.width for page in pages}
    return {key: measured(found, size, width=widths[key]) for key, found in lines.items()}


def _format(page: PrintedPage) -> tuple[int, int]:
    return round(page.width / 10), page.number % 2


@dataclass
class _Flow:
    """Lines and tables as they come, page after page."""

    size: float
    _lines: list[SourceLine] = field(default_factory=list)
    _open: Paragraph | None = None
    _notes: list[SourceLine] = field(default_factory=list)
    _tables: int = 0
    _head: list[list[str]] = field(default_factory=list)  # of the last table, where nothing has followed it
    _rows: int = 0

    def add_page(self, page: PrintedPage, usual: dict[tuple[int, int], Measure]) -> None:
        """Everything on one page, in the order it is read."""
        rest = page.lines
        for table in sorted(page.tables, key=lambda table: table.top):
            above = [line for line in rest if line.middle < table.top]
            rest = [line for line in rest if line.middle >= table.top]
            self._add_lines(above, page, usual)
            self._add_table(table, page.number)
        self._add_lines(rest, page, usual)

    def finished(self) -> list[SourceLine]:
        """All lines."""
        self._close()
        return self._lines

    def _add_lines(self, pieces: list[PrintedLine], page: PrintedPage, usual: dict[tuple[int, int], Measure]) -> None:
        blocks = in_reading_order(pieces)
        for block in blocks:
            body, notes = self._without_notes(block, page)
            if not body:
                self._take_notes(notes, page)
                continue
            measure = measured(body, self.size, usual=usual.get(_format(page)) if len(blocks) == 1 else None)
            for number, line in enumerate(body):
                self._add_line(line, measure, page.number, same_column=number > 0)
            self._take_notes(notes, page)

    def _add_line(self, line: PrintedLine, measure: Measure, page: int, *, same_column: bool) -> None:
        self._head = []
        if self._open is not None and self._open.takes(line, measure, same_column=same_column):
            return
        self._close()
        self._open = Paragraph(line.text, page, line, line, measure, confidence=line.confidence)

    def _close(self) -> None:
        """The open paragraph is whole; the footnotes that came meanwhile follow it."""
        if self._open is not None:
            doubtful = self._open.confidence < SURE
            self._lines.append(source_line(self._open.text, anchor=Anchor(page=self._open.page), doubtful=doubtful))
            self._open = None
        self._lines += self._notes
        self._notes = []

    def _without_notes(
        self, block: list[PrintedLine], page: PrintedPage
    ) -> tuple[list[PrintedLine], list[PrintedLine]]:
        """The lines of running text, and the footnotes in smaller letters below them."""
        start = len(block)
        while start > 0 and block[start - 1].size < _NOTE_SIZE * self.size:
            start -= 1
        low = start < len(block) and block[start].top > 0.5 * page.height
        while start < len(block) and not _NOTE.match(block[start].text):
            start += 1
        return (block[:start], block[start:]) if low and start else (block, [])

    def _take_notes(self, notes: list[PrintedLine], page: PrintedPage) -> None:
        if not notes:
            return
        measure = measured(notes, notes[0].size)
        note: Paragraph | None = None
        whole: list[Paragraph] = []
        for line in notes:
            if note is None or _NOTE.match(line.text) or not note.takes(line, measure, same_column=True):
                note = Paragraph(line.text, page.number, line, line, measure, confidence=line.confidence)
                whole.append(note)
        self._notes += [
            source_line(each.text, anchor=Anchor(page=page.number), doubtful=each.confidence < SURE) for each in whole
        ]

    def _add_table(self, table: PrintedTable, page: int) -> None:
        """A table, or the rest of the one that the page before ended with: then its head is not said again."""
        rows = list(zip(table.rows, table.doubtful, strict=True))
        self._close()
        if self._head and len(self._head[0]) == len(table.rows[0]):
            rows = rows[_repeated_head(self._head, table.rows) :]
        else:
            self._tables, self._rows, self._head = self._tables + 1, 0, table.rows
        for cells, doubtful in rows:
            self._rows += 1
            self._lines.append(
                row_line(cells, Anchor(page=page, table=self._tables, row=self._rows), doubtful=doubtful)
            )


def _repeated_head(before: Sequence[Sequence[str]], after: Sequence[Sequence[str]]) -> int:
    """How many first rows both tables share: the head of a continued table."""
    count = 0
    for first, second in zip(before, after, strict=False):
        # Raised marks in a cell may be read before or after the words beside them.
        if [sorted("".join(cell.split())) for cell in first] != [sorted("".join(cell.split())) for cell in second]:
            break
        count += 1
    return count if count < len(after) else 0
