"""Words by which people mean a document without its title: a place, some words, a year, new or old.

    洛阳新的停车办法 · 洛阳那个措施 · 2017年的试行办法 · Harbin's 66 measures · the 2017 Luoyang text

Which document it is, if any, `named_documents` finds out; here stands only how such names are written.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from corpus.addresses.grammar import words
from corpus.numbering import number_value
from corpus.places.gazetteer import load_gazetteer
from corpus.text.characters import HAN
from corpus.text.numeral import NUMERAL
from corpus.text.numeral_en import CARDINAL

GENERIC = ("文件", "政策", "文本")  # of any kind of text
_MOST = 8  # words for documents that are looked at in one question
_LOOK_BACK = 36  # characters before such a word
_YEAR = r"(?:19|20)\d\d"
_LEADING = re.compile(
    rf"(?P<old>旧版?|老版?(?!年|人|旧)|原来|原先|以前|过去|从前|已经?废止|作废)的?|(?P<new>最新|新版?(?!建|能)|现行|现在|目前)的?"
    rf"|(?P<year>{_YEAR})年?版?的?|(?P<point>[那这]一?[个份部项套]?|该|上述|本|的|[里中]|发布的?|出台的?|印发的?|制定的?)"
)
_TRAILING = re.compile(r"(?:[那这]一?[个份部项套]|的)$")
_NUMBERED = re.compile(rf"第?(\d{{1,4}}|[{NUMERAL}]{{1,5}})号文件?")
_JOINING = re.compile(r"[省市区县州]?的?(?:那个?)?")
_RUN = re.compile(rf"[{HAN}0-9]{{1,{_LOOK_BACK}}}$")
_NOUN_EN = (
    "notices?|documents?|texts?|measures|rules?|regulations?|polic(?:y|ies)|file|circular|paper|provisions|scheme"
    "|opinions|plan|guidelines|decree"
)
_WORD_EN = r"[a-z0-9][a-z0-9'-]{0,20} "
_NO_NUMBER = rf"(?! (?:no\.? ?|number |#)?(?:\d|{CARDINAL}))"  # measure thirty is a clause
_FORMER = "old|older|former|previous|earlier|repealed"
_OLD_EN = re.compile(rf"\b(?:{_FORMER})\b")
_BEFORE_EN = re.compile(
    rf"(?:\b(?:the|this|that|your|our) )?(?:\b(?P<old>{_FORMER}) |"
    rf"\b(?:new|newer|current|latest|present) )?(?:\b(?P<year>{_YEAR}) )?$"
)
_BEHIND_EN = re.compile(
    rf"(?: city| province)?(?:'s?)? (?P<words>(?:{_WORD_EN}){{0,5}}?)(?P<noun>{_NOUN_EN})\b{_NO_NUMBER}"
    rf"(?: of (?P<year>{_YEAR})\b)?"
)
_OF_EN = re.compile(
    rf"\b(?:the|this|that|your) (?P<words>(?:{_WORD_EN}){{0,4}}?)(?P<noun>{_NOUN_EN}) (?:of|from|for) $"
)
_NUMBER_EN = re.compile(
    r"\d+|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-[a-z]{3,5})?"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
)


@dataclass(frozen=True, slots=True)
class LooseName:
    """A loose name: where it stands in a folded text, half open, and what it says of the document."""

    start: int
    end: int
    place: str | None = None
    matter: str = ""  # words of the title; of an English name, words for what it is about
    genre: str = ""  # what the text calls itself; "" for any
    year: int | None = None
    number: int | None = None  # 4 of 安徽4号文
    old: bool = False
    points: bool = False  # 那个, the; or a year, new or old
    english: bool = False


def loose_names(text: str) -> Iterator[LooseName]:
    """The loose names in a folded text; they may overlap."""
    yield from islice(_numbered(text), _MOST)
    yield from islice(_chinese(text), _MOST)
    yield from islice(_english(text), _MOST)


@cache
def _genres() -> re.Pattern[str]:
    """A word for a kind of text, the longest first; 办法 of 没办法 is none."""
    others = "|".join((*words("no_genre"), *words("no_genre_ends")))
    return re.compile(rf"(?:{others})|({'|'.join((*words('genres'), *GENERIC))})(?!学|院|官)")


def _numbered(text: str) -> Iterator[LooseName]:
    """安徽4号文: a place with a number that says no year."""
    for match in _NUMBERED.finditer(text):
        begin = max(0, match.start() - _LOOK_BACK)
        spans = load_gazetteer().spans(text[begin : match.start()])
        if spans and len(spans[-1][2]) == 1 and _JOINING.fullmatch(text, begin + spans[-1][1], match.start()):
            number = number_value(match[1])
            yield LooseName(begin + spans[-1][0], match.end(), spans[-1][2][0].name, number=number, points=True)


def _chinese(text: str) -> Iterator[LooseName]:
    done = 0
    for match in _genres().finditer(text):
        run = _RUN.search(text[max(done, match.start() - _LOOK_BACK) : match.start()]) if match[1] else None
        if run is None:
            continue
        begin = match.start() - len(run[0])
        if name := _name(text, begin, match):
            done = match.end()
            yield name


def _name(text: str, begin: int, genre: re.Match[str]) -> LooseName | None:
    """The name that ends with this word, behind the last place before it."""
    spans = load_gazetteer().spans(text[begin : genre.start()])
    place = spans[-1][2][0].name if spans and len(spans[-1][2]) == 1 else None
    start = begin + (spans[-1][0] if place else 0)
    at = begin + spans[-1][1] if place else begin
    if place:
        at += text[at : at + 1] in tuple("省市区县州")
    else:
        cuts = [match.end() for match in _before().finditer(text[begin : genre.start()])]
        start = at = begin + max(cuts, default=0)
    found = LooseName(start, genre.end(), place, genre=genre[1] if genre[1] not in GENERIC else "")
    while leading := _LEADING.match(text, at, genre.start()):
        found = replace(
            found,
            year=int(leading["year"]) if leading["year"] else found.year,
            old=found.old or bool(leading["old"]),
            points=found.points or leading[0] not in "的里中",
        )
        at = leading.end()
    return replace(found, matter=_TRAILING.sub("", text[at : genre.start()]))


@cache
def _before() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words("before_name"))))


def _english(text: str) -> Iterator[LooseName]:
    for start, end, mention in load_gazetteer().spans(text):
        if len(mention) > 1 or not text[start:end].isascii():
            continue
        before = _BEFORE_EN.search(text, max(0, start - _LOOK_BACK), start)
        behind = _BEHIND_EN.match(text, end)
        of = _OF_EN.search(text, max(0, start - 2 * _LOOK_BACK), start)
        if behind and before and (said := _matter_en(behind["words"])) is not None:
            year = before["year"] or behind["year"]
            found = LooseName(before.start(), behind.end(), old=bool(before["old"]), points=bool(before[0] or year))
        elif of and (said := _matter_en(of["words"])) is not None:
            year = next(iter(re.findall(rf"\b{_YEAR}\b", of["words"])), None)
            found = LooseName(of.start(), end, old=bool(_OLD_EN.search(of["words"])), points=True)
        else:
            continue
        yield replace(found, place=mention[0].name, matter=said, year=int(year) if year else None, english=True)


def _matter_en(said: str) -> str | None:
    """What English words say of a document's matter, without numbers; None where they are a piece of a sentence."""
    pieces = said.split()
    if not set(words("no_name_en")).isdisjoint(pieces):
        return None
    empty = words("name_fillers_en")
    return " ".join(piece for piece in pieces if piece not in empty and not _NUMBER_EN.fullmatch(piece))
