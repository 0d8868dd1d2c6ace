"""文号: 某政办发〔2015〕20号, 某市人民政府令第135号, 2016年第3号公告."""

import re

from corpus.facts.fact import Fact
from corpus.facts.layout import Layout, is_note

_OPEN, _CLOSE = r"[〔\[【（(﹝［〈<〖]", r"[〕\]】）)﹞］〉>〗]"
_COUNT = r"第?[\d○〇零一二三四五六七八九十百]{1,5}号"
_HAN = r"[\u4e00-\u9fff]"
_YEARLY = (
    rf"{_HAN}{{1,20}}(?:{_OPEN}{_HAN}{{1,6}}{_CLOSE})?{_HAN}{{0,6}}"  # 某政办(法)
    rf"{_OPEN}(?:19|20)\d\d{_CLOSE}(?:字)?{_COUNT}"  # 〔2015〕20号
)
_ORDER = (
    rf"[\u4e00-\u9fff]{{2,30}}(?:(?:命?令|公告){_OPEN}?{_COUNT}{_CLOSE}?|{_COUNT}(?:令|公告)|"
    rf"(?:令|公告)?{_OPEN}?(?:19|20)\d\d年{_COUNT}{_CLOSE}?(?:令|公告)?)"
)
NUMBER = re.compile(rf"(?:{_YEARLY}|{_ORDER})")  # of a text without blanks
_BARE = re.compile(
    rf"{_OPEN}?(?:第[\d○〇零一二三四五六七八九十百]{{1,5}}号|(?:19|20)\d\d年?{_COUNT}){_CLOSE}?"
)  # below 某市人民政府令
_ISSUED_AS = re.compile(rf"(?:19|20)\d\d年\d{{1,2}}月\d{{1,2}}日(?:以)?({_ORDER}|{_YEARLY})")
_FILED = re.compile(rf"^{_HAN}{{4,40}}?文件(?={_HAN})")  # 某市人民政府文件某政〔2015〕20号
_AROUND = "（()）【】[] *＊"
_NOT_ITS_OWN = re.compile(r"根据|依据|按照|废止|修改|修正|关于|《")


def is_number(text: str) -> bool:
    """Whether a text without blanks is a 文号 and nothing else."""
    return _whole(text) is not None or bool(_BARE.fullmatch(text))


def read_number(layout: Layout) -> Fact[str] | None:
    """The document's own number: labelled, printed above the text, behind the title, or in the note below it."""
    for row in layout.stated("number"):
        if value := _whole("".join(row.words.value.split())):
            return row.words.as_value(value, 0.95)
    return _alone(layout) or _behind(layout) or _in_note(layout)


def _whole(text: str) -> str | None:
    """A 文号, if the text is one, perhaps in brackets or behind 文号：."""
    text = _FILED.sub("", text)
    if _NOT_ITS_OWN.search(text):
        return None
    for candidate in (text, text.strip(_AROUND)):
        if NUMBER.fullmatch(candidate):
            return candidate
    return None


def _fact(layout: Layout, value: str, start: int, end: int, confidence: float) -> Fact[str]:
    return Fact(value, layout.source.text[start:end], start, end, confidence)


def _alone(layout: Layout) -> Fact[str] | None:
    segments = layout.segments[: layout.far_head]
    for index, segment in enumerate(segments):
        if segment.label:
            continue
        text = segment.squeezed
        if value := _whole(text):
            return _fact(layout, value, segment.start, segment.end, 0.95)
        above = segments[index - 1] if index else None
        if above and _BARE.fullmatch(text) and re.search(r"(?:令|公告)$", above.squeezed) and len(above.squeezed) < 40:
            value = above.squeezed + text.strip(_AROUND)
            return _fact(layout, value, above.start, segment.end, 0.95)
    return None


def _behind(layout: Layout) -> Fact[str] | None:
    """The number printed behind a title (in brackets, or at once), or behind 某市人民政府文件."""
    for segment in layout.segments[: layout.far_head]:
        if segment.label or is_note(segment):
            continue
        text = segment.text.rstrip()
        bracket = re.search(r"[（(【\[](?=\D)([^（(【\[]{2,30}[〔\[（(【]?.{4,20}号)[）)】\]]$", text)
        filed = re.match(r".{2,40}?(?:文件|令)\s*(\S.{4,40}号)$", text)
        for match in filter(None, (bracket, filed)):
            if value := _whole("".join(match[1].split())):
                start = segment.start + match.start(1)
                return _fact(layout, value, start, start + len(match[1]), 0.9)
    return None


def _in_note(layout: Layout) -> Fact[str] | None:
    """The first number under which the text was issued, in the note in brackets below the title."""
    for segment in layout.segments[: layout.far_head]:
        if not segment.label and is_note(segment) and (match := _ISSUED_AS.search(segment.squeezed)):
            return _fact(layout, match[1], segment.start, segment.end, 0.8)
    return None
