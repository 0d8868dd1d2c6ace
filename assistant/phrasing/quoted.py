"""A quote as phrases in segments, and which of them may be left out where others of their segment are said.

A segment ends where a sentence, a line or a half-sentence ends. A phrase is needed where it is a condition, where it
takes something back, denies or limits, or where it says of which place its segment speaks. What stands before a colon
is needed by the numbered lines behind it, where it is a condition or denies. Between two phrases nothing may be left
out, for what follows may be said of somebody who is named there; but behind a condition, and in a list behind its head.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.composition.whose_places import places_named
from assistant.phrasing.units import Phrase, phrase
from corpus.text.characters import fold

_SEGMENT = re.compile(r"[。；;！？!?\n\r\t]+")
_PHRASE = re.compile(r"(?:,(?!\d{3}(?!\d))|(:))+")
_NUMBERED = re.compile(
    r"^\s*(?:\d{1,3}[.、．](?!\d)|[一二三四五六七八九十]{1,3}(?:[、.]|是|要(?=[加建做]))|\((?:[一二三四五六七八九十]{1,3}|\d{1,3})\)"
    r"|第[一二三四五六七八九十百零\d]{1,8}条(?:之[一二三四五六七八九十])?(?=[\s　]))\s*"
)
_NAME = re.compile(r"“[^”]*”|\"[^\"]*\"")  # 「“不见面”服务」 denies nothing
_CONDITION_ENDS = re.compile(r"(?:的|时|后|前|起|期间|内|(?<!除)外|过程中|情况下|条件下|前提下|情形之一)$")
_GOES_ON = re.compile(r"并|再|且|同时|其(?!他)|由|经|有效|切实|确保|实现|使|提升|提高|促进|方便|便利")
_CONDITION_BEGINS = re.compile(
    r"^(?:如(?![下同何])|若|凡|凭|经(?![营济常办历验])|除|对(?![接外标比])|当(?![事年地前日天场])|因(?!此)|未|逾期|违反|符合|满足"
    r"|针对|只有|仅|只)"
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """The phrases of a quote; all lists are by phrase."""

    phrases: tuple[Phrase, ...]
    segment: tuple[int, ...]
    needed: tuple[bool, ...]  # may not be left out of what is said of its segment
    governed: tuple[bool, ...]  # may not be said without what stands before the colon
    is_condition: tuple[bool, ...]
    goes_on: tuple[bool, ...]  # says something more of whoever the phrase before it speaks of
    head: tuple[int, ...]  # the phrase before the colon whose list a phrase belongs to; -1: none


@lru_cache(256)
def read_quote(quote: str) -> Quoted:
    """The quote, read once."""
    texts: list[str] = []
    segment: list[int] = []
    needed: list[bool] = []
    heads: list[int] = []
    head = -1
    for number, written in enumerate(filter(str.strip, _SEGMENT.split(fold(quote)))):
        bare = _NUMBERED.sub("", written)
        head = head if bare != written else -1
        found, colons = _phrases(bare)
        heads += [head] * len(found)
        head = len(texts) + colons[-1] if colons else head
        texts += found
        segment += [number] * len(found)
        needed += _needed(found)
    return Quoted(
        phrases=tuple(phrase(text, of_quote=True) for text in texts),
        segment=tuple(segment),
        needed=tuple(needed),
        governed=tuple(_is_strict(head, segment, needed) for head in heads),
        is_condition=tuple(bool(_CONDITION_ENDS.search(text)) for text in texts),
        goes_on=tuple(bool(_GOES_ON.match(text)) for text in texts),
        head=tuple(heads),
    )


def _is_strict(head: int, segment: list[int], needed: list[bool]) -> bool:
    """Whether what stands before a colon is a condition or denies."""
    return head >= 0 and any(needed[at] for at in range(head + 1) if segment[at] == segment[head])


def _phrases(text: str) -> tuple[list[str], list[int]]:
    """The phrases of a segment, and those that end with a colon."""
    texts: list[str] = []
    colons: list[int] = []
    done = 0
    for match in _PHRASE.finditer(text):
        if text[done : match.start()].strip():
            texts.append(text[done : match.start()].strip())
        if match[1] and texts:
            colons.append(len(texts) - 1)
        done = match.end()
    if text[done:].strip():
        texts.append(text[done:].strip())
    return texts, colons


def _needed(texts: list[str]) -> list[bool]:
    """Which phrases of a segment may not be left out; what ends with 的 is a condition with all that leads to it."""
    last = max((at for at, text in enumerate(texts) if text.endswith("的")), default=-1)
    return [
        at <= last
        or bool(_CONDITION_ENDS.search(text))
        or bool(_CONDITION_BEGINS.match(text))
        or phrase(_NAME.sub("", text), of_quote=True).limits
        or bool(places_named(_NAME.sub("", text)))
        for at, text in enumerate(texts)
    ]
