"""What stands above the numbered text: site navigation, title, 文号, addressee, 目录."""

import re
from collections.abc import Sequence

from corpus.numbering import NumberingStyle, match_number
from corpus.parser.backmatter import is_date, is_sentence, is_signature
from corpus.parser.lines import Line
from corpus.parser.node import Kind, Node
from corpus.parser.site import site_kind
from corpus.parser.words import alternatives

_RUNNING = re.compile(
    r"[，,。；;]|^(?:为|根据|按照|依据|现将|近年来)"
)  # a sentence, though its line may end in mid-air
_GENRE = re.compile(
    rf"(?:{alternatives('genres')}|\d{{1,4}}条|[一二三四五六七八九十]{{1,9}}条)(?:[（(][^）)]{{1,20}}[）)]|》)?$"
)
_NUMBER = re.compile(
    r"\S{0,20}[〔\[【（(]\d{4}[〕\]】）)]\s*第?\s*\d+\s*号|[（(]?\S{1,30}(?<!命)令(?:\s*第?\s*\d+\s*号)?[）)]?|第\s*\d+\s*号"
)
_ADOPTED = re.compile(r"[（(].*\d{4}\s*年.*")
_ADDRESSED = re.compile(r"各|政府|单位|部门|[局委院办]|公司|企业")
_LEADING_IN = re.compile(r"如下|以下|下列|为[了：:]")


def is_title(line: Line, least: int = 5) -> bool:
    """Whether the line, of `least` characters or more, ends as the name of a document does: …办法, …的通知（试行）."""
    return len(line.squeezed) >= least and bool(_GENRE.search(line.squeezed))


def _is_addressee(line: Line) -> bool:
    text = line.text
    if not text.endswith(("：", ":")) or len(text) > 160 or site_kind(line):
        return False
    return bool(_ADDRESSED.search(text)) and not _LEADING_IN.search(text)


def _is_contents(line: Line) -> bool:
    return line.squeezed.strip("【】[]") == "目录"


def _is_front(line: Line) -> bool:
    if line.in_table:
        return False
    if _ADOPTED.fullmatch(line.text):
        return True
    if site_kind(line):
        return True
    if _is_contents(line) or _RUNNING.search(line.text):
        return False
    return not (is_sentence(line) or match_number(line.text) or line.text.endswith(("：", ":")))


def read_front(lines: Sequence[Line], title: str | None) -> tuple[list[Node], int]:
    """Nodes of the lines above the text proper, and how many lines they take.

    `title` is the title known from metadata, which makes sure of it where it is printed.
    """
    notes = _wrapped_note(lines)
    count = next((i for i, line in enumerate(lines) if i not in notes and not _is_front(line)), len(lines))
    squeezed = "".join((title or "").split())
    kinds = [Kind.NOTE if i in notes else _front_kind(line, squeezed) for i, line in enumerate(lines[:count])]
    if count == len(lines):
        # Nothing but short lines: only what is recognised for certain is front matter, the rest is the text.
        count = next((i for i, kind in enumerate(kinds) if kind is None), count)
        kinds = kinds[:count]
    nodes = [Node(kind, line.start, line.end) for kind, line in zip(_settle(kinds, lines), lines, strict=False)]
    for reader in (_read_contents, _read_addressee):
        more, taken = reader(lines[count:])
        nodes += more
        count += taken
    return nodes, count


def _wrapped_note(lines: Sequence[Line]) -> range:
    """Where a note on who passed the text, in brackets, takes several lines: （2021年…通过 …⏎…修正）."""
    opens = (i for i, line in enumerate(lines[:20]) if _ADOPTED.fullmatch(line.text) and not _closed(line.text))
    begin = next(opens, 0)
    text = ""
    for end in range(begin, min(begin + 8, len(lines))):
        text += lines[end].text
        if _closed(text):
            return range(begin, end + 1) if end > begin else range(0)
    return range(0)


def _closed(text: str) -> bool:
    return text.count("（") + text.count("(") <= text.count("）") + text.count(")")


def read_attachment_front(lines: Sequence[Line]) -> tuple[list[Node], int]:
    """Nodes of an attachment's title lines and table of contents, and how many lines they take."""
    count = next((i for i, line in enumerate(lines) if not _is_front(line)), min(len(lines), 1))
    nodes: list[Node] = []
    for above, line in zip((None, *lines), lines[:count], strict=False):
        signed = above is not None and is_title(above) and is_signature(line) and not is_title(line)
        kind = Kind.SIGNATURE if signed else _front_kind(line, line.squeezed) or Kind.TITLE
        nodes.append(Node(kind, line.start, line.end))
    contents, taken = _read_contents(lines[count:])
    return nodes + contents, count + taken


def _front_kind(line: Line, title: str) -> Kind | None:
    """The kind of a line above the text, None where only its neighbours can tell."""
    text = line.text
    if _ADOPTED.fullmatch(text) and not _NUMBER.fullmatch(text):
        return Kind.NOTE
    if _NUMBER.fullmatch(text.strip("*")):
        return Kind.NUMBER
    if is_date(line):
        return Kind.DATE
    if site_kind(line):
        return Kind.NAVIGATION
    if line.squeezed == title or (len(text) > 3 and line.squeezed in title) or is_title(line):
        return Kind.TITLE
    return None


def _settle(kinds: Sequence[Kind | None], lines: Sequence[Line]) -> list[Kind]:
    """Names what is left: above the first title a site's navigation, unless the title runs on from it (…\\n关于…)."""
    settled: list[Kind] = []
    untitled = Kind.TITLE not in kinds
    for index, kind in enumerate(kinds):
        following = lines[index + 1].text if index + 1 < len(kinds) else ""
        if kind is not None:
            settled.append(kind)
        elif Kind.TITLE in settled and is_signature(lines[index]) and Kind.DATE in kinds[index + 1 : index + 2]:
            settled.append(Kind.SIGNATURE)
        elif _runs_on(lines, index, kinds):
            settled.append(Kind.TITLE)
        elif untitled:
            later = any(other is None for other in kinds[index + 1 :])
            settled.append(Kind.NAVIGATION if later else Kind.TITLE)
        elif Kind.TITLE in settled or following.startswith("关于") or "关于" in lines[index].text:
            settled.append(Kind.TITLE)
        else:
            settled.append(Kind.NAVIGATION)
    return settled


def _runs_on(lines: Sequence[Line], index: int, kinds: Sequence[Kind | None]) -> bool:
    """Whether the line is the beginning of the title that ends in the next one: 某市职工医疗保险⏎市级统筹办法."""
    if kinds[index + 1 : index + 2] != [Kind.TITLE]:
        return False
    line, below = lines[index], lines[index + 1]
    begins = len(line.squeezed) >= 6 and not is_signature(line) and not below.text.startswith("关于")
    return begins and not below.after_blank


def _read_contents(lines: Sequence[Line]) -> tuple[list[Node], int]:
    """A table of contents: 目录 and the headings below it, up to a sentence or where the first of them comes again."""
    if len(lines) < 2 or not _is_contents(lines[0]):
        return [], 0
    begin = next((i for i in range(1, min(4, len(lines))) if match_number(lines[i].text)), 1)
    first = match_number(lines[begin].text)
    if first is None or first.style > NumberingStyle.HAN:
        return [], 0
    for index in range(begin + 1, len(lines)):
        again = match_number(lines[index].text)
        if again and (again.style, again.value) == (first.style, first.value):
            count = next((i for i in range(1, index) if is_sentence(lines[i])), index)
            return [Node(Kind.CONTENTS, lines[0].start, lines[count - 1].end)], count
    return [], 0


def _read_addressee(lines: Sequence[Line]) -> tuple[list[Node], int]:
    if len(lines) > 1 and _is_addressee(lines[0]):
        return [Node(Kind.ADDRESSEE, lines[0].start, lines[0].end)], 1
    return [], 0
