"""Texts that a notice issues without an 附件 mark: below its signature and date, or one 办法 after another."""

import re
from collections.abc import Sequence

from corpus.numbering import HeadingNumber, NumberingStyle, match_number
from corpus.parser.backmatter import is_date, is_remark, is_sentence
from corpus.parser.frontmatter import is_title
from corpus.parser.lines import Line

_INSIDE = re.compile(r"[，,。；;：:]")
_LONGEST_TITLE = 3  # lines


def split_enclosures(lines: Sequence[Line]) -> list[Sequence[Line]]:
    """The lines of the text itself, and those of each text that begins below it with a title of its own."""
    markers = [match_number(line.text) for line in lines]
    starts = [0]
    for index in range(1, len(lines)):
        if _opens(lines, markers, starts[-1], index):
            starts.append(index)
    return [lines[start:stop] for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True)]


def _opens(lines: Sequence[Line], markers: Sequence[HeadingNumber | None], start: int, index: int) -> bool:
    """Whether a title stands at `index` under which the numbering begins (again)."""
    above = lines[index - 1]
    issued = is_date(above) or is_remark(above)
    if markers[index] or not (issued or lines[index].after_blank):
        return False
    end = _title_end(lines, markers, index)
    first = next((marker for marker in markers[end:] if marker), None)
    if end in (index, len(lines)) or first is None or first.value != 1:
        return False
    before = next((marker for marker in markers[start:index] if marker), None)
    begins_again = before is not None and before.style is first.style and first.style <= NumberingStyle.HAN
    return begins_again or (issued and any(is_date(line) for line in lines[start:index]))


def _title_end(lines: Sequence[Line], markers: Sequence[HeadingNumber | None], index: int) -> int:
    """The line behind the title that begins at `index`, or `index` where none does."""
    for end in range(index, min(index + _LONGEST_TITLE, len(lines))):
        line = lines[end]
        if markers[end] or is_sentence(line) or _INSIDE.search(line.text) or is_date(line) or is_remark(line):
            break
        if is_title(line, least=3):
            return end + 1
    return index
