"""The title of a text as printed above it, its lines joined, without what sites and clerks put around it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.facts.dates import is_date_alone
from corpus.facts.fact import Fact
from corpus.facts.layout import Layout, is_furniture, is_note
from corpus.facts.number import NUMBER, is_number
from corpus.facts.organs import organs_in
from corpus.facts.segments import RADICALS, Segment
from corpus.numbering import match_number
from corpus.parser.backmatter import is_remark_text
from corpus.parser.words import alternatives

_LINES = 5  # that a title may take
_LEAST = 6  # characters of a title
_MOST = 160
_FAR = 1000  # characters beyond which no title goes on
_BRACKETED = r"[（(【\[〔][^（）()【】\[\]〔〕]{1,24}[）)】\]〕]"
_ENDS = re.compile(
    rf"(?:{alternatives('genres')}|{alternatives('title_ends')}|[\d一二三四五六七八九十]{{1,4}}[条问])(?:{_BRACKETED}|》|”|\"){{0,3}}$"
)
_STAMP = re.compile(
    r"[（(【\[]\s*(?:全文|附全文|附件|附表|附图|含附件|图文|转载|已?废止|已?失效|现行有效|有效|最新版?|正文|原文|部分有效|已修改)\s*[）)】\]]$|[*#＊\s]+$|"
    r"[（(](?:19|20)\d\d年\d{1,2}月\d{1,2}日[）)]$"
)
_LEADING = re.compile(r"^[*#＊\s]+|^原?标题[:：]|^[【\[](?:标题|全文|转载|政策|文件|通知)[】\]]")
_WHOLE = re.compile(r"《([^《》]+)》")
_SITE = re.compile(r"\s*[-_—–|｜]+\s*[^-_—–|｜《》（）()]{2,24}(?:网|网站|门户|平台|之窗|政府|信息公开|文件)$")
_BESIDE = re.compile(r"\s*[-_|｜]+\s*")
_RUNNING_ON = re.compile(r"^(?:关于|印发|转发|批转|发布|公布)")
_BEHIND = re.compile(r"[（(【\[]((?:[^（）()【】]|[（(][^（）()]*[）)]){4,40})[）)】\]]$")
_GLUED = re.compile(rf"{NUMBER.pattern}$")
_STAGE = re.compile(r"[（(【\[][^）)】\]]{0,12}(?:试行|暂行|草案|稿|修订|修正|版|年度?)[）)】\]]")  # a line of its own
_FILE = re.compile(r"[^，。]{2,40}文件$")


@dataclass(frozen=True, slots=True)
class Title:
    """A title, the same with all blanks as printed, and the segments it takes."""

    fact: Fact[str]
    printed: str
    segments: range


def _close(text: str) -> str:
    """The text without blanks, but for one between Latin words."""
    closed = ""
    for word in text[:_FAR].translate(RADICALS).split():
        closed += f" {word}" if closed and closed[-1].isascii() and word[0].isascii() else word
    return closed


def plain_title(text: str) -> str:
    """A printed title as people write it: one line, no blanks inside Chinese, no 文号 and no stamp behind it."""
    whole = _WHOLE.fullmatch(text.strip())
    text = _LEADING.sub("", _SITE.sub("", _close(whole[1] if whole else text)))
    while (shorter := _without_number(_STAMP.sub("", text))) != text:
        text = shorter
    return text


def ends_as_title(text: str) -> bool:
    """Whether a name ends as that of a document does, however short it is."""
    return bool(_ENDS.search(text))


def reads_as_title(text: str) -> bool:
    """Whether a plain title ends as the name of a document does."""
    return _LEAST <= len(text) <= _MOST and bool(_ENDS.search(text)) and not re.search("[。；;？！]", text)


def own_title(layout: Layout) -> Title | None:
    """The title printed above the body; the last one where there are several."""
    for count in dict.fromkeys((layout.head, layout.far_head)):
        head = layout.segments[:count]
        ends = [i for i, segment in enumerate(head) if _may_be_title(segment) or _is_merged_row(head, i)]
        for end in reversed(ends):
            begin = _begin(head, end)
            printed = layout.source.text[head[begin].start : head[end].end]
            if reads_as_title(plain_title(printed)):
                return _title(layout, printed, range(begin, end + 1), 0.95)
    return _labelled(layout) or _only(layout)


def without_joint_organs(printed: str) -> str:
    """A printed title without the organs before 关于 where there are several: each cites such a text without them."""
    before, about, after = printed.partition("关于")
    return about + after if about and len(organs_in(before)) > 1 else printed


def _title(layout: Layout, printed: str, segments: range, confidence: float) -> Title:
    last = layout.segments[segments[-1]]
    start = layout.segments[segments[0]].start
    value = plain_title(without_joint_organs(printed))
    return Title(Fact(value, layout.source.text[start : last.end], start, last.end, confidence), printed, segments)


def _labelled(layout: Layout) -> Title | None:
    """What the page calls the text."""
    for row in layout.stated("title"):
        for words in filter(None, (row.words, row.longer)):
            for printed in (words.value, *_BESIDE.split(words.value)):  # of a page's title, a piece: …的通知_某网
                value = plain_title(without_joint_organs(printed))
                if reads_as_title(value):
                    return Title(words.as_value(value, 0.85), printed, range(0))
    return None


def _only(layout: Layout) -> Title | None:
    """The first line, where little stands above the text and nothing ends as a title does."""
    head = layout.segments[: layout.head]
    plain = [i for i, segment in enumerate(head) if _may_be_title(segment)]
    if not 0 < len(plain) <= 3 or len(layout.segments) == len(head):
        return None
    segment = head[plain[0]]
    value = plain_title(segment.text)
    if not _LEAST <= len(value) <= 60 or organs_in(segment.text) or re.search("[，。；：]|关于", value):
        return None
    return _title(layout, segment.text, range(plain[0], plain[0] + 1), 0.6)


def _may_be_title(segment: Segment) -> bool:
    text = segment.squeezed
    if is_furniture(segment) or is_note(segment) or is_number(text) or _FILE.fullmatch(text):
        return False
    return not (segment.row or is_date_alone(text) or is_remark_text(segment.text))


def _is_merged_row(head: Sequence[Segment], index: int) -> bool:
    """Whether one cell is a whole row, with the title of the sheet below it."""
    few = head[max(index - 1, 0) : index + 2]
    return head[index].row and sum(other.line == head[index].line for other in few) == 1


def _begin(head: Sequence[Segment], end: int) -> int:
    """The first segment of the title that ends in `end`."""
    begin = end
    while begin > 0 and end - begin < _LINES - 1:
        above, below = head[begin - 1], head[begin]
        text = "".join(segment.squeezed for segment in head[begin : end + 1])
        if not _may_be_title(above) or match_number(above.text) or not _runs_on(above, below, text):
            break
        begin -= 1
    return begin


def _runs_on(above: Segment, below: Segment, text: str) -> bool:
    """Whether `above` is the beginning of the title that goes on in `below`; `text` is all of it so far."""
    upper = above.squeezed
    if text.count("》") > text.count("《") or text.count("）") + text.count(")") > text.count("（") + text.count("("):
        return True
    if _ENDS.search(plain_title(upper)):
        return bool(_STAGE.fullmatch(text))
    if _RUNNING_ON.match(text):
        return bool(organs_in(above.text))
    if "关于" in upper:
        return True
    adjacent = below.line - above.line == 1 and not below.apart
    return adjacent and "关于" not in text.partition("《")[0][:2] and len(upper) >= 5 and not organs_in(above.text)


def _without_number(text: str) -> str:
    """A title without the 文号 printed behind it, in brackets or not."""
    bracketed = _BEHIND.search(text)
    if bracketed and bracketed.start() >= _LEAST and is_number(bracketed[1]):
        return text[: bracketed.start()]
    glued = _GLUED.search(text, _LEAST)
    return text[: glued.start()] if glued and _ENDS.search(text[: glued.start()]) else text
