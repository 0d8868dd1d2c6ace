"""What a printed page leaves in running text: page numbers, a browser's print lines, heads and feet of every page.

A sentence that such lines cut in two is joined up again. Everything else stays as it is.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus.readers.source import LineKind, SourceLine
from corpus.text.characters import HAN

_DASH = "-—–－―_·•"
_PAGE = re.compile(
    rf"[{_DASH}]{{1,2}}\s?\d{{1,4}}\s?[{_DASH}]{{1,2}}"
    r"|[(（]?第\s?\d{1,4}\s?页\s?[,，/／|]?\s?(?:[共总]\s?\d{1,4}\s?页)?[)）]?"
    r"|共\s?\d{1,4}\s?页\s?[,，/／]?\s?第\s?\d{1,4}\s?页"
    r"|[Pp]age\s\d{1,4}(?:\s?(?:of|/)\s?\d{1,4})?"
)
_BROKEN = (  # a page number over two lines
    (re.compile(rf"[{_DASH}]{{1,2}}\s?\d{{1,4}}"), re.compile(rf"[{_DASH}]{{1,2}}")),
    (re.compile(rf"[{_DASH}]{{1,2}}"), re.compile(rf"\d{{1,4}}\s?[{_DASH}]{{1,2}}")),
    (re.compile(r"第\s?\d{1,4}\s?页[,，]?"), re.compile(r"共\s?\d{1,4}\s?页")),
)
_OF = re.compile(r"(\d{1,4})\s?[/／]\s?(\d{1,4})")  # a page number only beside an address, or where it counts up
_ADDRESS = re.compile(r"(?:(?:https?|file)://|www\.)[^\s\u3400-\u9fff，。；、）)]{4,2000}")
_ADDRESS_END = re.compile(r"[\w\-./?%&=#~+:]{1,500}\s\d{1,4}/\d{1,4}")
_ANNOUNCED = re.compile(r"(?:网址|网站|链接|地址|登录|登陆|访问|见)[^。；]{0,20}$|[:：]$")
_STAMP = re.compile(
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}/\d{1,2}/\d{2,4}|\d{4}年\d{1,2}月\d{1,2}日),?\s?(?:[上下]午|凌晨|晚上)?\s?"
    r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\s?[AaPp][Mm])?(?=\s|$)"
)
_FINISHED = re.compile(r"[。！？!?；;：:…][”’」』）)》]?$")
_BEGINS = re.compile(
    r"\s|第\s?[一二三四五六七八九十百千零〇\d]{1,7}\s?[编章节条款项]|[（(【]?[一二三四五六七八九十]{1,3}[）)】、.．]"
    r"|[（(]\d{1,3}[）)]|\d{1,3}[)）、]|\d{1,3}[.．](?!\d)|[①-⑳㈠-㈩]|附\s?[件表录]|抄\s?送|主题词"
    r"|(?:索\s?引\s?号|来\s?源|标\s?题|发\s?[文布]|成\s?文|公\s?文|主\s?题|文\s?号|责任编辑|日\s?期|时\s?间)[^，。]{0,6}[:：]"
    r"|[\d一二〇○零]{4}\s?年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日$"
)
_TITLE = re.compile(
    "(?:办法|规定|细则|通知|意见|条例|方案|规划|计划|措施|决定|公告|通告|指南|规则|规程|标准|答|问)(?:[（(].{1,8}[）)])?$"
)
_CLAUSE = re.compile("[，；\t]")  # in no head or foot
_COMMA = re.compile("[，、,]")
_FULL_WIDTH = rf"[{HAN}，、。；：？！“”‘’（）《》〈〉【】〔〕％]"
_WIDE_END, _WIDE_START = re.compile(_FULL_WIDTH + "$"), re.compile(_FULL_WIDTH)
_NEAR = 2  # lines from a page's end in which its head or foot stands
_SHORTEST, _LONGEST = 4, 60  # characters of a head or foot
_MEASURE = 20  # a line this long that ends no sentence is neither a heading nor a signature


def without_furniture(lines: Sequence[SourceLine]) -> tuple[list[SourceLine], int]:
    """The lines without those of the printed page, and how many were taken out.

    Pages are told by the numbers and addresses between them, and by the anchors of the lines, where these name a page.
    """
    return _Text([part for line in lines for part in _split(line)]).cleaned()


def _split(line: SourceLine) -> list[SourceLine]:
    """A line in which a page number stands between tabs is three: what it parts is no row of a table."""
    if line.kind is LineKind.ROW or "\t" not in line.text:
        return [line]
    parts: list[list[str]] = [[]]
    for cell in line.text.split("\t"):
        if _PAGE.fullmatch(cell.strip()):
            parts += [[cell.strip()], []]
        else:
            parts[-1].append(cell)
    texts = ["\t".join(part) for part in parts]
    return [replace(line, text=text.strip("\t")) for text in texts if text.strip()] if len(parts) > 1 else [line]


def _blank(before: str, after: str) -> str:
    return "" if _WIDE_END.search(before[-1:]) or _WIDE_START.match(after) else " "


def _shape(text: str) -> str:
    """A head or foot without blanks and page number; empty for what ends a sentence or begins as an item does."""
    if _BEGINS.match(text) or _FINISHED.search(text) or _CLAUSE.search(text):
        return ""
    shape = re.sub(r"\d{1,4}$|^\d{1,4}(?=\D)", "#", "".join(text.split()))
    return shape if len(shape) >= _SHORTEST else ""


@dataclass
class _Text:
    """The lines of one text, and which of those that show something are furniture."""

    lines: list[SourceLine]
    shown: list[int] = field(init=False)  # the numbers of the lines that show something; all else counts in these
    texts: list[str] = field(init=False)
    pages: list[int | None] = field(init=False)
    measure: int = field(init=False)
    gone: set[int] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        self.shown = [number for number, line in enumerate(self.lines) if line.text.strip()]
        # A row is never furniture, so its words are not looked at.
        rows = {number for number in self.shown if self.lines[number].kind is LineKind.ROW}
        self.texts = ["" if number in rows else self.lines[number].text.strip() for number in self.shown]
        self.pages = [self.lines[number].anchor.page for number in self.shown]
        lengths = sorted(map(len, self.texts))
        self.measure = max(4, min(_MEASURE, lengths[len(lengths) * 9 // 10] * 4 // 5)) if lengths else _MEASURE

    def cleaned(self) -> tuple[list[SourceLine], int]:
        self.gone |= self._numbers()
        self.gone |= self._print_lines()
        self.gone |= self._heads()
        self.gone |= self._cutting()
        return self._joined(), len(self.gone)

    def _numbers(self) -> set[int]:
        """Page numbers, also those broken over two lines, and 1/6, 2/6, 3/6."""
        found = {index for index, text in enumerate(self.texts) if _PAGE.fullmatch(text)}
        for index, (text, below) in enumerate(pairwise(self.texts)):
            if any(first.fullmatch(text) and second.fullmatch(below) for first, second in _BROKEN):
                found |= {index, index + 1}
        counted = [(index, int(of[1]), of[2]) for index, text in enumerate(self.texts) if (of := _OF.fullmatch(text))]
        for one, two in pairwise(counted):
            if one[2] == two[2] and two[1] == one[1] + 1:
                found |= {one[0], two[0]}
        return found

    def _print_lines(self) -> set[int]:
        """What a browser prints on a page: addresses, alone or with 2/6, and date, time and title."""
        often = Counter(self.texts)
        found: set[int] = set()
        for index, text in enumerate(self.texts):
            if address := _ADDRESS.match(text):
                rest = text[address.end() :].strip()
                below = self.texts[index + 1] if index + 1 < len(self.texts) else ""
                if _OF.fullmatch(rest):
                    found.add(index)
                elif not rest and _ADDRESS_END.fullmatch(below):
                    found |= {index, index + 1}
                elif not rest and self._is_bare(index, often[text]):
                    found.add(index)
        printed = found | self.gone
        for index, text in enumerate(self.texts):
            if _STAMP.match(text) and (often[text] > 1 or {index - 1, index + 1, index - 2, index + 2} & printed):
                found.add(index)
        return found

    def _is_bare(self, index: int, often: int) -> bool:
        """Whether a line that is an address stands there for itself: no line before it leads to it."""
        if {index - 1, index + 1} & self.gone:
            return True
        if index and _ANNOUNCED.search(self.texts[index - 1][-30:]):
            return False
        return often > 1 or index < 3 or index == len(self.texts) - 1 or self._cut(index - 1, index + 1)

    def _heads(self) -> set[int]:
        """Short lines that stand at the ends of three pages or more, and of at least half of them."""
        ends = {index + 1 for index in self.gone if index + 1 not in self.gone}
        ends |= {index for index in range(1, len(self.texts)) if self.pages[index] != self.pages[index - 1]}
        if len(ends) < 2:
            return set()
        shapes = [_shape(text) if len(text) <= _LONGEST else "" for text in self.texts]
        where: dict[str, set[int]] = {}  # by shape: the ends of pages at which it stands
        near: set[int] = set()
        for end in (0, *ends, len(self.texts)):
            for index in self._near(end):
                near.add(index)
                where.setdefault(shapes[index], set()).add(end)
        least = max(3, len(ends) / 2)
        often = Counter(shapes)  # what stands inside of pages as well is no head
        heads = {
            shape for shape, at in where.items() if shape and least <= len(at) and least <= often[shape] <= len(at) + 1
        }
        found = {index for index in near if shapes[index] in heads}
        return self._without_title(found)

    def _near(self, end: int) -> list[int]:
        """The lines around the end of a page."""
        before = end - 1
        while before in self.gone:
            before -= 1
        around = (*range(before - _NEAR + 1, before + 1), *range(end, end + _NEAR))
        return [index for index in around if 0 <= index < len(self.texts) and index not in self.gone]

    def _cutting(self) -> set[int]:
        """Lines that come three times or more, and each time but one in the middle of a sentence."""
        where: dict[str, list[int]] = {}
        for index, text in enumerate(self.texts):
            if index not in self.gone and 6 <= len(text) <= _LONGEST and _shape(text):
                where.setdefault(text, []).append(index)
        often = [places for places in where.values() if len(places) >= 3]
        found = [places for places in often if sum(self._cut(one - 1, one + 1) for one in places) >= len(places) - 1]
        return self._without_title({index for places in found for index in places})

    def _without_title(self, found: set[int]) -> set[int]:
        """Without the first of a title that is also the head of every page, lest it be lost."""
        first = min(found, default=0)
        elsewhere = any(self.texts[first] in text for index, text in enumerate(self.texts) if index not in found)
        return found - {first} if found and _TITLE.search(self.texts[first]) and not elsewhere else found

    def _cut(self, before: int, after: int) -> bool:
        """Whether two lines are one sentence: the first does not end one, and the second begins nothing new."""
        if before < 0 or after >= len(self.texts) or not self.texts[before] or not self.texts[after]:
            return False
        text = self.texts[before]
        indented = self.lines[self.shown[after]].text[0].isspace()
        if indented or _FINISHED.search(text) or _BEGINS.match(self.texts[after]):
            return False
        return len(text) >= self.measure or bool(_COMMA.search(text))

    def _joined(self) -> list[SourceLine]:
        """The lines that stay; the halves of a sentence on both sides of what was removed become one line."""
        parts: list[list[str]] = []  # joined only at the end, so that a thousand halves cost no more than their length
        kept: list[SourceLine] = []
        position = {number: index for index, number in enumerate(self.shown)}
        last = last_index = -1
        for number, line in enumerate(self.lines):
            index = position.get(number)
            if index in self.gone:
                continue
            if index is not None:
                if last >= 0 and self._goes_on(last_index, index):
                    del parts[last + 1 :], kept[last + 1 :]
                    parts[last].append(line.text)
                    last_index = index
                    continue
                last, last_index = len(kept), index
            parts.append([line.text])
            kept.append(line)
        return [replace(line, text=_one_line(texts)) for line, texts in zip(kept, parts, strict=True)]

    def _goes_on(self, before: int, after: int) -> bool:
        """Whether a page ended between two lines, in the middle of a sentence."""
        one, two = self.lines[self.shown[before]], self.lines[self.shown[after]]
        if one.kind is not LineKind.PARAGRAPH or two.kind is not LineKind.PARAGRAPH or "\t" in one.text + two.text:
            return False
        ended = before + 1 < after or one.anchor.page != two.anchor.page
        return ended and self._cut(before, after)


def _one_line(texts: list[str]) -> str:
    if len(texts) == 1:
        return texts[0]
    parts = [texts[0].rstrip(), *(text.strip() for text in texts[1:])]
    return parts[0] + "".join(_blank(before, after) + after for before, after in pairwise(parts))
