"""How two printed lines of one paragraph are put together, and what a numbering looks like at a line's start."""

import re

from corpus.text.characters import HAN

_LATIN_END = re.compile(r"[A-Za-z0-9][,.;:!?)\]%]?$")
_LATIN_START = re.compile(r"[A-Za-z0-9]")
_FINISHED = re.compile(r"[。！？；：!?;:][”’」』）)》]?$")
_NUMERAL = "一二三四五六七八九十百千零〇○0-9０-９"
_NUMBERED = re.compile(
    rf"第\s?[{_NUMERAL}]{{1,7}}\s?[编章节条款项]|[（(]\s?[{_NUMERAL}]{{1,4}}\s?[）)]|[一二三四五六七八九十]{{1,4}}[、.．]"
    r"|[0-9０-９]{1,3}(?:[、)）]|[.．](?![0-9０-９]))|[①-⑳㈠-㈩]|附\s?[件表录]\s?[一二三四五六七八九十0-9]{0,2}(?:$|[:：\s])"
)
_ITEM = re.compile(r"[一二三四五六七八九十]{1,3}、")
_COUNTING = re.compile(rf"[第、{_NUMERAL}]$")
_ALONE = re.compile(
    r"[^\s。；，：〔\[（(]{2,16}[〔\[（(]\d{4}[〕\]）)]\s?\d{1,5}\s?号|[\d〇○零一二三四五六七八九]{4}年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日"
)
_UNIT = re.compile(
    r"([（《“‘〔【「『〈(\[]{0,3})([A-Za-z0-9.%/_-]{1,40}|.?)([，。、；：！？”’）》〉〕】」』)\],.]{0,3})", re.DOTALL
)


def joined(first: str, second: str) -> str:
    """Two lines as one: Chinese without a blank, Latin words with one; a hyphen at a line's end stays."""
    latin = _LATIN_END.search(first[-2:]) and _LATIN_START.match(second)
    # Digits on both sides are one number that the line's end cuts: among Chinese no blank stands between numbers.
    cut = first[-1:].isdigit() and second[:1].isdigit()
    return f"{first} {second}" if latin and not cut else first + second


def is_finished(text: str) -> bool:
    """Whether a sentence, or a part of one that a list continues, ends here."""
    return _FINISHED.search(text) is not None


def is_numbered(text: str) -> bool:
    """Whether a line starts with a number of its own: 第三条, （二）, 4."""
    return _NUMBERED.match(text) is not None


def begins_anew(text: str, before: str) -> bool:
    """Whether a line begins something new, whatever room there was on the line `before`.

    That is an item after whole sentences, 三、 where no numerals are listed, and a document's number or a date alone.
    """
    if _ALONE.fullmatch(text) or (is_numbered(text) and is_finished(before)):
        return True
    return _ITEM.match(text) is not None and not _COUNTING.search(before)


def first_unit(text: str) -> float:
    """The width, in em, of what cannot be cut off the start of a line: a character, a Latin word, marks around it."""
    opening, word, closing = _UNIT.match(text).groups()  # type: ignore[union-attr]  # every part may be empty
    return len(opening) + (0.5 * len(word) if word.isascii() else len(word)) + len(closing)


def is_chinese(text: str) -> bool:
    """Whether there is a Chinese character in it."""
    return re.search(f"[{HAN}]", text) is not None
