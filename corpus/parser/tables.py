"""Tables in a text: rows of cells parted by tabs, the head above them, the notes below.

A cell may run over several lines of a text, a merged cell stands in its first row only, and a page copied from a
website leaves such a cell out of the rows below: the words are then those of the row above.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter

from corpus.numbering import HeadingNumber, NumberingStyle, match_number
from corpus.parser.lines import Line, TableLine
from corpus.parser.merged_cells import fill
from corpus.parser.site import site_kind

_LONGEST_CELL = 12  # lines that a cell may run over in a text
_LONGEST_HEAD = 30  # characters of a cell of the head
_MERGED = 2  # columns that the first cell of a head may stand over, itself aside
_SHOWN = 40  # characters of a cell that a title shows
_CAPTION = re.compile(r"(?:附|续)?表\s*[\d一二三四五六七八九十]{0,3}(?:[\s：:.、]|$)")
_NOTE = re.compile(r"(?:备\s*注|说\s*明|注)\s*\d?\s*[：:．.、]|[*※]")
_COUNTED = (
    NumberingStyle.HAN_BRACKET,
    NumberingStyle.DIGIT,
    NumberingStyle.DIGIT_BRACKET,
    NumberingStyle.CIRCLED,
)
_LABEL = re.compile(
    r"(?:名称|事项|依据|条件|材料|流程|程序|时限|期限|时间|地点|地址|电话|方式|渠道|机关|单位|部门|机构|对象|范围|收费|费用|标准|类型|编码|结果)[：:]?$"
)
_VALUE = re.compile(r"\d|[√×]|^[—-]+$")


def mark_tables(lines: Sequence[Line]) -> list[Line]:
    """The lines, those of tables with their place in the table."""
    marked = list(lines)
    columns: list[str] = []  # of the last head, which also holds for the tables below its sub-headings
    for table, (begin, end, rows) in enumerate(_tables(lines), 1):
        cells = _cells(lines, rows, end)
        head = 0 if _pairs(cells) else _head(cells)
        columns = _columns(cells, head) if head else _widened(columns, max(map(len, cells)))
        covered = [lines[row].covered for row in rows[head:]]
        named = _pairs(cells) or [()] * head + _named(cells[head:], columns, covered)
        row = 0
        for index in range(begin, end):
            if row < len(rows) and index == rows[row]:
                row += 1
            place = TableLine(table, max(0, row - head), named[row - 1])
            marked[index] = replace(lines[index], in_table=place)
        if begin and _CAPTION.match(lines[begin - 1].text) and len(lines[begin - 1].text) <= _LONGEST_HEAD:
            marked[begin - 1] = replace(lines[begin - 1], in_table=TableLine(table, 0))
        for index in range(end, _notes_end(lines, end)):
            marked[index] = replace(lines[index], in_table=TableLine(table, -1))
    return marked


def _is_row(line: Line) -> bool:
    filled = [cell for cell in line.cells if cell]
    if len(filled) < 2 or filled[0].endswith(("：", ":")) or site_kind(line):
        return False
    return len(filled) > 2 or not _is_numbered(filled[0])


def _is_numbered(cell: str) -> bool:
    """Whether a tab stands behind a heading, as in a table of contents, or behind the number of a paragraph."""
    number = match_number(cell)
    return number is not None and (number.style <= NumberingStyle.HAN_BRACKET or number.length == len(cell))


def _tables(lines: Sequence[Line]) -> Iterator[tuple[int, int, list[int]]]:
    """Where each table begins and ends, and the first line of each of its rows.

    A single row is a table only where it names the columns of the next one, below a heading inside the table.
    """
    index = 0
    while index < len(lines):
        if not _is_row(lines[index]):
            index += 1
            continue
        rows = [index]
        while (following := _next_row(lines, rows)) is not None:
            rows.append(following)
        end = _cell_end(lines, rows[-1])
        rows = _whole_rows(lines, rows)
        if len(rows) > 1 or _heads_next(lines, index):
            yield rows[0], end, rows
        index = max(end, rows[-1] + 1)


def _whole_rows(lines: Sequence[Line], rows: list[int]) -> list[int]:
    """The rows, where blank lines part them without the lines that only go on with a row inside a cell."""
    parted = [row for row in rows[1:] if lines[row].after_blank]
    return [rows[0], *parted] if 2 * len(parted) >= len(rows) else rows


def _cells(lines: Sequence[Line], rows: Sequence[int], end: int) -> list[list[str]]:
    """The cells of each row, with what stands in further lines of it."""
    found: list[list[str]] = []
    for row, stop in zip(rows, [*rows[1:], end], strict=True):
        cells = list(lines[row].cells)
        for line in lines[row + 1 : stop]:
            first, *more = line.cells or (line.text,)
            cells[-1] += first
            cells += more
        found.append(cells)
    return found


def _heads_next(lines: Sequence[Line], row: int) -> bool:
    cells = lines[row].cells
    below = lines[row + 1 : row + 4]
    return _names_columns(cells) and any(0 <= len(line.cells) - len(cells) <= _MERGED for line in below)


def _next_row(lines: Sequence[Line], rows: Sequence[int]) -> int | None:
    """The next row of the same table, behind the lines over which a cell runs on."""
    row = rows[-1]
    end = _cell_end(lines, row)
    for index in range(end, min(row + 1 + _LONGEST_CELL, len(lines))):
        line = lines[index]
        if _is_row(line) or (len(line.cells) > 1 and any(line.cells)):
            same = index == end or len(line.cells) == len(lines[row].cells)
            return index if same else None
        if match_number(line.text) or line.after_blank or _NOTE.match(line.text) or _CAPTION.match(line.text):
            return None
    return None


def _cell_end(lines: Sequence[Line], row: int) -> int:
    """The line behind a row: what goes on with the count of a list that began in its last cell belongs to it."""
    last = match_number(lines[row].cells[-1]) if lines[row].cells else None
    end = row + 1
    while end < len(lines) and last and (number := match_number(lines[end].text)) and _follows(number, last):
        last, end = number, end + 1
    return end


def _follows(number: HeadingNumber, before: HeadingNumber) -> bool:
    return number.style in _COUNTED and number.style is before.style and number.value == before.value + 1


def _notes_end(lines: Sequence[Line], begin: int) -> int:
    """The line behind the notes that stand below a table: 注：①…, and what goes on with their count."""
    end = begin
    last: HeadingNumber | None = None
    while end < len(lines):
        note = _NOTE.match(lines[end].text)
        number = match_number(lines[end].text[note.end() :].lstrip() if note else lines[end].text)
        if not note and not (number and last and _follows(number, last)):
            break
        last, end = number, end + 1
    return end


def _head(rows: Sequence[Sequence[str]]) -> int:
    """How many rows at the top name the columns: none, one, or two where cells of the first are merged."""
    first = rows[0]
    if not _names_columns(first):
        return 0
    if len(rows) < 3 or not _names_columns(rows[1]):
        return 1
    second, width = rows[1], max(map(len, rows[2:]))
    covered = not second[0] and len(second) >= len(first)  # by a cell merged downwards
    return 2 if covered or len(first) - 1 + len(second) == width else 1


def _names_columns(cells: Sequence[str]) -> bool:
    named = [cell for cell in cells if cell]
    short = all(len("".join(cell.split())) <= _LONGEST_HEAD for cell in named)
    return len(named) > 1 and short and not any(map(_VALUE.search, named)) and len(set(named)) == len(named)


def _columns(rows: Sequence[Sequence[str]], head: int) -> list[str]:
    """The name of each column; a merged cell names all the columns below it."""
    names = ["".join(name.split()) for name in rows[0]]
    width = max((len(cells) for cells in rows[head:]), default=len(names))
    if head == 2:
        lower = ["".join(name.split()) for name in rows[1]]
        if len(lower) < len(names) or lower[0]:  # without the cells that are merged downwards
            merged = len(names) // 2
            return names[:merged] + [names[merged] + name for name in lower] + names[merged + 1 :]
        upper = names + [""] * (len(lower) - len(names))
        for index in range(1, len(upper)):
            upper[index] = upper[index] or (upper[index - 1] if lower[index] else "")
        return [name + below for name, below in zip(upper, lower, strict=True)]
    return _widened(names, width) or names


def _widened(names: list[str], width: int) -> list[str]:
    """The names of so many columns where the first one is that of several; none where that is not likely."""
    more = width - len(names)
    return names[:1] * more + names if names and 0 <= more <= _MERGED else []


def _pairs(rows: Sequence[Sequence[str]]) -> list[tuple[tuple[str, str], ...]]:
    """The rows of a form, where each is a label and what is filled in; none where the rows are not of that kind."""
    filled = [[cell for cell in row if cell] for row in rows]
    labels = sum(1 for row in filled if len(row) == 2 and _LABEL.search(row[0]))
    if any(len(row) > 2 for row in filled) or 2 * labels <= len(rows):
        return []
    return [((row[0], row[1]),) if len(row) == 2 else tuple(("", cell) for cell in row) for row in filled]


def _named(
    rows: Sequence[Sequence[str]], columns: Sequence[str], covered: Sequence[Sequence[int] | None]
) -> list[tuple[tuple[str, str], ...]]:
    """The cells of every row below the head that hold words, each with what the head calls it."""
    named: list[tuple[tuple[str, str], ...]] = []
    above: list[str] = []
    for cells, under in zip(rows, covered, strict=True):
        above = fill(cells, above, under)
        named.append(tuple((columns[i] if i < len(columns) else "", cell) for i, cell in enumerate(above) if cell))
    return named


def row_title(cells: Sequence[tuple[str, str]]) -> str:
    """What a row is called: each cell behind what the head calls it, long ones shortened."""
    shown = [(name, _short(cell)) for name, cell in cells]
    columnwise = [(name, [cell for _, cell in group]) for name, group in groupby(shown, key=itemgetter(0))]
    return "；".join(f"{name}：{' '.join(same)}" if name else "；".join(same) for name, same in columnwise)


def _short(cell: str) -> str:
    return cell if len(cell) <= _SHOWN else f"{cell[:_SHOWN]}…"
