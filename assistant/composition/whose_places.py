"""Whose practice a sentence describes: 「芜湖市推动银行……」 in a document of the province is a rule of Wuhu alone.

A place counts where it stands as the one that acts or in which something is done: at the head of a phrase, or behind
在, 以, 选取. One that a name holds (合肥市知识产权大厦) or that is only an address counts for nothing.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.places.gazetteer import NATIONAL, Mention, lies_within, load_gazetteer

_ACTS = re.compile(
    r"(?:^|[\s，,。；;：:、(（]|[一二三四五六七八九十]是|[在由以对将如限仅于]|选取|选择|支持|推动|鼓励|指导|组织|其中|目前|确定)$"
)
_EXCEPTED = re.compile(r"(?:除|除了|不含|不包括|不包含)$")
_ADDRESS = re.compile(r"[^，,。；;、]{0,10}?(?:大厅|服务中心|窗口|医院|派出所|分局|[路街]|\d+号)")
_JOINED = re.compile(r"[、和与及,，\s]{1,3}")
_LISTED_BEFORE = re.compile(r"(?:[\u4e00-\u9fff]{2,4}[区县市旗][、和与及])+$")  # names that count only beside others
_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}[区县市旗](?=[、和与及])")


_LONGEST_LIST = 40  # characters before a place that are looked at


@dataclass(frozen=True, slots=True)
class Scope:
    """Places of a sentence."""

    places: tuple[str, ...]
    excepted: tuple[str, ...] = ()  # places it excludes: 除某区外


def places_named(text: str, near: Iterable[str] = ()) -> tuple[str, ...]:
    """The places that a text names, each once, by the gazetteer's name; the country is none."""
    found = load_gazetteer().find(text, near)
    return tuple(place.name for place in found if place.name != NATIONAL)


def scope_of(text: str, near: Sequence[str]) -> Scope | None:
    """Whose practice a sentence describes; None where it does not say. `near` is where the clause applies."""
    places: dict[str, None] = {}
    excepted: dict[str, None] = {}
    for group, standing, after in _groups(text, near):
        names, before = _listed_before(standing, near)
        names |= dict.fromkeys(mention[0].name for mention in group if len(mention) == 1)
        if _EXCEPTED.search(before):
            excepted |= names
        elif _ACTS.search(before) and not (before.endswith(("在", "于")) and _ADDRESS.match(after)):
            places |= names
    places.pop(NATIONAL, None)
    return Scope(tuple(places), tuple(excepted)) if places or excepted else None


def local_places(scope: Scope, jurisdiction: Sequence[str]) -> tuple[str, ...]:
    """Of the places those that are narrower than where the clause applies; none where it names that place itself."""
    if not jurisdiction or NATIONAL in jurisdiction:
        return scope.places
    widest = set(jurisdiction) - set(narrower(jurisdiction))
    if set(scope.places) & widest:
        return ()
    return tuple(place for place in scope.places if any(lies_within(place, where) for where in widest))


def narrower(jurisdiction: Sequence[str]) -> tuple[str, ...]:
    """Of the places of a clause those that lie in another of them: its heading names one city of the province."""
    return tuple(one for one in jurisdiction if any(one != other and lies_within(one, other) for other in jurisdiction))


def all_within(places: Sequence[str], others: Sequence[str]) -> bool:
    """Whether there are such places, and each lies in one of the others."""
    return bool(places) and all(any(lies_within(place, other) for other in others) for place in places)


def most_exact(asked: Sequence[str]) -> tuple[str, ...]:
    """Of the places of a question those in which no other of them lies: the district, not its city."""
    return tuple(one for one in asked if not any(one != other and lies_within(other, one) for other in asked))


def elsewhere(texts: Sequence[str], jurisdiction: Sequence[str], asked: Sequence[str]) -> NDArray[np.bool_]:
    """Which of some texts of one clause describe the practice of other places, where one is about those asked for."""
    scopes = [scope_of(text, jurisdiction) for text in texts]
    places = [local_places(scope, jurisdiction) if scope else () for scope in scopes]
    here = [any(lies_within(place, one) for place in asked for one in said) for said in places]
    return np.array([bool(said) and not own and any(here) for said, own in zip(places, here, strict=True)])


def _groups(text: str, near: Sequence[str]) -> Iterable[tuple[list[Mention], str, str]]:
    """The mentions that stand in one list, with what stands before and behind it."""
    spans = load_gazetteer().spans(text, near)
    at = 0
    while at < len(spans):
        last = at
        while last + 1 < len(spans) and _JOINED.fullmatch(text[spans[last][1] : spans[last + 1][0]]):
            last += 1
        before = text[: spans[at][0]][-_LONGEST_LIST:]
        yield [mention for _, _, mention in spans[at : last + 1]], before, text[spans[last][1] :]
        at = last + 1


def _listed_before(before: str, near: Sequence[str]) -> tuple[dict[str, None], str]:
    """The places of a list that are known only as its members, 东港区 of one city, and what stands before the list."""
    listed = _LISTED_BEFORE.search(before)
    names: dict[str, None] = {}
    lead = ""
    for match in _NAME.finditer(listed.group()) if listed else ():
        written = match.group()
        for start in range(len(written) - 2):
            places = (place.name for place in load_gazetteer().named(written[start:]))
            found = [name for name in places if any(lies_within(name, one) for one in near)]
            if len(found) == 1:
                lead = lead or written[:start]
                names[found[0]] = None
                break
    return names, before[: listed.start()] + lead if listed and names else before
