"""附件: the list of them under a text, and where each begins."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.numbering import HeadingNumber, NumberingStyle, match_number
from corpus.parser.backmatter import is_date, is_remark, is_sentence, is_signature, read_back
from corpus.parser.lines import Line
from corpus.text.numeral import NUMERAL, from_chinese

_N = rf"([{NUMERAL}]{{1,3}}|\d{{1,2}})(?:\s*[-－—]\s*(\d{{1,2}}))?"
_MARK = re.compile(
    rf"附\s*件\s*(?:{_N})?\s*(?:[：:.．、]|(?=\s)|$)\s*|附\s*[：:]\s*|"
    rf"附\s*件\s*{_N}(?=[^\s\d和与及或至到所中的、，,。；;（(][^，,。；;：:]*$)"  # 附件1申报指南
)
_CONTACT = re.compile(r"(?:联\s*系|电\s*话|邮\s*箱|地\s*址|传\s*真|咨\s*询|监\s*督)[^，,。]{0,10}[：:]")
_ENTRY = re.compile(r"(?:^|(?<=[；;]))\s*(\d{1,2})\s*[.．、﹒]\s*")
_FILE = re.compile(r"\.(?:docx?|pdf|xlsx?|wps|et|zip|rar)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AttachmentLines:
    """The lines of one attachment, its number, and whether its first line is the 附件 mark."""

    marker: HeadingNumber
    lines: Sequence[Line]
    marked: bool


@dataclass(frozen=True, slots=True)
class AttachmentLayout:
    """A text's own lines, those that list its attachments, and the attachments."""

    body: Sequence[Line]
    listed: Sequence[Line]
    attachments: Sequence[AttachmentLines]


def read_attachments(lines: Sequence[Line]) -> AttachmentLayout:
    """Splits the lines of a document into its own text and its attachments."""
    first, last = _explicit_list(lines)
    begin = next((i for i, line in enumerate(lines) if _is_head(line) and not first <= i < last), len(lines))
    if first == last:
        first, last = _implied_list(lines[:begin], {_name(line.text) for line in lines[begin:]})
    printed = {_printed(line)[0] for line in lines[begin:] if _is_head(line)}
    entries = _entries(lines[first:last])
    titles = {title: number for title, number in entries.items() if number not in printed}
    begin = next((i for i in range(last, begin) if _name(lines[i].text) in titles), begin)
    return AttachmentLayout([*lines[:first], *lines[last:begin]], lines[first:last], _stretches(lines[begin:], titles))


def _is_head(line: Line) -> bool:
    return bool(_MARK.match(line.text)) and not is_sentence(line) and len(line.text) <= 80


def _is_listed(line: Line) -> bool:
    marker = match_number(line.text)
    numbered = marker is not None and marker.style in (NumberingStyle.DIGIT, NumberingStyle.HAN)
    return (numbered or _is_head(line)) and not is_sentence(line)


def _goes_on(line: Line) -> bool:
    """Whether the line may be the wrapped rest of an entry, or an entry without a number."""
    apart = line.after_blank or match_number(line.text) or _is_head(line) or is_sentence(line) or is_date(line)
    return not (apart or is_signature(line) or re.search("[：:，,]", line.text)) and len(line.text) <= 60


def _explicit_list(lines: Sequence[Line]) -> tuple[int, int]:
    """Where the lines stand, from 「附件：」 on, that only name attachments; the two are equal where none do.

    Below them come the signature, another 附件 or the end.
    """
    begin = next((i for i, line in enumerate(lines) if _is_head(line)), len(lines))
    if begin == len(lines):
        return 0, 0
    end = last = begin + 1  # behind the list, and behind its last numbered entry
    while end < len(lines) and (_names(lines[end]) or (_goes_on(lines[end]) and end - last < 2)):
        end += 1
        last = end if _names(lines[end - 1]) else last
    if not (end < len(lines) and is_signature(lines[end])):
        while end > last and not _FILE.search(lines[end - 1].text):
            end -= 1
    named = not _bare(lines[begin]) or (end > begin + 1 and not _printed(lines[begin])[0])
    return (begin, end) if named and _ends_body(lines, end) else (0, 0)


def _names(line: Line) -> bool:
    return _is_listed(line) and not _bare(line)


def _ends_body(lines: Sequence[Line], end: int) -> bool:
    """Whether from line `end` to the next 附件 mark there is nothing but contacts, signature, date and remarks."""
    while end < len(lines) and _CONTACT.match(lines[end].text):
        end += 1
    closed = [is_date(line) or is_remark(line) for line in lines]
    behind = (i for i in range(end, len(lines)) if _is_head(lines[i]) or (i > end and closed[i - 1] and not closed[i]))
    stop = next(behind, len(lines))
    return read_back(lines[end - 1 : stop])[1] == 1


def _bare(line: Line) -> bool:
    match = _MARK.match(line.text)
    return match is not None and match.end() == len(line.text)


def _implied_list(body: Sequence[Line], later: set[str]) -> tuple[int, int]:
    """As `_explicit_list`, for numbered lines without the word 附件 whose words come again below the text."""
    named = [_is_listed(line) and _name(line.text) in later for line in body]
    if not any(named):
        return 0, 0
    begin = named.index(True)
    end = next((i for i in range(begin, len(body)) if not named[i]), len(body))
    return (begin, end) if _ends_body(body, end) else (0, 0)


def _name(text: str) -> str:
    """The title in a line, without 附件, number, 《》, ending of a file and blanks."""
    mark = _MARK.match(text)
    text = text[mark.end() :] if mark else text
    marker = match_number(text)
    return _FILE.sub("", "".join(text[marker.length if marker else 0 :].split())).strip("《》；;。")


def _entries(listed: Sequence[Line]) -> dict[str, int]:
    """Number by title of the entries of a list; one line may hold several, and one may take several lines."""
    titles: list[tuple[str, int]] = []
    for line in listed:
        mark = _MARK.match(line.text)
        rest = line.text[mark.end() :] if mark else line.text
        numbers = list(_ENTRY.finditer(rest))
        if not numbers and rest and titles and not mark and not match_number(rest):
            titles[-1] = (titles[-1][0] + _name(rest), titles[-1][1])
        elif not numbers and rest:
            titles.append((_name(rest), _printed(line)[0] or len(titles) + 1))
        stops = [*(match.start() for match in numbers[1:]), len(rest)]
        titles += [(_name(rest[m.end() : stop]), int(m[1])) for m, stop in zip(numbers, stops, strict=False)]
    return {title: number for title, number in titles if title}


def _stretches(lines: Sequence[Line], titles: dict[str, int]) -> list[AttachmentLines]:
    """One stretch per 附件 mark, and per listed title that comes without a mark of its own; the first line is one.

    A number printed in a mark counts before the list's, so `titles` holds none that is printed.
    """
    starts: list[tuple[int, HeadingNumber, bool]] = []  # line index, number, marked
    for index, line in enumerate(lines):
        listed = titles.get(_name(line.text), 0)
        if _is_head(line):
            value, sub = _printed(line)
            starts.append(
                (index, HeadingNumber(NumberingStyle.ATTACHMENT, value or listed or len(starts) + 1, sub), True)
            )
        elif listed:
            if starts and starts[-1][2] and starts[-1][0] == index - 1:
                if not _printed(lines[index - 1])[0]:
                    starts[-1] = (index - 1, HeadingNumber(NumberingStyle.ATTACHMENT, listed), True)
            elif listed not in {marker.value for _, marker, _ in starts}:
                starts.append((index, HeadingNumber(NumberingStyle.ATTACHMENT, listed), False))
    stops = [*(index for index, _, _ in starts[1:]), len(lines)][: len(starts)]
    return [
        AttachmentLines(marker, lines[index:stop], marked)
        for (index, marker, marked), stop in zip(starts, stops, strict=True)
    ]


def _printed(line: Line) -> tuple[int, int]:
    """The number in a 附件 mark and the one behind its dash (附件1-2); 0 where there is none."""
    match = _MARK.match(line.text)
    number = (match[1] or match[3]) if match else None
    if not match or not number:
        return 0, 0
    return int(number) if number.isdecimal() else from_chinese(number), int(match[2] or match[4] or 0)
