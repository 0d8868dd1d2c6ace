"""How addresses are written in questions: number paths read with the parser's own tables, in folded text."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from corpus.addresses.address import Step
from corpus.label import BRACKETED, NAMED_EN
from corpus.numbering import DECIMAL_PATH, HAN_NUMERAL, NumberingStyle, match_folded, number_value
from corpus.text.numeral_en import CARDINAL, english_value

_S = NumberingStyle
_FILE = Path(__file__).parent / "words.toml"
NUMBER = rf"(?:{HAN_NUMERAL}|\d{{1,5}})"
_PLAIN = (_S.DIGIT, _S.HAN, _S.FORMAL)
SEPARATOR = re.compile(r"\s{0,2}(?:[、,;&]|以及|或者|还有|[和与及跟或]|and\b|or\b)\s{0,2}")
_COUNTED_BY_UNIT = {
    "款": (_S.PARAGRAPH,),
    "项": (_S.DIGIT, *BRACKETED, _S.HAN),
    "目": (_S.DIGIT, *BRACKETED),
    "点": (_S.PART,),
}
_UNIT = re.compile(rf"第\s{{0,2}}({NUMBER})\s{{0,2}}([款项目点])")
_UNITS = re.compile(
    rf"第\s{{0,2}}({NUMBER}(?:\s{{0,2}}[、,和与及]\s{{0,2}}第?\s{{0,2}}{NUMBER}){{1,9}})\s{{0,2}}([款项目点])"
)
_BRACKET_UNIT = re.compile(rf"第\s?\(\s?({NUMBER})\s?\)\s?[款项目]")
_INLINE = re.compile(rf"({HAN_NUMERAL})([是要])(?!求)|第({HAN_NUMERAL}),")
_ROW = re.compile(rf"第\s?({NUMBER})\s?行(?![业政动为驶程走长])")
_FIELD = re.compile(r"「([^「」]{1,12})」")
_ITEM_UNIT = re.compile(r"\s?[项目款](?!目)")
_ORDINAL, _BEHIND_NUMBER = re.compile("第"), re.compile(r"[条(]\s?$")
_SHORT_HAN = re.compile(rf"({NUMBER})\s?(?=\()")  # 二(七)
_AGAIN = re.compile(rf"\s?\(第({HAN_NUMERAL})处\)")
_PATH = re.compile(rf"(?<![\d.]){DECIMAL_PATH}(?![\d.])")
_BLANKS = re.compile(r"\s{0,3}")
_EN_NAMED = {name.lower(): style for style, name in NAMED_EN.items()} | {"art": _S.ARTICLE}
_EN_INNER = re.compile(r"\.(\d{1,4})(?!\d)| ?\((\d{1,4})\)")
_EN_PART = re.compile(
    r",? ?(paragraph|para\.?|sub-?item|item|point|row|sub-?paragraph) \(?(\d{1,4}(?:\.\d{1,3}){0,5})\)?"
)
_EN_FIELD = re.compile(r",? ?field 「([^「」]{1,12})」()")
_EN_COUNTED = {"point": _S.PART, "row": _S.ROW}
_EN_AGAIN = re.compile(r" \(occurrence (\d{1,4})\)")


@cache
def words(name: str) -> tuple[str, ...]:
    """One list of words.toml, longest words first."""
    found: Iterable[str] = _tables()[name]
    return tuple(sorted(found, key=len, reverse=True))


@cache
def _tables() -> dict[str, list[str]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def read_steps(text: str, start: int, *, digits: bool = False) -> tuple[list[Step], int]:
    """The number path that stands at `start`, from the outermost level on, and where it ends; empty where none does.

    `digits` says whether it may begin with 1., as it does behind 附件1.
    """
    first = _step(text, start, first=True, digits=digits)
    if first is None:
        return [], start
    steps, end = read_following(text, first[1], first[0])
    return steps, end


def read_following(text: str, end: int, before: Step | None = None) -> tuple[list[Step], int]:
    """The numbers that go on from where another has ended, behind `before` where that is given."""
    steps = [before] if before else []
    if before and (again := _AGAIN.match(text, end)):
        steps, end = [_repeated(before, number_value(again[1]))], again.end()
    while True:
        blanks = _BLANKS.match(text, end)
        found = _step(text, blanks.end() if blanks else end, first=False)
        if found is None or len(steps) == 9:
            return steps, end
        if steps and found[0].styles == steps[-1].styles != (_S.DECIMAL,):
            return steps, end
        step, end = found
        if again := _AGAIN.match(text, end):
            step, end = _repeated(step, number_value(again[1])), again.end()
        steps.append(step)


def _step(text: str, at: int, *, first: bool, digits: bool = False) -> tuple[Step, int] | None:
    if row := _ROW.match(text, at):
        return Step(number_value(row[1]), 0, (_S.ROW,)), row.end()
    if part := read_part(text, at):
        return None if first else part
    if not first and (path := _PATH.match(text, at)):
        return _decimal(path[0]), path.end()
    number = match_folded(text, at)
    if number is None:
        short = _SHORT_HAN.match(text, at) if first else None
        return (Step(number_value(short[1]), 0, (_S.HAN, _S.DIGIT)), short.end()) if short else None
    if number.style is _S.MEASURE or (number.style is _S.DIGIT and first and not digits):
        return None  # 1. at the beginning is no address
    end = at + number.length
    unit = _ITEM_UNIT.match(text, end) if number.style in BRACKETED else None
    return Step(number.value, number.sub, (number.style,), part=bool(unit)), unit.end() if unit else end


def _decimal(path: str) -> Step:
    """A number such as 2.1.1 behind another: a part of an article, which prints it whole."""
    before, _, last = path.rpartition(".")
    return Step(int(last), 0, (_S.DECIMAL,), f"{before}." if before else "", part=True)


def read_part(text: str, at: int) -> tuple[Step, int] | None:
    """One number of a part: 第二款, 第（二）项, 第四点, 四是."""
    if match := _BRACKET_UNIT.match(text, at):
        return Step(number_value(match[1]), 0, BRACKETED, part=True), match.end()
    if match := _UNIT.match(text, at):
        return Step(number_value(match[1]), 0, _COUNTED_BY_UNIT[match[2]], part=True), match.end()
    if match := _FIELD.match(text, at):
        return Step(0, 0, (_S.FIELD,), match[1], part=True), match.end()
    if match := _INLINE.match(text, at):
        word = match[2] or "第"
        return Step(number_value(match[1] or match[3]), 0, (_S.PART,), word, part=True), match.end()
    return None


def read_part_list(text: str, at: int) -> tuple[list[Step], int] | None:
    """Several parts under one unit: 第二、四点."""
    if match := _UNITS.match(text, at):
        values = [number_value(one) for one in re.findall(NUMBER, match[1])]
        return [Step(value, 0, _COUNTED_BY_UNIT[match[2]], part=True) for value in values], match.end()
    return None


def parts_named(text: str, begin: int = 0) -> Iterator[tuple[Step, tuple[int, int]]]:
    """The numbers of parts in a folded text that stand behind no clause's number, each with its span."""
    for match in _ORDINAL.finditer(text, begin):
        if _BEHIND_NUMBER.search(text[max(begin, match.start() - 2) : match.start()]):
            continue
        listed, one = read_part_list(text, match.start()), read_part(text, match.start())
        steps, end = listed or (([one[0]], one[1]) if one else ([], 0))
        yield from ((step, (match.start(), end)) for step in steps)


def read_steps_en(text: str, start: int, kinds: tuple[str, ...] = ()) -> tuple[list[Step], int, str]:
    """As `read_steps` for Article 3, paragraph 1, item (2); case 1 (3). The last is the word before the number.

    `kinds` are what the facts of documents call a clause of their attachments.
    """
    steps: list[Step] = []
    end, word, pattern = start, "", _kind_pattern(kinds)
    while match := pattern.match(text, end):
        style, word, end = _EN_NAMED.get(match[1]), match[1], match.end()
        if written := match[2] or match[4]:
            steps.append(Step(english_value(written), int(match[3] or 0), (style,) if style is not None else ()))
        while inner := _EN_INNER.match(text, end):
            steps.append(Step(int(inner[1] or inner[2]), 0, BRACKETED if inner[2] else ()))
            end = inner.end()
        if not (text.startswith(", ", end) and pattern.match(text, end + 2)):
            break
        end += 2
    if not steps:
        return [], start, ""
    steps[-1], end = read_occurrence_en(text, steps[-1], end)
    parts, end = read_parts_en(text, end)
    return [*steps, *parts], end, word


def read_parts_en(text: str, end: int) -> tuple[list[Step], int]:
    """The parts that stand behind a number: ", paragraph 1, item (2)"."""
    steps: list[Step] = []
    while match := _EN_PART.match(text, end) or _EN_FIELD.match(text, end):
        if not match[2]:
            step, end = read_occurrence_en(text, Step(0, 0, (_S.FIELD,), match[1], part=True), match.end())
            steps.append(step)
            continue
        if "." in match[2]:
            steps, end = [*steps, _decimal(match[2])], match.end()
            continue
        styles = _styles_en(match[1], "(" in match[0])
        step, end = read_occurrence_en(text, Step(int(match[2]), 0, styles, part=True), match.end())
        steps.append(step)
    return steps, end


@cache
def _kind_pattern(kinds: tuple[str, ...]) -> re.Pattern[str]:
    names = "|".join(map(re.escape, dict.fromkeys((*_EN_NAMED, "clause", "case", "provision", *kinds))))
    number = rf"(?:no\.? ?|number |#)?(?:(\d{{1,5}})(?:-(\d{{1,3}}))?(?![\d%])|(?=\(\d)|(?<= )({CARDINAL}))"
    return re.compile(rf"({names}|art(?=\.? ?\d))\.? ?{number}")


def _styles_en(word: str, bracketed: bool) -> tuple[NumberingStyle, ...]:
    if word in _EN_COUNTED:
        return (_EN_COUNTED[word],)
    return (_S.PARAGRAPH,) if word.startswith("para") else BRACKETED if bracketed else _PLAIN


def read_occurrence_en(text: str, step: Step, end: int) -> tuple[Step, int]:
    """The step, with the occurrence that may stand behind its number, and the end of both."""
    again = _EN_AGAIN.match(text, end)
    return (_repeated(step, int(again[1])), again.end()) if again else (step, end)


def _repeated(step: Step, count: int) -> Step:
    return Step(step.value, step.sub, step.styles, step.word, step.part, count)
