"""Texts that a notice issues without an 附件 mark: below its signature and date, or one 办法 after another."""

import re
from collections.abc import Sequence

from corpus.numbering import HeadingNumber, NumberingStyle
from corpus.parser.backmatter import is_date, is_remark, is_sentence, is_signature
from corpus.parser.frontmatter import is_title
from corpus.parser.lines import Line

_INSIDE = re.compile(r"[，,。；;：:]")
_CLOSES = re.compile(r"施行|执行|实施|生效|解释|有效期")
_NAMES_TABLE = re.compile(r"(?:表|清单|目录|标准|名录)(?:[（(].{1,20}[）)])?$")
_LONGEST_TITLE = 3  # lines


def split_enclosures(lines: Sequence[Line]) -> list[Sequence[Line]]:
    """The lines of the text itself, and those of each text that begins below it with a title of its own."""
    markers = [line.number_at_start for line in lines]
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
    if _is_annexed(lines, markers, start, index):
        return True
    end = _title_end(lines, markers, index)
    first = next((marker for marker in markers[end:] if marker), None)
    if end in (index, len(lines)) or first is None or first.value != 1:
        return False
    before = next((marker for marker in markers[start:index] if marker), None)
    begins_again = before is not None and before.style is first.style and first.style <= NumberingStyle.HAN
    return begins_again or (issued and any(is_date(line) for line in lines[start:index]))


def _is_annexed(lines: Sequence[Line], markers: Sequence[HeadingNumber | None], start: int, index: int) -> bool:
    """Whether a list or table with a title of its own stands below a text that has ended, without the word 附件."""
    if not lines[index].after_blank or not _may_name(lines[index]) or markers[index]:
        return False
    last = next((marker for marker in reversed(markers[start:index]) if marker), None)
    end = next(
        (i for i in range(index + 1, min(index + 4, len(lines))) if not _may_name(lines[i]) or markers[i]), index
    )
    if last is None or end == index:
        return False
    goes_on = any(m and m.style is last.style and m.value == last.value + 1 for m in markers[index:])
    if lines[end].in_table:
        return not goes_on and bool(_NAMES_TABLE.search(lines[end - 1].text))
    above = index - 1
    while above > start and (is_date(lines[above]) or is_signature(lines[above])):
        above -= 1
    first = markers[end]
    other = first is not None and first.value == 1 and first.style > NumberingStyle.ARTICLE
    ended = last.style is NumberingStyle.ARTICLE and bool(_CLOSES.search(lines[above].text))
    return not goes_on and other and ended


def _may_name(line: Line) -> bool:
    plain = not (line.in_table or is_sentence(line) or _INSIDE.search(line.text) or is_date(line) or is_remark(line))
    return plain and len(line.text) <= 40 and not is_signature(line)


def _title_end(lines: Sequence[Line], markers: Sequence[HeadingNumber | None], index: int) -> int:
    """The line behind the title that begins at `index`, or `index` where none does."""
    for end in range(index, min(index + _LONGEST_TITLE, len(lines))):
        line = lines[end]
        if markers[end] or is_sentence(line) or _INSIDE.search(line.text) or is_date(line) or is_remark(line):
            break
        if is_title(line, least=3):
            return end + 1
    return index
