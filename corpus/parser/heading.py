"""The number at the start of a line: what it is, and whether it opens a heading or continues running text."""

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import IntEnum

from corpus.text.numeral import NUMERAL, from_chinese, to_chinese


class Style(IntEnum):
    """Ways of numbering, outermost first (order of GB/T 9704 for 一、（一）1.（1）, of legislation for 编 … 条)."""

    DIVISION = 0  # 第一部分
    BOOK = 1  # 第一编
    SUBBOOK = 2  # 第一分编
    CHAPTER = 3  # 第一章
    SECTION = 4  # 第一节
    ARTICLE = 5  # 第一条
    MEASURE = 6  # 措施一
    FORMAL = 7  # 壹、
    HAN = 8  # 一、
    HAN_BRACKET = 9  # （一）
    DIGIT = 10  # 1.
    DIGIT_BRACKET = 11  # （1）
    CIRCLED = 12  # ①
    PARAGRAPH = 13  # a 款, which prints no number
    POINT = 14  # 一是, 一要, 第一，
    ATTACHMENT = 15  # 附件1
    ENCLOSURE = 16  # a text a notice issues without calling it 附件


_UNITS = {
    "部分": Style.DIVISION,
    "编": Style.BOOK,
    "分编": Style.SUBBOOK,
    "章": Style.CHAPTER,
    "节": Style.SECTION,
    "条": Style.ARTICLE,
}
_UNIT_OF = {style: unit for unit, style in _UNITS.items()}
_CHINESE_LABELS = {
    Style.FORMAL: "{}、",
    Style.HAN: "{}、",
    Style.HAN_BRACKET: "（{}）",
    Style.PARAGRAPH: "第{}款",
}
_DIGIT_LABELS = {
    Style.DIGIT: "{}.",
    Style.DIGIT_BRACKET: "（{}）",
    Style.ATTACHMENT: "附件{}",
    Style.ENCLOSURE: "所附文件{}",
}
_N = NUMERAL[2:]
# Every repetition is bounded or possessive, so that a line of any length is read in one pass.
_ORDINAL = re.compile(
    rf"第\s*((?:[{NUMERAL}]\s*+){{1,9}}|\d{{1,4}}\s*+)(部分|分编|[编章节条])(?:\s*之\s*([{_N}]{{1,9}})(?![{_N}]))?(?=(\s?))"
)
_MEASURE = re.compile(rf"(措施|举措|任务|案例)\s*([{_N}]{{1,9}}|\d{{1,3}})(?:\s*[：:、.．]|\s)")
_FORMAL = str.maketrans("壹贰貳叁參肆伍陆陸柒捌玖拾", "一二二三三四五六六七八九十")
_TO_FORMAL = str.maketrans("一二三四五六七八九十", "壹贰叁肆伍陆柒捌玖拾")
_DECORATION = re.compile(r"(?:#{1,6} |\*\*|__|> )+")  # of a text kept as Markdown
_PLAIN = (
    (Style.FORMAL, re.compile(r"([壹贰貳叁參肆伍陆陸柒捌玖拾]{1,4})\s*[、．.]")),
    (Style.HAN, re.compile(rf"([{NUMERAL}]{{1,9}})\s*[、．.]")),
    (Style.HAN_BRACKET, re.compile(rf"[（(]\s*([{NUMERAL}]{{1,9}})\s*[）)]|([㈠-㈩])")),
    (Style.DIGIT, re.compile(r"(\d{1,3})\s*[.．﹒、]|([⒈-⒛])")),
    (Style.DIGIT_BRACKET, re.compile(r"[（(]?\s*(\d{1,3})\s*[）)]|([⑴-⒇])")),
    (Style.CIRCLED, re.compile(r"([①-⑳])")),
)
_CHINESE = re.compile(rf"[{NUMERAL}\s]+")
_MOST = {Style.HAN: 200, Style.HAN_BRACKET: 200}  # 二〇二三、 is a year, not a number

_ORDINAL_REFERENCE = re.compile(
    r"规定|所[称列指述]|第\S{1,4}[款项]|的|中(?:规定|所|的)|"
    r"之(?:规定|间|外)|(?:以及|或者|[和与及或至到、，,])\s*(?:第|本|其他|有关)"
)
_BRACKET_REFERENCE = re.compile(
    r"项(?!目)|目(?![标录前的])|款(?!项)|规定(?:的|情形)|所[称列指述]|中的|(?:以及|或者|[和与及或至到、，,])\s*[（(第]"
)
_HAN_REFERENCE = re.compile(r"[一二三四五六七八九十]+\s*(?:[、级类期季线批年产档]|等)")
_DECIMAL = re.compile(r"\d{1,2}(?!\d)")  # 1.5万元, but not 1.2023年
_JOINING = re.compile(
    r"(?:[、（(《“‘和与及或至第]|依照|按照|根据|依据|违反|符合|适用|本[法条]|本(?:条例|办法|规定|细则|措施)|前款)$"
)


@dataclass(frozen=True, slots=True)
class Marker:
    """A number as printed in front of a heading, a clause or a part."""

    style: Style
    value: int
    sub: int = 0  # the k of 第X条之k
    word: str = ""  # the word beside the number: 措施, 案例; of a point 是, 要, 第
    length: int = 0  # characters it takes at the start of its line
    spaced: bool = False  # a blank follows it

    @property
    def key(self) -> str:
        """Its component in an id: 26, 10-1."""
        return f"{self.value}-{self.sub}" if self.sub else str(self.value)

    @property
    def label(self) -> str:
        """How it is cited, in one canonical form: 第十条之一, 一、, （三）, 1., 一是."""
        if self.style in _CHINESE_LABELS:
            number = to_chinese(self.value)
            formal = self.style is Style.FORMAL
            return _CHINESE_LABELS[self.style].format(number.translate(_TO_FORMAL) if formal else number)
        if self.style in _DIGIT_LABELS:
            return _DIGIT_LABELS[self.style].format(self.key)
        if self.style is Style.MEASURE:
            return self.word + to_chinese(self.value)
        if self.style is Style.POINT:
            number = to_chinese(self.value)
            return f"第{number}" if self.word == "第" else number + (self.word or "是")
        if self.style is Style.CIRCLED:
            return chr(ord("①") + self.value - 1)
        tail = f"之{to_chinese(self.sub)}" if self.sub else ""
        return f"第{to_chinese(self.value)}{_UNIT_OF[self.style]}{tail}"


def _value(printed: str) -> int:
    printed = printed.translate(_FORMAL)
    if _CHINESE.fullmatch(printed):
        return from_chinese("".join(printed.split()))
    printed = printed.strip()
    return int(printed) if printed.isdecimal() else int(unicodedata.numeric(printed))


def match_marker(text: str) -> Marker | None:
    """The number that `text` begins with, or None. Says nothing on whether it is a heading: see `is_reference`."""
    if match := _DECORATION.match(text):
        inner = match_marker(text[match.end() :])
        return replace(inner, length=inner.length + match.end()) if inner else None
    if match := _ORDINAL.match(text):
        sub = from_chinese(match[3]) if match[3] else 0
        value = _value(match[1])
        marker = Marker(_UNITS[match[2]], value, sub, "", match.end(), bool(match[4]) or match.end() == len(text))
        return marker if 0 < value <= 9999 and sub <= 9999 else None
    if match := _MEASURE.match(text):
        value = _value(match[2])
        return Marker(Style.MEASURE, value, 0, match[1], match.end(), True) if 0 < value <= 9999 else None
    for style, pattern in _PLAIN:
        if match := pattern.match(text):
            value = _value(next(group for group in match.groups() if group))
            return Marker(style, value, 0, "", match.end()) if 0 < value <= _MOST.get(style, 9999) else None
    return None


def is_reference(marker: Marker, text: str, before: str | None, *, expected: bool) -> bool:
    """Whether the number at the start of line `text` belongs to running text (「第十条规定的…」「（一）项规定的」).

    `before` is the line above when the two may be one hard-wrapped sentence, else None; `expected` says whether
    the number is the next one, or the first, of its style.
    """
    rest = text[marker.length :].lstrip()
    unfinished = before is not None and (len(before) >= 20 or before.endswith(("，", ",", "、")))
    wrapped = before is not None and len(before) >= 20 and not expected
    if marker.style is Style.DIGIT and _DECIMAL.match(text, marker.length):
        return before is not None or not expected
    if marker.style <= Style.ARTICLE:
        refers = bool(_ORDINAL_REFERENCE.match(rest)) and not (expected and marker.spaced)
        cut = unfinished and marker.style is Style.ARTICLE and not marker.spaced  # 「…不受⏎第六条限制」
        return refers or wrapped or cut or (before is not None and bool(_JOINING.search(before)))
    if marker.style is Style.HAN:
        return wrapped or (bool(_HAN_REFERENCE.match(rest)) and (unfinished or not expected))
    return bool(_BRACKET_REFERENCE.match(rest)) or wrapped
