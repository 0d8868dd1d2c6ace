"""Official numbering: the styles there are, a number as a value, and how one is read and written.

The parser reads numbers at the start of a line with these tables, and the address book reads them in questions.
"""

import re
import unicodedata
from dataclasses import dataclass, field, replace
from enum import IntEnum

from corpus.text.characters import fold
from corpus.text.numeral import ANY_NUMERAL, NUMERAL, from_chinese, to_chinese


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
    ROW = 17  # a row of a table, which prints no number
    FIELD = 18  # a labelled field of a guide: 申请材料：…
    BARE = 19  # a heading without a number
    DECIMAL = 20  # 2.1.1, which names the levels above it


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
    NumberingStyle.ROW: "第{}行",
}
_DIGIT_LABELS = {
    NumberingStyle.DIGIT: "{}.",
    NumberingStyle.DIGIT_BRACKET: "（{}）",
    NumberingStyle.ATTACHMENT: "附件{}",
    NumberingStyle.ENCLOSURE: "所附文件{}",
}
DECIMAL_PATH = r"\d{1,2}(?:\.\d{1,3}){1,5}"  # 2.1.1
_WORDED = (NumberingStyle.MEASURE, NumberingStyle.PART, NumberingStyle.FIELD, NumberingStyle.BARE)
# Tables and patterns are for text that `fold` has gone over. Every repetition is bounded or possessive, so that a line
# of any length is read in one pass.
HAN_NUMERAL = f"[{ANY_NUMERAL}]{{1,9}}"
_N = NUMERAL[1:]
_LIKE = dict.fromkeys("-—–―─ーㄧ", "一") | {"+": "十"}  # what a scan or a hand types for a numeral
_MISREAD = str.maketrans(_LIKE)
_LIKELY = f"[{ANY_NUMERAL}{''.join(map(re.escape, _LIKE))}]"
_ORDINAL = re.compile(
    rf"第\s*((?:{_LIKELY}\s*+){{1,9}}|(?:\d\s*+){{1,5}})(部分|分编|[编章节条])(?:\s*之\s*([{_N}]{{1,9}}|\d{{1,3}})(?![{_N}\d]))?(?=(\s?))"
)
_MEASURE = re.compile(rf"(措施|举措|任务|案例)\s*([{_N}]{{1,9}}|\d{{1,3}})(?:\s*[:、.]|\s)")
_FORMAL = re.compile(r"([壹贰貳叁參肆伍陆陸柒捌玖拾]{1,4})\s*[、．.]")  # before folding, which makes 一、 of it
_TO_FORMAL = str.maketrans("一二三四五六七八九十", "壹贰叁肆伍陆柒捌玖拾")
_DECORATION = re.compile(  # of a text kept as Markdown; what a broken character leaves in front of a number
    rf"(?:#{{1,6}} |\*\*|__|> |[?？+▲●■◆★]{{1,3}}(?=第|[（(]|[{ANY_NUMERAL}]{{1,3}}、))+"
)
_ENUMERATED = (
    (NumberingStyle.HAN, re.compile(rf"({HAN_NUMERAL}|[—–―](?=、))\s*[、.]")),
    (NumberingStyle.HAN_BRACKET, re.compile(rf"\(\s*({HAN_NUMERAL}|[—–―])\s*\)|([㈠-㈩])")),
    (NumberingStyle.DIGIT, re.compile(r"(\d{1,3})\s*[.、]|([⒈-⒛])")),
    (NumberingStyle.DIGIT_BRACKET, re.compile(r"\(?\s*(\d{1,3})\s*\)|([⑴-⒇])")),
    (NumberingStyle.CIRCLED, re.compile(r"([①-⑳])")),
)
_CHINESE = re.compile(rf"[{ANY_NUMERAL}\s]+")
_MOST = {NumberingStyle.HAN: 200, NumberingStyle.HAN_BRACKET: 200}  # 二〇二三、 is a year, not a number
LARGEST = 99_999  # of a heading
_HEAD = 64  # characters at the start of a line among which its number stands


@dataclass(frozen=True, slots=True)
class HeadingNumber:
    """A number as printed in front of a heading, a clause or a part; equal where style, value and word are."""

    style: NumberingStyle
    value: int
    sub: int = 0  # the k of 第X条之k
    word: str = ""  # the word beside the number: 措施, 案例; of a point 是, 要, 第; of 2.1.1 what stands before: 2.1.
    length: int = field(default=0, compare=False)  # characters it takes where it stands
    spaced: bool = field(default=False, compare=False)  # a blank follows it

    @property
    def key(self) -> str:
        """Its component in an id: 26, 10-1, r3, 2.1.1."""
        if self.style is NumberingStyle.ROW:
            return f"r{self.value}"
        if self.style is NumberingStyle.DECIMAL:
            return f"{self.word}{self.value}"
        return f"{self.value}-{self.sub}" if self.sub else str(self.value)

    @property
    def label(self) -> str:
        """How it is cited, in one canonical form: 第十条之一, 一、, （三）, 1., 一是, 2.1.1."""
        if self.style in _CHINESE_LABELS:
            number = to_chinese(self.value)
            formal = self.style is NumberingStyle.FORMAL
            return _CHINESE_LABELS[self.style].format(number.translate(_TO_FORMAL) if formal else number)
        if self.style in _DIGIT_LABELS:
            return _DIGIT_LABELS[self.style].format(self.key)
        if self.style in _WORDED:
            return self._worded()
        if self.style is NumberingStyle.DECIMAL:
            return self.key
        if self.style is NumberingStyle.CIRCLED:
            return chr(ord("①") + self.value - 1)
        tail = f"之{to_chinese(self.sub)}" if self.sub else ""
        return f"第{to_chinese(self.value)}{_UNIT_OF[self.style]}{tail}"

    def _worded(self) -> str:
        """The label of a number that is a word, or has one beside it: 申请材料, 措施一, 一是, 第一."""
        number = to_chinese(self.value)
        if self.style is NumberingStyle.MEASURE:
            return self.word + number
        if self.style is NumberingStyle.PART:
            return f"第{number}" if self.word == "第" else number + (self.word or "是")
        return self.word


def number_value(printed: str) -> int:
    """The value of a number in folded text: digits, 二十六, 廿六, ㈡, with blanks inside or not; 0 where it is none."""
    printed = "".join(printed.split()).translate(_MISREAD)
    if _CHINESE.fullmatch(printed):
        return from_chinese(printed)
    return int(printed) if printed.isdecimal() else int(unicodedata.numeric(printed, 0))


def match_number(text: str) -> HeadingNumber | None:
    """The number that `text` begins with, or None. Says nothing on whether it is a heading: see `is_reference`."""
    if match := _DECORATION.match(text):
        inner = match_number(text[match.end() :])
        return replace(inner, length=inner.length + match.end()) if inner else None
    if match := _FORMAL.match(text):
        return HeadingNumber(NumberingStyle.FORMAL, number_value(fold(match[1])), 0, "", match.end())
    return match_folded(fold(text[:_HEAD]), 0, len(text))


def match_folded(text: str, start: int, length: int | None = None) -> HeadingNumber | None:
    """The number that stands at `start` of a text that `fold` has gone over, or None.

    `length` is that of the whole line where `text` is the beginning of one.
    """
    if match := _ORDINAL.match(text, start):
        sub = number_value(match[3]) if match[3] else 0
        spaced = bool(match[4]) or match.end() == (len(text) if length is None else length)
        unit = _UNITS[match[2]]
        return _bounded(HeadingNumber(unit, number_value(match[1]), sub, "", match.end() - start, spaced))
    if match := _MEASURE.match(text, start):
        value = number_value(match[2])
        return _bounded(HeadingNumber(NumberingStyle.MEASURE, value, 0, match[1], match.end() - start, spaced=True))
    for style, pattern in _ENUMERATED:
        if match := pattern.match(text, start):
            value = number_value(next(group for group in match.groups() if group))
            return _bounded(HeadingNumber(style, value, 0, "", match.end() - start))
    return None


def _bounded(number: HeadingNumber) -> HeadingNumber | None:
    """The number, unless it is one that no heading has."""
    return number if 0 < number.value <= _MOST.get(number.style, LARGEST) and number.sub <= LARGEST else None
