"""附件: the list of them under a text, and where each begins."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.frontmatter import is_sentence, read_back
from corpus.heading import Style, match_marker
from corpus.lines import Line
from corpus.numeral import NUMERAL, from_chinese

_MARK = re.compile(rf"附\s*件\s*([{NUMERAL}]{{1,3}}|\d{{1,2}})?\s*([：:.．、]|(?=\s)|$)\s*")


@dataclass(frozen=True, slots=True)
class Stretch:
    """The lines of one attachment, its number, and whether its first line is the 附件 mark."""

    number: int
    lines: Sequence[Line]
    marked: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """A text's own lines, those that list its attachments, and the attachments."""

    body: Sequence[Line]
    listed: Sequence[Line]
    attachments: Sequence[Stretch]


def read_attachments(lines: Sequence[Line]) -> Layout:
    """Parts the lines of a document into its own text and its attachments."""
    listed = _explicit_list(lines)
    begin = next((i for i, line in enumerate(lines) if _is_head(line) and line not in listed), len(lines))
    if not listed:
        listed = _implied_list(lines[:begin], {line.squeezed for line in lines[begin:]})
    titles = {title: number for number, title in enumerate(map(_listed_title, listed), 1) if title}
    body = [line for line in lines[:begin] if line not in listed]
    return Layout(body, listed, _stretches(lines[begin:], titles))


def _is_head(line: Line) -> bool:
    return bool(_MARK.match(line.text)) and not is_sentence(line) and len(line.text) <= 80


def _is_listed(line: Line) -> bool:
    marker = match_marker(line.text)
    numbered = marker is not None and marker.style in (Style.DIGIT, Style.HAN)
    return (numbered or _is_head(line)) and not is_sentence(line)


def _explicit_list(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines from 「附件：」 on that only name attachments: above the signature, another 附件 or the end."""
    begin = next((i for i, line in enumerate(lines) if _is_head(line)), len(lines))
    end = begin + 1
    while end < len(lines) and _is_listed(lines[end]) and not _bare(lines[end]):
        end += 1
    if begin == len(lines) or (_bare(lines[begin]) and end == begin + 1):
        return []
    return lines[begin:end] if _ends_body(lines, end) else []


def _ends_body(lines: Sequence[Line], end: int) -> bool:
    """Whether from line `end` to the next 附件 mark there is nothing but signature, date and remarks."""
    stop = next((i for i in range(end, len(lines)) if _is_head(lines[i])), len(lines))
    return read_back(lines[end - 1 : stop])[1] == 1


def _bare(line: Line) -> bool:
    match = _MARK.match(line.text)
    return match is not None and match.end() == len(line.text)


def _implied_list(body: Sequence[Line], later: set[str]) -> Sequence[Line]:
    """Numbered lines without the word 附件 whose words come again, each as a line of its own, below the text."""
    named = [_is_listed(line) and _listed_title(line) in later for line in body]
    if not any(named):
        return []
    begin = named.index(True)
    end = next((i for i in range(begin, len(body)) if not named[i]), len(body))
    return body[begin:end] if _ends_body(body, end) else []


def _listed_title(line: Line) -> str:
    """The title in a line of the list, without 附件, number and blanks."""
    match = _MARK.match(line.text)
    rest = line.text[match.end() :] if match else line.text
    marker = match_marker(rest)
    return "".join(rest[marker.length if marker else 0 :].split())


def _stretches(lines: Sequence[Line], titles: dict[str, int]) -> list[Stretch]:
    """One stretch per 附件 mark, and per listed title that comes without a mark of its own."""
    starts: list[tuple[int, int, bool]] = []  # line index, number, marked
    for index, line in enumerate(lines):
        if _is_head(line):
            starts.append((index, _printed_number(line) or len(starts) + 1, True))
        elif line.squeezed in titles:
            number = titles[line.squeezed]
            if starts and starts[-1][2] and starts[-1][0] == index - 1:
                starts[-1] = (index - 1, number, True)
            elif number not in {other for _, other, _ in starts}:
                starts.append((index, number, False))
    stops = [*(index for index, _, _ in starts[1:]), len(lines)][: len(starts)]
    return [
        Stretch(number, lines[index:stop], marked) for (index, number, marked), stop in zip(starts, stops, strict=True)
    ]


def _printed_number(line: Line) -> int:
    match = _MARK.match(line.text)
    printed = match[1] if match else None
    if not printed:
        return 0
    return int(printed) if printed.isdigit() else from_chinese(printed)
