"""The address of a clause or part as people cite it, in Chinese and in English.

    《某市服务条例》第三条第一款（二）项（第一章 总则）      Some Ordinance, Article 3, paragraph 1, item (2)
    某政办〔2023〕4号 典型案例 一、（三）四是（某市）         Some Notice, case 1 (3), point 4 (Somewhere)

A label is made from the numbers as printed, along the tree of parts; no two clauses or parts of a document share one.
`corpus/addresses` reads it back.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from corpus.clause import Clause, Document, Part
from corpus.numbering import HeadingNumber, NumberingStyle
from corpus.parser.clause_ids import COVER
from corpus.places.gazetteer import english_name
from corpus.text.numeral import to_chinese

BRACKETED = (NumberingStyle.HAN_BRACKET, NumberingStyle.DIGIT_BRACKET, NumberingStyle.CIRCLED)
_ITEMS = (*BRACKETED, NumberingStyle.DIGIT)
_UNITS = ("项", "目")  # what an article's parts are called inside its 款, outermost first
UNITS_EN = ("item", "sub-item")
NAMED_EN = {
    NumberingStyle.DIVISION: "Part",
    NumberingStyle.BOOK: "Book",
    NumberingStyle.SUBBOOK: "Sub-book",
    NumberingStyle.CHAPTER: "Chapter",
    NumberingStyle.SECTION: "Section",
    NumberingStyle.ARTICLE: "Article",
    NumberingStyle.MEASURE: "Measure",
    NumberingStyle.ROW: "row",
}
INTRODUCTION_EN = "introductory text"  # what stands directly under a heading
COVER_EN = "covering text"  # a notice that only transmits what people cite
_TAIL = re.compile(r"(0\.|[ae]\d+(?:-\d+)?\.)?(p?)([\dr.-]*?)(\.0)?(?:~(\d+))?$")


def label(document: Document, clause: Clause, part: Part | None = None, language: str = "zh") -> str:
    """The full address on one line; `language` is "zh" or "en". The part is one of the clause's, nested or not."""
    return _english(document, clause, part) if language == "en" else _chinese(document, clause, part)


def number_in(document: Document, clause: Clause, language: str) -> str:
    """The clause's number alone, without the document it is in: 第三条, Article 3."""
    return ", ".join(_clause_words(document, clause)) if language == "en" else clause.number + _again(clause.repeat)


def is_article(clause: Clause) -> bool:
    """Whether the clause is cited as 第X条, so that its parts are called 款, 项 and 目."""
    return bool(clause.numbers) and bool(re.search(r"条(?:之[^条]+)?$", clause.number))


def occurrence(clause: Clause) -> int:
    """Which of the clauses of its document with the same number path it is, as its id says; from 1."""
    found = _TAIL.search(_tail(clause))
    return int(found[5] or 1) if found else 1


def _tail(clause: Clause) -> str:
    return clause.id.removeprefix(f"{clause.document_id}:")


def _chinese(document: Document, clause: Clause, part: Part | None) -> str:
    if clause.number == document.title:  # a row of a table of articles is its own document
        return f"《{document.title}》"
    where = f"{document.number} " if document.number else f"《{document.title}》"
    written = clause.number + _again(clause.repeat)
    for depth, (siblings, one) in enumerate(_way(clause.parts, part)):
        number = _part_number(clause, one, depth)
        before = siblings[: siblings.index(one)]
        again = _again(1 + sum(_part_number(clause, other, depth) == number for other in before))
        written += (" " if written[-1].isdigit() and number[0].isdigit() else "") + number + again
    heading = f"（{clause.path[-1]}）" if clause.path and not document.number else ""
    place = f"（{'、'.join(clause.jurisdiction)}）" if clause.jurisdiction != document.jurisdiction else ""
    return f"{where}{written}{heading}{place}"


def _again(count: int) -> str:
    return f"（第{to_chinese(count)}处）" if count > 1 else ""


def _way(parts: Sequence[Part], wanted: Part | None) -> Iterator[tuple[Sequence[Part], Part]]:
    """From the clause down to the part: at each level all parts there, and the one that is, or holds, the wanted."""
    if wanted is None:
        return
    for part in parts:
        if any(one.id == wanted.id for one in part.all_parts()):
            yield parts, part
            yield from _way(part.parts, None if part.id == wanted.id else wanted)
            return


def _level(clause: Clause, depth: int) -> int:
    """How deep below an article's 款, or below the article where it has none; -1 for a 款 itself."""
    return depth - any(part.heading_number and _is_paragraph(part.heading_number) for part in clause.parts)


def _is_paragraph(number: HeadingNumber) -> bool:
    return number.style is NumberingStyle.PARAGRAPH


def _part_number(clause: Clause, part: Part, depth: int) -> str:
    """The number of a part as printed, with the words 项 and 目 in an article: （二）项, 第1目."""
    number, level = part.heading_number, _level(clause, depth)
    if number is not None and number.style is NumberingStyle.FIELD:
        return f"「{part.number}」"
    if number is None or number.style not in _ITEMS or not is_article(clause) or not 0 <= level < len(_UNITS):
        return part.number
    unit = _UNITS[level]
    return f"第{number.key}{unit}" if number.style is NumberingStyle.DIGIT else f"{part.number}{unit}"


def _english(document: Document, clause: Clause, part: Part | None) -> str:
    words = [document.title_en or f"《{document.title}》"]
    if clause.number != document.title:
        words += [*_clause_words(document, clause)]
    for depth, (siblings, one) in enumerate(_way(clause.parts, part)):
        number = _part_words(clause, one, depth)
        before = siblings[: siblings.index(one)]
        words.append(number + _again_en(1 + sum(_part_words(clause, other, depth) == number for other in before)))
    names = ", ".join(map(english_name, clause.jurisdiction))
    place = f" ({names})" if clause.jurisdiction != document.jurisdiction else ""
    return ", ".join(words) + place


def _again_en(count: int) -> str:
    return f" (occurrence {count})" if count > 1 else ""


def _clause_words(document: Document, clause: Clause) -> Iterator[str]:
    """Attachment, headings and number: Attachment 1 · Chapter 2 · Article 3; covering text · clause 2; case 1 (3)."""
    found = _TAIL.fullmatch(_tail(clause))
    if found is None:
        yield clause.number
        return
    prefix, counted, key, directly, _ = found.groups()
    if prefix == COVER:
        yield COVER_EN
    elif prefix:
        yield f"{'Attachment' if prefix[0] == 'a' else 'enclosed text'} {prefix[1:-1]}"
    kind = document.attachment_en if document.attachment_en and not prefix else "clause"
    written: list[str] = []
    for named, group in groupby(clause.numbers, key=lambda number: number.style in NAMED_EN):
        numbers = list(group)
        written += _named(numbers) if named else [f"{kind} {_enumerated(numbers)}"]
    if not clause.numbers:
        written.append(f"unnumbered paragraph {key}" if counted or key else clause.number)
    if directly:
        written.append(INTRODUCTION_EN)
    yield from written[:-1]
    yield written[-1] + _again_en(occurrence(clause))


def _named(numbers: Iterable[HeadingNumber]) -> list[str]:
    return [f"{NAMED_EN[number.style]} {number.key.removeprefix('r')}" for number in numbers]


def _enumerated(numbers: Iterable[HeadingNumber]) -> str:
    """A path of plain numbers: 1 (3), 2.4, (5)."""
    written = ""
    for number in numbers:
        if number.style in BRACKETED:
            written += f" ({number.key})" if written else f"({number.key})"
        else:
            written += f".{number.key}" if written else number.key
    return written


def _part_words(clause: Clause, part: Part, depth: int) -> str:
    number = part.heading_number
    if number is None:
        return part.number
    if _is_paragraph(number):
        return f"paragraph {number.key}"
    if number.style is NumberingStyle.FIELD:
        return f"field 「{part.number}」"
    if number.style is NumberingStyle.ROW:
        return f"row {number.value}"
    if number.style is NumberingStyle.PART:
        return f"point {number.key}"
    unit = UNITS_EN[min(max(_level(clause, depth), 0), 1)]
    return f"{unit} ({number.key})" if number.style in BRACKETED else f"{unit} {number.key}"
