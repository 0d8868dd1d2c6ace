"""The 办法, 细则 or 方案 that a notice issues: which one, and where it begins."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from corpus.facts.dates import is_date_alone
from corpus.facts.fact import Fact
from corpus.facts.layout import Layout, is_furniture, is_note
from corpus.facts.organs import organs_in
from corpus.facts.segments import Segment
from corpus.facts.title import Title, plain_title, reads_as_title
from corpus.facts.words import any_of
from corpus.numbering import NumberingStyle, match_number
from corpus.parser.backmatter import is_remark_text
from corpus.parser.covering import forwards_letter, names_several, printed_title
from corpus.text.characters import fold

_NOTICE = re.compile(r"(?:通知|公告|通告|函|决定|令|批复|通报)(?:[（(][^（）()]{1,12}[）)])?$")
_ISSUES = re.compile(
    r"(?:印发|转发|批转|发布|公布|颁布|颁发|下发|实施|施行|修订|重新印发|贯彻落实|通过)(.{4,})(?:的?(?:通知|公告|通告|函|决定|令|批复|通报))(?:[（(][^（）()]{1,12}[）)])?$"
)
_QUOTED = re.compile(r"《((?:[^《》]|《[^《》]*》|〈[^〈〉]*〉){4,100})》")
_ENCLOSABLE = re.compile(rf"(?:{any_of('enclosable')})(?:[（(][^（）()]{{1,20}}[）)])?$")
_MARKS = re.compile(r"[\s《》〈〉<>“”\"的等、和与及（）()]|附件\d*[:：]?")
_STAGE = re.compile(r"[（(][^（）()]{1,12}[）)]$")
_GOES_ON = re.compile(r"根据《|为了|为(?:规范|加强|进一步|保障|切实|做好|完善|贯彻)|第一[章条]|目录|一、")
_LINES = 4  # that the title of an enclosed text may take
_FAR = 3000  # segments in which an enclosed text begins
_EXTRA = 14  # characters by which a name may be longer or shorter than the title printed


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The text that a notice issues: its title as printed above it, and the segment it begins with."""

    fact: Fact[str]
    begin: int


def is_notice(title: str) -> bool:
    """Whether a title is that of a notice, which may issue another text."""
    return bool(_NOTICE.search(title))


def find_enclosed(layout: Layout, title: Title | None) -> Enclosed | None:
    """The enclosed text; None where the document's own text is what people cite."""
    if title is not None and not is_notice(title.fact.value):
        return _decreed(layout, title)
    if title is not None and _is_cited_itself(layout, title):
        return None
    first = title.segments[-1] + 1 if title and title.segments else 0
    for name in _named_in_title(title):
        if found := _printed(layout, first, partial(_same, name)) or _glued(layout, first, name):
            return found
    if found := _untitled(layout, first, title):
        return found
    body = _named_in_body(layout, first)
    if found := _printed(layout, max(first, layout.head), lambda text: _key(text) in body):
        return found
    return _marked(layout, title)


def _is_cited_itself(layout: Layout, title: Title) -> bool:
    """Whether the notice itself is cited: it issues several texts, or forwards one that has a 文号 of its own."""
    text = layout.source.text
    return names_several(title.fact.value) or forwards_letter(title.fact.value, layout.attachments, text)


def _decreed(layout: Layout, title: Title) -> Enclosed | None:
    """The text itself, where its title stands below the words that decree it: 《某办法》已经…通过，现予公布."""
    begin = title.segments[0] if title.segments else 0
    name = _key(title.fact.value)
    above = "".join(segment.squeezed for segment in layout.segments[:begin])
    decreed = begin > layout.head and any(_key(match[1]) == name for match in _QUOTED.finditer(above))
    return Enclosed(title.fact, begin) if decreed else None


def _named_in_title(title: Title | None) -> Iterator[str]:
    """What a notice's title says that it issues, in 《》 or without."""
    squeezed = "".join(title.printed.split()) if title else ""
    found = _ISSUES.search(plain_title(squeezed))
    if not found:
        return
    yield _key(found[1])
    for match in _QUOTED.finditer(found[1]):
        if _ENCLOSABLE.search(match[1]):
            yield _key(match[1])


def _named_in_body(layout: Layout, first: int) -> set[str]:
    """What stands in 《》 in the notice itself and could be a text that it issues."""
    own = layout.segments[first : first + 12]
    text = "".join(segment.squeezed for segment in own)
    return {_key(match[1]) for match in _QUOTED.finditer(text) if _ENCLOSABLE.search(match[1])}


def _printed(layout: Layout, first: int, is_named: Callable[[str], bool]) -> Enclosed | None:
    segments = layout.segments
    for begin in range(first, min(first + _FAR, len(segments))):
        for end in range(begin, min(begin + _LINES, len(segments))):
            if not _may_be_line(segments[end]):
                break
            text = "".join(segment.squeezed for segment in segments[begin : end + 1])
            if is_named(text):
                return _enclosed(layout, begin, end)
    return None


def _glued(layout: Layout, first: int, name: str) -> Enclosed | None:
    """The title where the text goes on behind it in the same line: 某办法第一条 …"""
    for index in range(first, min(first + _FAR, len(layout.segments))):
        segment = layout.segments[index]
        if (goes_on := _GOES_ON.search(segment.text, 4)) and goes_on.start() < 100:
            printed = segment.text[: goes_on.start()].rstrip()
            if _key(printed) == name:
                end = segment.start + len(printed)
                return Enclosed(Fact(plain_title(printed), printed, segment.start, end, 0.8), index)
    return None


def _untitled(layout: Layout, first: int, title: Title | None) -> Enclosed | None:
    """The one text that the title names in 《》, where its 第一条 follows the date of the notice without a title."""
    issued = _ISSUES.search(plain_title("".join(title.printed.split()))) if title else None
    names = [match[1] for match in _QUOTED.finditer(issued[1]) if _ENCLOSABLE.search(match[1])] if issued else []
    if title is None or len(names) != 1:
        return None
    segments = layout.segments
    for index in range(max(first, 1), min(first + _FAR, len(segments))):
        above = segments[index - 1]
        number = match_number(segments[index].text)
        opens = (
            number is not None
            and number.value == 1
            and number.style in (NumberingStyle.CHAPTER, NumberingStyle.ARTICLE)
        )
        if opens and (is_date_alone(above.squeezed) or is_remark_text(above.text)):
            return Enclosed(title.fact.as_value(names[0], 0.8), index)
    return None


def _enclosed(layout: Layout, begin: int, end: int) -> Enclosed:
    start, stop = layout.segments[begin].start, layout.segments[end].end
    printed = layout.source.text[start:stop]
    return Enclosed(Fact(plain_title(printed), printed, start, stop, 0.95), begin)


def _may_be_line(segment: Segment) -> bool:
    """Whether the segment can be a line of a title: short, no sentence, nothing that only names it (附件：…)."""
    text = segment.squeezed
    if segment.row or is_furniture(segment) or len(text) > 80:
        return False
    if is_note(segment) or is_remark_text(segment.text) or organs_in(segment.text) or is_date_alone(text):
        return False
    return not re.search(r"[。；;：:]|^附[件表：:\d]|^\d{1,2}[.．、]", text)


def _same(name: str, text: str) -> bool:
    """Whether a printed title is the one named, but for its stage, and the issuer or the place before either."""
    if len(text) > len(name) + 2 * _EXTRA or not reads_as_title(plain_title(text)):
        return False
    key = _key(text)
    keys, names = {key, _key(_STAGE.sub("", text))}, {name, name.removesuffix("试行").removesuffix("暂行")}
    return any(
        one == other
        or (
            min(len(one), len(other)) > 7
            and abs(len(one) - len(other)) <= _EXTRA
            and (one.endswith(other) or other.endswith(one))
        )
        for one in keys
        for other in names
    )


def _key(text: str) -> str:
    """A title for comparing: one width, without 《》, brackets, 的 and blanks."""
    return _MARKS.sub("", fold(plain_title(text)))


def _marked(layout: Layout, title: Title | None) -> Enclosed | None:
    """The first enclosed text that the parser found, where the title, or its want, lets expect one."""
    if title is not None and not _ISSUES.search(title.fact.value):
        return None
    for node in layout.attachments:
        name = plain_title(printed_title(node, layout.source.text))
        if node.marker_style is NumberingStyle.ENCLOSURE and reads_as_title(name) and _ENCLOSABLE.search(name):
            begin = _segment_at(layout.segments, node.start)
            start, stop = node.start, layout.segments[begin].end
            return Enclosed(Fact(name, layout.source.text[start:stop], start, stop, 0.7), begin)
    return None


def _segment_at(segments: Sequence[Segment], offset: int) -> int:
    return next(i for i, segment in enumerate(segments) if segment.end > offset)
