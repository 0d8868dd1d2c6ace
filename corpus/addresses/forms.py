"""Short and collected forms that people write addresses in: 33条, 第16、18条, clauses 33 to 36, 1.3, 附件1, 末段."""

import re

from corpus.addresses.address import PrintedAddress, Step
from corpus.addresses.grammar import NUMBER, read_occurrence_en, read_parts_en, read_steps_en
from corpus.numbering import HAN_NUMERAL, NumberingStyle, number_value
from corpus.places.gazetteer import load_gazetteer
from corpus.text.numeral import ANY_NUMERAL, to_chinese
from corpus.text.numeral_en import CARDINAL, ORDINAL, english_value

_S = NumberingStyle
ARTICLE = (_S.ARTICLE,)
_LONGEST_RANGE = 200  # clauses; 第1至9999条 is a slip of the finger
_KINDS = "措施|举措|任务|条款|案例"
_KIND_EN = "measure|article|clause|provision|case|item"
_KINDS_EN = "measures|articles|clauses|cases|items"
# Where an address may begin.
START = re.compile(
    rf"第|附件|末段|{_KINDS}|[{ANY_NUMERAL}\d(㈠-㈩⑴-⒇①-⑳]|"
    r"\b(?:attachment|enclosed text|covering text|unnumbered paragraph|[a-z-]{3,20} ?(?=[(\d#n])|art\.? ?(?=\d))|"
    rf"\b(?:{_KIND_EN}) (?={CARDINAL})|\b{ORDINAL} (?={_KIND_EN})|"
    rf"\b(?:{_KINDS_EN}) "
)
_SEP = r"\s?[、,和与及]\s?"
_RANGE = re.compile(rf"第?\s?({NUMBER})\s?条?\s?(?:至|到|-|~|—)\s?第?\s?({NUMBER})\s?条")
_LIST = re.compile(rf"第\s?({NUMBER}(?:{_SEP}第?\s?{NUMBER}){{1,20}})\s?条")
_TERSE_LIST = re.compile(rf"(\d{{1,4}}(?:{_SEP}\d{{1,4}}){{1,20}})\s?条")
_LIST_EN = re.compile(rf"\b(?:{_KINDS_EN}) (\d{{1,4}}(?:(?:, ?and |, ?| and | ?& ?)\d{{1,4}}){{1,20}})\b")
_LIST_EN_SINGULAR = re.compile(r"\b(?:measure|article|clause) (\d{1,4}(?:, ?\d{1,4}){0,20},? ?(?:and|&) ?\d{1,4})\b")
_RANGE_EN = re.compile(rf"\b(?:{_KINDS_EN}) (\d{{1,4}}) ?(?:to|-|–|through) ?(\d{{1,4}})\b")
_TERSE = re.compile(rf"({NUMBER})\s?条")
_ORDINAL_EN = re.compile(rf"({ORDINAL}) ({_KIND_EN})\b")
_KIND = re.compile(rf"(?:{_KINDS})\s?({NUMBER})(?![.\d]|\s?、?\s?\()")
_DOTTED = re.compile(r"(?:案例\s?|第\s?)?(\d{1,3}(?:-\d{1,2})?(?:\.\d{1,3}){1,5})(?![\d.])(?:\s?条)?")
_LEVEL = re.compile(rf"(\d{{1,2}})(?=\s?$|[(「]|{HAN_NUMERAL}[是要]|第{NUMBER}[款行,])")
_IN_ORDER = re.compile(rf"案例第\s?({NUMBER})(?:个|条|$)|第\s?({NUMBER})个(?:典型)?案例")
_ATTACHMENT = re.compile(rf"附件\s?({NUMBER})?(?:\s?-\s?(\d{{1,2}}))?[,:、]?\s?")
_ATTACHMENT_EN = re.compile(r"(attachment|enclosed text) (\d{1,3}(?:-\d{1,3})?), ")
_COVER_EN = "covering text, "
_PARAGRAPH = re.compile(rf"第\s?({NUMBER})\s?段|(末段)(?: (\d{{1,3}}))?")
_PARAGRAPH_EN = re.compile(r"unnumbered paragraph (\d{1,4})")
_INTRODUCTION_EN = ", introductory text"
_BARE = re.compile(rf"\s*(\D{{0,12}}?)\s?(?:no\.? ?|#|第\s?)?(\d{{1,4}}|(?<=第){HAN_NUMERAL})[.?!。\s]*")
_WITHOUT_UNIT = re.compile(rf"第\s?({NUMBER})\s?(?=[呢吗?!。;]|$)")


def read_several(text: str, at: int) -> tuple[list[int], int] | None:
    """The numbers of a list or a range of clauses that stands here, and its end."""
    if match := _RANGE.match(text, at) or _RANGE_EN.match(text, at):
        first, last = number_value(match[1]), number_value(match[2])
        return list(range(first, min(last, first + _LONGEST_RANGE) + 1)), match.end()
    patterns = (_LIST, _TERSE_LIST, _LIST_EN, _LIST_EN_SINGULAR)
    if match := next(filter(None, (pattern.match(text, at) for pattern in patterns)), None):
        return [number_value(one) for one in re.findall(NUMBER, match[1])], match.end()
    return None


def read_in_order(text: str, at: int) -> tuple[PrintedAddress, int] | None:
    """案例第三个: a case by its place in its group."""
    match = _IN_ORDER.match(text, at)
    step = Step(number_value(match[1] or match[2]), 0, (_S.HAN_BRACKET,)) if match else None
    return (PrintedAddress((step,), in_group=True), match.end()) if match and step else None


def read_terse(text: str, at: int) -> tuple[Step, int] | None:
    """33条, 措施48."""
    match = _TERSE.match(text, at) or _KIND.match(text, at)
    return (Step(number_value(match[1]), 0, (_S.ARTICLE, _S.MEASURE)), match.end()) if match else None


def read_dotted(text: str, at: int) -> tuple[list[Step], int] | None:
    """1.3, 案例1.3, 第2.1.1条: a number path as ids write it."""
    match = _DOTTED.match(text, at)
    if match is None:
        return None
    pieces = [piece.partition("-") for piece in match[1].split(".")]
    return [Step(int(value), int(sub or 0)) for value, _, sub in pieces], match.end()


def read_level(text: str, at: int) -> tuple[list[Step], int] | None:
    """2 behind a document's name: an outermost heading of a text numbered 1, 1.1, 2.1.1."""
    match = _LEVEL.match(text, at)
    return ([Step(int(match[1]), 0, (_S.DECIMAL,))], match.end()) if match else None


def read_attachment(text: str, at: int) -> tuple[tuple[NumberingStyle, str], int] | None:
    """附件1, 附件1-2, 附件: which attachment, and the end of the words."""
    match = _ATTACHMENT.match(text, at)
    if match is None:
        return None
    key = str(number_value(match[1])) if match[1] else "1"
    return (_S.ATTACHMENT, f"{key}-{match[2]}" if match[2] else key), match.end()


def read_paragraph(text: str, at: int) -> tuple[str, int] | None:
    """第三段, 末段: a paragraph of a text without numbers, as its clause's number prints it."""
    match = _PARAGRAPH.match(text, at)
    if match is None:
        return None
    if match[2]:
        return "末段" + (f" {match[3]}" if match[3] else ""), match.end()
    value = number_value(match[1])
    return (f"第{to_chinese(value)}段", match.end()) if value else None


def read_english(text: str, at: int, kinds: tuple[str, ...]) -> tuple[PrintedAddress, int, str] | None:
    """An English address, its end, and the word before its number; `kinds` are what facts call clauses."""
    start, attachment, cover = at, None, text.startswith(_COVER_EN, at)
    if match := _ATTACHMENT_EN.match(text, at):
        attachment, start = (_S.ATTACHMENT if match[1] == "attachment" else _S.ENCLOSURE, match[2]), match.end()
    start += len(_COVER_EN) * cover
    if match := _PARAGRAPH_EN.match(text, start):
        (parts, end), word, key = read_parts_en(text, match.end()), "paragraph", f"p{match[1]}"
        return PrintedAddress(tuple(parts), (), None, attachment, cover, english=True, key=key), end, word
    steps, end, word = read_steps_en(text, start, kinds)
    introduction = text.startswith(_INTRODUCTION_EN, end)
    if introduction:
        end += len(_INTRODUCTION_EN)
        if steps:
            steps[-1], end = read_occurrence_en(text, steps[-1], end)
        parts, end = read_parts_en(text, end)
        steps += parts
    address = PrintedAddress(tuple(steps), (), None, attachment, cover, introduction, english=True)
    return (address, end, word) if steps else None


def read_ordinal_en(text: str, at: int) -> tuple[PrintedAddress, int, str] | None:
    """The 31st measure, its end, and the word behind the number."""
    match = _ORDINAL_EN.match(text, at)
    if match is None:
        return None
    step = Step(english_value(match[1]), 0, ARTICLE if match[2] == "article" else ())
    return PrintedAddress((step,), english=True), match.end(), match[2]


def read_without_unit(text: str, at: int) -> tuple[Step, int] | None:
    """第六十六 at the end of a sentence."""
    match = _WITHOUT_UNIT.match(text, at)
    return (Step(number_value(match[1]), 0, (_S.ARTICLE, _S.MEASURE)), match.end()) if match else None


def read_bare(text: str, begin: int) -> tuple[int, tuple[int, int]] | None:
    """The number, and its span, of a text that from `begin` on is nothing else, behind a place or not: hrb 48."""
    match = _BARE.fullmatch(text, begin)
    if match is None or (match[1].strip() and load_gazetteer().get(match[1]) is None):
        return None
    return number_value(match[2]), match.span(2)
