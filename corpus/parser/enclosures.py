"""Texts that a notice issues without an 附件 mark: below its signature and date, or one 办法 after another.

A decision to amend a text may have that text, as it reads from then on, below it.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.numbering import HeadingNumber, NumberingStyle
from corpus.parser.backmatter import is_date, is_remark, is_sentence, is_signature
from corpus.parser.frontmatter import is_title
from corpus.parser.lines import Line

_ISSUES = re.compile(r"(?:印发|发布|公布|颁布|下发|转发|批转)(.{4,80}?)的(?:通知|公告|通告|决定)$")
_AMENDS = re.compile(r"(?:修改|修正|修订)(?:[《〈<](.{4,80}?)[》〉>].{0,20}|(.{4,80}?)(?:部分条款)?)的决定$")
_MARKS = re.compile(r"[《》〈〉<>“”\"]")
_BEGINS = re.compile(r"\s*(?:根据|按照|依据|为了?|第[一1]|一、)")
_INSIDE = re.compile(r"[，,。；;：:]")
_CLOSES = re.compile(r"施行|执行|实施|生效|解释|有效期")
_NAMES_TABLE = re.compile(r"(?:表|清单|目录|标准|名录)(?:[（(].{1,20}[）)])?$")
_LONGEST_TITLE = 3  # lines
_LONGEST_SIGNATURE = 12  # lines


@dataclass(frozen=True, slots=True)
class _Numbers:
    """Where the numbers of a text stand, so that none is looked for line by line."""

    markers: Sequence[HeadingNumber | None]  # by line
    numbered: Sequence[int]  # the lines with a number
    last: Mapping[tuple[NumberingStyle, int], int]  # the last line with each number
    dates: Sequence[int]  # the lines that are a date

    def first(self, begin: int, end: int | None = None) -> HeadingNumber | None:
        """The first number from line `begin` on, and above `end`."""
        place = bisect_left(self.numbered, begin)
        found = self.numbered[place] if place < len(self.numbered) else None
        return self.markers[found] if found is not None and (end is None or found < end) else None

    def before(self, begin: int, end: int) -> HeadingNumber | None:
        """The last number from line `begin` on, and above `end`."""
        place = bisect_left(self.numbered, end)
        return self.markers[self.numbered[place - 1]] if place and self.numbered[place - 1] >= begin else None

    def goes_on(self, number: HeadingNumber, begin: int) -> bool:
        """Whether the next number of its style stands at line `begin` or below."""
        return self.last.get((number.style, number.value + 1), -1) >= begin

    def dated(self, begin: int, end: int) -> bool:
        """Whether a date stands between the lines."""
        return bisect_left(self.dates, begin) < bisect_left(self.dates, end)


def split_enclosures(lines: Sequence[Line], title: str = "") -> list[Sequence[Line]]:
    """The lines of the text itself, and those of each text that begins below it with a title of its own.

    `title` is that of the notice, which may say what it issues.
    """
    issued = _issued_by(title) or _amended_by(title)
    lines = [piece for line in lines for piece in _cut_title(line, _issued_by(title))]
    markers = [line.number_at_start for line in lines]
    numbers = _Numbers(
        markers,
        [index for index, marker in enumerate(markers) if marker],
        {(marker.style, marker.value): index for index, marker in enumerate(markers) if marker},
        [index for index, line in enumerate(lines) if is_date(line)],
    )
    starts = [0]
    for index in range(1, len(lines)):
        if _is_issued(lines, starts, index, issued) or _opens(lines, numbers, starts[-1], index):
            starts.append(index)
    return [lines[start:stop] for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True)]


def _issued_by(title: str) -> str:
    """What a notice issues by its title, without quotation marks: 关于印发《…办法》的通知; else empty."""
    found = _ISSUES.search("".join(title.split()))
    return _MARKS.sub("", found[1]) if found else ""


def _amended_by(title: str) -> str:
    """The same of what a decision amends: 关于修改《…办法》的决定."""
    found = _AMENDS.search("".join(title.split()))
    return _MARKS.sub("", found[1] or found[2]) if found else ""


def _is_issued(lines: Sequence[Line], starts: Sequence[int], index: int, issued: str) -> bool:
    """Whether the line is the title of the text that the notice issues; it opens one text only."""
    if not issued or len(starts) > 1:
        return False
    shown = _MARKS.sub("", lines[index].squeezed)
    wrapped = shown and shown != issued and issued.startswith(shown) and index + 1 < len(lines)
    return (shown + _MARKS.sub("", lines[index + 1].squeezed) if wrapped else shown) == issued


def _cut_title(line: Line, issued: str) -> list[Line]:
    """The line, or where it begins with the title of what is issued and runs on in the text, both: …细则根据…."""
    if not issued or len(line.text) <= len(issued) or not issued.startswith(line.text.strip("《〈<")[:4]):
        return [line]
    shown = 0
    for place, character in enumerate(line.text):
        shown += not (_MARKS.match(character) or character.isspace())
        if shown > len(issued):
            break
        if shown == len(issued) and _BEGINS.match(line.text, place + 1):
            head = line.text[: place + 1].rstrip()
            if _MARKS.sub("", "".join(head.split())) == issued:
                rest = line.text[place + 1 :].lstrip()
                title = replace(line, text=head, end=line.start + len(head))
                return [title, replace(line, text=rest, start=line.end - len(rest), after_blank=True, decimal=True)]
    return [line]


def _opens(lines: Sequence[Line], numbers: _Numbers, start: int, index: int) -> bool:
    """Whether a title stands at `index` under which the numbering begins (again)."""
    above = lines[index - 1]
    issued = is_date(above) or is_remark(above)
    if numbers.markers[index] or not (issued or lines[index].after_blank):
        return False
    if _is_annexed(lines, numbers, start, index):
        return True
    end = _title_end(lines, index)
    first = numbers.first(end)
    if end in (index, len(lines)) or first is None or first.value != 1:
        return False
    before = numbers.first(start, index)
    begins_again = before is not None and before.style is first.style and first.style <= NumberingStyle.HAN
    return begins_again or (issued and numbers.dated(start, index))


def _is_annexed(lines: Sequence[Line], numbers: _Numbers, start: int, index: int) -> bool:
    """Whether a list or table with a title of its own stands below a text that has ended, without the word 附件."""
    if not lines[index].after_blank or not _may_name(lines[index]):
        return False
    last = numbers.before(start, index)
    below = range(index + 1, min(index + 4, len(lines)))
    end = next((i for i in below if not _may_name(lines[i]) or numbers.markers[i]), index)
    if last is None or end == index or numbers.goes_on(last, index):
        return False
    if lines[end].in_table:
        return bool(_NAMES_TABLE.search(lines[end - 1].text))
    first = numbers.markers[end]
    other = first is not None and first.value == 1 and first.style > NumberingStyle.ARTICLE
    return other and last.style is NumberingStyle.ARTICLE and _has_ended(lines, start, index)


def _has_ended(lines: Sequence[Line], start: int, index: int) -> bool:
    """Whether the text above line `index`, its signature and date aside, says from when it applies."""
    above = index - 1
    while above > max(start, index - _LONGEST_SIGNATURE) and (is_date(lines[above]) or is_signature(lines[above])):
        above -= 1
    return bool(_CLOSES.search(lines[above].text))


def _may_name(line: Line) -> bool:
    plain = not (line.in_table or is_sentence(line) or _INSIDE.search(line.text) or is_date(line) or is_remark(line))
    return plain and len(line.text) <= 40 and not is_signature(line)


def _title_end(lines: Sequence[Line], index: int) -> int:
    """The line behind the title that begins at `index`, or `index` where none does."""
    for end in range(index, min(index + _LONGEST_TITLE, len(lines))):
        line = lines[end]
        if line.number_at_start or is_sentence(line) or _INSIDE.search(line.text) or is_date(line) or is_remark(line):
            break
        if is_title(line, least=3):
            return end + 1
    return index
