"""The visible lines of a text, and how hard-wrapped lines join into paragraphs."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_FINISHED = re.compile(r"[。！？!?；;：:…][”’」』）)》]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the blanks around it; `document.text[start:end] == text`."""

    number: int  # from 1, as an editor counts
    start: int
    end: int
    text: str
    indented: bool = False
    after_blank: bool = True  # the first line, or one below an empty line
    after_page: bool = False  # a page number stands between it and the line above

    @property
    def finished(self) -> bool:
        """Whether the line ends as a sentence or an enumerated item does."""
        return bool(_FINISHED.search(self.text))

    @property
    def squeezed(self) -> str:
        """The text without any blank, for comparing titles."""
        return "".join(self.text.split())


def split_lines(text: str) -> list[Line]:
    """All lines of a normalised text that show something, in order."""
    lines: list[Line] = []
    previous = -1
    for number, raw in enumerate(text.split("\n"), 1):
        start = previous + 1
        previous = start + len(raw)
        shown = raw.strip()
        if shown:
            begin = start + raw.index(shown)
            after_blank = not lines or lines[-1].number < number - 1
            lines.append(Line(number, begin, begin + len(shown), shown, begin > start, after_blank))
    return lines


def continues(line: Line, previous: Line) -> bool:
    """Whether `line` is the hard-wrapped rest of the paragraph that `previous` belongs to."""
    return not (line.after_blank or line.indented or previous.finished)


def wraps(line: Line, previous: Line) -> bool:
    """Whether `line` continues `previous` and stands directly below it, or below a page number."""
    return (line.after_page or line.number == previous.number + 1) and continues(line, previous)


def paragraphs(lines: Iterable[Line]) -> list[Sequence[Line]]:
    """The lines grouped into paragraphs, in order."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and wraps(line, groups[-1][-1]):
            groups[-1].append(line)
        else:
            groups.append([line])
    return list(groups)
