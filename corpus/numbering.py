"""Official numbering: the styles there are, a number as a value, and how one is read and written.

The parser reads numbers at the start of a line with these tables, and the address book reads them in questions.
"""

import re
import unicodedata
from dataclasses import dataclass, field, replace
from enum import IntEnum

from corpus.text.numeral import NUMERAL, from_chinese, to_chinese


class NumberingStyle(IntEnum):
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
    PART = 14  # 一是, 一要, 第一，
    ATTACHMENT = 15  # 附件1
    ENCLOSURE = 16  # a text a notice issues without calling it 附件


_UNITS = {
    "部分": NumberingStyle.DIVISION,
    "编": NumberingStyle.BOOK,
    "分编": NumberingStyle.SUBBOOK,
    "章": NumberingStyle.CHAPTER,
    "节": NumberingStyle.SECTION,
    "条": NumberingStyle.ARTICLE,
}
_UNIT_OF = {style: unit for unit, style in _UNITS.items()}
_CHINESE_LABELS = {
    NumberingStyle.FORMAL: "{}、",
    NumberingStyle.HAN: "{}、",
    NumberingStyle.HAN_BRACKET: "（{}）",
    NumberingStyle.PARAGRAPH: "第{}款",
}
_DIGIT_LABELS = {
    NumberingStyle.DIGIT: "{}.",
    NumberingStyle.DIGIT_BRACKET: "（{}）",
    NumberingStyle.ATTACHMENT: "附件{}",
    NumberingStyle.ENCLOSURE: "所附文件{}",
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
    (NumberingStyle.FORMAL, re.compile(r"([壹贰貳叁參肆伍陆陸柒捌玖拾]{1,4})\s*[、．.]")),
    (NumberingStyle.HAN, re.compile(rf"([{NUMERAL}]{{1,9}})\s*[、．.]")),
    (NumberingStyle.HAN_BRACKET, re.compile(rf"[（(]\s*([{NUMERAL}]{{1,9}})\s*[）)]|([㈠-㈩])")),
    (NumberingStyle.DIGIT, re.compile(r"(\d{1,3})\s*[.．﹒、]|([⒈-⒛])")),
    (NumberingStyle.DIGIT_BRACKET, re.compile(r"[（(]?\s*(\d{1,3})\s*[）)]|([⑴-⒇])")),
    (NumberingStyle.CIRCLED, re.compile(r"([①-⑳])")),
)
_CHINESE = re.compile(rf"[{NUMERAL}\s]+")
_MOST = {NumberingStyle.HAN: 200, NumberingStyle.HAN_BRACKET: 200}  # 二〇二三、 is a year, not a number


@dataclass(frozen=True, slots=True)
class HeadingNumber:
    """A number as printed in front of a heading, a clause or a part; equal where style, value and word are."""

    style: NumberingStyle
    value: int
    sub: int = 0  # the k of 第X条之k
    word: str = ""  # the word beside the number: 措施, 案例; of a point 是, 要, 第
    length: int = field(default=0, compare=False)  # characters it takes where it stands
    spaced: bool = field(default=False, compare=False)  # a blank follows it

    @property
    def key(self) -> str:
        """Its component in an id: 26, 10-1."""
        return f"{self.value}-{self.sub}" if self.sub else str(self.value)

    @property
    def label(self) -> str:
        """How it is cited, in one canonical form: 第十条之一, 一、, （三）, 1., 一是."""
        if self.style in _CHINESE_LABELS:
            number = to_chinese(self.value)
            formal = self.style is NumberingStyle.FORMAL
            return _CHINESE_LABELS[self.style].format(number.translate(_TO_FORMAL) if formal else number)
        if self.style in _DIGIT_LABELS:
            return _DIGIT_LABELS[self.style].format(self.key)
        if self.style is NumberingStyle.MEASURE:
            return self.word + to_chinese(self.value)
        if self.style is NumberingStyle.PART:
            number = to_chinese(self.value)
            return f"第{number}" if self.word == "第" else number + (self.word or "是")
        if self.style is NumberingStyle.CIRCLED:
            return chr(ord("①") + self.value - 1)
        tail = f"之{to_chinese(self.sub)}" if self.sub else ""
        return f"第{to_chinese(self.value)}{_UNIT_OF[self.style]}{tail}"


def _value(printed: str) -> int:
    printed = printed.translate(_FORMAL)
    if _CHINESE.fullmatch(printed):
        return from_chinese("".join(printed.split()))
    printed = printed.strip()
    return int(printed) if printed.isdecimal() else int(unicodedata.numeric(printed))


def match_number(text: str) -> HeadingNumber | None:
    """The number that `text` begins with, or None. Says nothing on whether it is a heading: see `is_reference`."""
    if match := _DECORATION.match(text):
        inner = match_number(text[match.end() :])
        return replace(inner, length=inner.length + match.end()) if inner else None
    if match := _ORDINAL.match(text):
        sub = from_chinese(match[3]) if match[3] else 0
        value = _value(match[1])
        marker = HeadingNumber(
            _UNITS[match[2]], value, sub, "", match.end(), bool(match[4]) or match.end() == len(text)
        )
        return marker if 0 < value <= 9999 and sub <= 9999 else None
    if match := _MEASURE.match(text):
        value = _value(match[2])
        return (
            HeadingNumber(NumberingStyle.MEASURE, value, 0, match[1], match.end(), True) if 0 < value <= 9999 else None
        )
    for style, pattern in _PLAIN:
        if match := pattern.match(text):
            value = _value(next(group for group in match.groups() if group))
            return HeadingNumber(style, value, 0, "", match.end()) if 0 < value <= _MOST.get(style, 9999) else None
    return None
