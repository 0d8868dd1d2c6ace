"""The gazetteer: provinces, prefectures, counties and some development zones of China, with the names people use.

Many names are shared (鼓楼区 lies in four cities) or are words (城区, 和平). A shared name means the place that lies in
another one that is named; a place's own name is unique, so 南京鼓楼区. A word counts only where a word begins, or right
behind a place that holds it: a place found by mistake turns an answer into a refusal.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache, partial
from pathlib import Path

from corpus.places.bodies import national_body, without_party
from corpus.text.terms import Terms, longest_matches

FILE = Path(__file__).parent / "places.csv"
NATIONAL = "全国"  # the jurisdiction of what applies in every place
LEVELS = ("country", "province", "city", "county", "zone")  # the highest first
# A name that also comes about inside ordinary text (确保|定点, 四平|台) counts only where a word begins.
# 来 and 回 begin one only where they are the verb of who speaks: 想来昆山, but not 起来|开平台.
_WORD_BEGINS = re.compile(
    r"(?:^|(?:^|[\W我想要们他她才刚没])[来回]|[\W\d_a-z]|[在到去从由向给对和与及或我你是住于至为的了问查说那省市区县]|[换改]成|换)$"
)
_AT_HOME = re.compile(r"(?:^|[\W我你他她咱俺们老])家[^乡长中里人庭属居政]$")  # 我家平谷那边, but not 我家|长治病
_TEXT_BEGINS = re.compile(r"(?:^|[\s，,。；;：:、？?！!（(“\"《])$")
_STREET = re.compile(r"路(?![上边灯线费况政网桥口])|街(?![上头边])|大道|大街")  # 南京路 is in Shanghai
_LONGEST = 12  # characters of a name that is looked for before another
_RUNS_ON = {"区": "域别间块段分位", "市": "场价值面容", "县": "级"}  # 新建区域, 东方市场, 会同县级
_OF_ANOTHER = re.compile(r"[区县]|镇(?!上)|乡(?!下)|村(?!里)|街道|哈尼族")  # behind a nickname: 江城县, 春城镇
_NICKNAME = "*"  # before it in the file
_REMEMBERED = 512  # texts whose places are kept


class Guard(Enum):
    """Where the shortest Chinese name of a place counts; the longer ones count anywhere."""

    NONE = ""  # anywhere
    WORD = "word"  # where a word begins
    BOUND = "bound"  # right behind the name of a place that holds it: 汕尾城区
    NEVER = "never"  # nowhere in a text


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its short name, which no other place has."""

    name: str  # 哈尔滨, 柳河, 道里区, 南京鼓楼区
    parent: str | None  # name of the place it lies in
    aliases: tuple[str, ...] = ()
    level: str = "county"  # one of LEVELS
    guard: Guard = Guard.NONE
    nicknames: frozenset[str] = frozenset()  # of the aliases those that count only where a word begins: 山城, 春城

    @property
    def names(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)

    @property
    def english(self) -> str | None:
        """Its first name in Latin letters."""
        return next((alias for alias in self.aliases if alias.isascii()), None)


Mention = tuple[Place, ...]  # the places that a name in a text may mean, one where the text says which

_JOINED = re.compile(r"\s*[、和与及]\s*")
_REGION = re.compile(r"都市圈|经济[圈带区]|城市[群圈带]|生活圈|风景")


class Gazetteer:
    """Places by name and alias."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places: Sequence[Place] = tuple(places)
        self._by_name = {place.name: place for place in self.places}
        self._above = {place.name: tuple(self._places_above(place)) for place in self.places}
        self._names: dict[str, Mention] = {}
        self._guards: dict[str, Guard] = {}
        self._nicknames: set[str] = set()
        for place in self.places:
            self._add(place)
        self._terms = Terms(name for name in self._names if self._guards.get(name) is not Guard.NEVER)
        self._spans = lru_cache(_REMEMBERED)(self._find_spans)

    def _add(self, place: Place) -> None:
        names = {name.lower(): None for name in place.names}
        for name in names:
            self._names[name] = (*self._names.get(name, ()), place)
        if place.guard is not Guard.NONE:
            guarded = names if place.guard is Guard.NEVER else (min(filter(_is_chinese, names), key=len),)
            self._guards.update(dict.fromkeys(guarded, place.guard))
        self._nicknames |= place.nicknames

    def _places_above(self, place: Place) -> Iterator[Place]:
        while place.parent:
            place = self._by_name[place.parent]
            yield place

    def get(self, name: str) -> Place | None:
        """The place in the country with this name or alias, in any letter case; of several the highest, if one is."""
        name = name.strip().lower()
        found = self._names.get(name, ()) if self._guards.get(name) is not Guard.NEVER else ()
        return found[0] if len(found) == 1 else _highest(found)

    def named(self, name: str) -> Mention:
        """The places that a name alone may mean, 吉林省柳河县 too; none for what is no place."""
        name = name.strip().lower()
        if found := self._names.get(name):
            return found
        chain = self._chain(name)
        return chain[1] if chain and chain[0] == len(name) else ()

    def short_names(self, names: Iterable[str]) -> tuple[str, ...]:
        """Names of places as the table writes them: 浙江省嵊泗县 → 嵊泗. One that means no place, or several, stays."""
        meant = ((name, self.named(name)) for name in names)
        return tuple(dict.fromkeys(found[0].name if len(found) == 1 else name for name, found in meant))

    def ancestors(self, place: Place) -> tuple[Place, ...]:
        """The places this one lies in, nearest first: 道里区 → 哈尔滨, 黑龙江. The country is none of them."""
        return self._above[place.name]

    def lies_within(self, place: Place, names: Iterable[str]) -> bool:
        """Whether the place lies inside one of the named places, or is one itself."""
        return not {place.name, *(other.name for other in self.ancestors(place))}.isdisjoint(names)

    def find(self, text: str, near: Iterable[str] = ()) -> list[Place]:
        """The places named in a text, each once, in order of first mention.

        At every point the longest is taken, and names do not overlap: 「上海南站」 names no 海南. A shared name means
        the place inside another one of the text, or of the places `near`; where there is none, it is left out.
        """
        found = [mention[0] for mention in self.mentions(text, near) if len(mention) == 1]
        return list({place.name: place for place in found}.values())

    def mentions(self, text: str, near: Iterable[str] = ()) -> list[Mention]:
        """What the names in a text may mean, in its order; several places where nothing says which.

        Of names that stand side by side, each inside the one before it, only the last counts: 黑龙江省哈尔滨市.
        """
        return [mention for _, _, mention in self.spans(text, near)]

    def spans(self, text: str, near: Iterable[str] = ()) -> Sequence[tuple[int, int, Mention]]:
        """The same, each with the half-open span of characters it takes; of names side by side, that of all of them.

        Remembered: every step of an answer asks it of the same few texts.
        """
        return self._spans(text.lower(), tuple(near))

    def _find_spans(self, text: str, near: Sequence[str]) -> Sequence[tuple[int, int, Mention]]:
        spans = [
            (start, end, self._names[text[start:end]])
            for start, end in longest_matches(text, self._terms, partial(self._stands, text))
        ]
        certain = [found[0].name for _, _, found in spans if len(found) == 1]
        resolved: list[tuple[int, int, Mention]] = []
        for at, (start, end, possible) in enumerate(spans):
            begin, _, before = resolved[-1] if at and spans[at - 1][1] == start else (start, end, ())
            found = self._narrowed(possible, ([one.name for one in before], certain, near))
            if before and all(self._is_inside(one, before) for one in found):
                resolved.pop()
                resolved.append((begin, end, found))
            else:
                resolved.append((start, end, found))
        return tuple(resolved)

    def at_start(self, text: str) -> list[Place]:
        """The places whose names begin the text (芜湖、马鞍山联动事项); none where they name a region (合肥都市圈)."""
        text = text.lower()
        found: list[Mention] = []
        index = 0
        while chain := self._chain(text, index):
            index = chain[0]
            found.append(chain[1])
            joined = _JOINED.match(text, index)
            if not joined:
                break
            index = joined.end()
        return [] if _REGION.match(text, index) else [one[0] for one in found if len(one) == 1]

    def named_by(self, text: str) -> list[Place]:
        """The places of a text that consists of nothing but their names: 「合肥市」, 「合肥、芜湖」."""
        names = [name for name in re.split(r"[、，,；;和及\s]+", text) if name]
        places = [self.get(name) for name in names]
        return [place for place in places if place] if all(places) else []

    def place_of(self, text: str, near: Iterable[str] = ()) -> Place | None:
        """The place of an issuer or a title, the most exact that its beginning names; None where it names none.

        哈尔滨市道里区住建局 → 道里区, 中共柳河县委 → 柳河, 国务院办公厅 → 全国, 国家税务总局安徽省税务局 → 安徽,
        民政部驻安徽办事处 → 安徽.
        """
        text = without_party(text.strip().lower())
        end = national_body(text)
        end += end > 0 and text.startswith("驻", end)
        chain = self._chain(text, end)
        if chain is None:
            return self._by_name.get(NATIONAL) if end else None
        found = self._narrowed(chain[1], (list(near),))
        return found[0] if len(found) == 1 else None

    def _chain(self, text: str, start: int = 0) -> tuple[int, Mention] | None:
        """Where names that begin at `start` end, each inside the one before it, and what the last of them means."""
        found: Mention = ()
        end = self._terms.at(text, start, partial(self._stands, text))
        while end > start:
            here = self._names[text[start:end]]
            inside = tuple(one for one in here if not found or self._is_inside(one, found))
            if not inside:
                break
            found, start = inside, end
            end = self._terms.at(text, start, partial(self._stands, text))
        return (start, self._narrowed(found, ())) if found else None

    def _narrowed(self, found: Mention, contexts: Iterable[Sequence[str]]) -> Mention:
        """Those that lie within the first of the contexts where some do; else the one of the highest level."""
        if len(found) == 1:
            return found
        for names in contexts:
            inside = tuple(one for one in found if self.lies_within(one, names))
            if inside:
                return inside
        highest = _highest(found)
        return (highest,) if highest else found

    def _is_inside(self, place: Place, others: Mention) -> bool:
        return any(other in self.ancestors(place) for other in others)

    def _stands(self, text: str, start: int, end: int) -> bool:
        """Whether a name in a lower-case text is one: in Latin letters a word, a guarded one where it may stand."""
        name, before, after = text[start:end], text[max(0, start - 2) : start], text[end : end + 1]
        if name.isascii():
            return not (before[-1:].isascii() and before[-1:].isalnum()) and not (after.isascii() and after.isalnum())
        if (after and after in _RUNS_ON.get(name[-1], "")) or _STREET.match(text, end):
            return False
        if name in self._nicknames:
            return _begins_word(text, start) and not _OF_ANOTHER.match(text, end)
        guard = self._guards.get(name, Guard.NONE)
        if guard is Guard.NONE and len(name) == 2 and name[1] == "县":  # 省市|和县
            return bool(_TEXT_BEGINS.search(before)) or self._is_behind(text, start, name)
        if guard is Guard.NONE:
            return True
        return (guard is Guard.WORD and _begins_word(text, start)) or self._is_behind(text, start, name)

    def _is_behind(self, text: str, end: int, name: str) -> bool:
        """Whether the name of a place that holds one of this name stands right before it."""
        for length in range(2, min(_LONGEST, end) + 1):
            above = self._names.get(text[end - length : end], ())
            if above and any(self._is_inside(place, above) for place in self._names[name]):
                return True
        return False


def _begins_word(text: str, start: int) -> bool:
    before = max(0, start - 2)
    return bool(_WORD_BEGINS.search(text[before:start]) or _AT_HOME.search(text[before : start + 1]))


def _is_chinese(name: str) -> bool:
    return not name.isascii()


def _highest(found: Mention) -> Place | None:
    """The one whose level no other of them has or exceeds."""
    ordered = sorted(found, key=lambda place: LEVELS.index(place.level))
    alone = ordered and (len(ordered) == 1 or ordered[0].level != ordered[1].level)
    return ordered[0] if alone else None


@cache
def load_gazetteer() -> Gazetteer:
    """The shipped gazetteer, read once."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return Gazetteer(map(_place, rows))


def _place(row: Mapping[str, str]) -> Place:
    written = tuple(filter(None, row["aliases"].split(";")))
    aliases = tuple(alias.removeprefix(_NICKNAME) for alias in written)
    nicknames = frozenset(alias for alias, as_written in zip(aliases, written, strict=True) if alias != as_written)
    return Place(row["name"], row["parent"] or None, aliases, row["level"], Guard(row["guarded"]), nicknames)


@lru_cache(4096)
def lies_within(name: str, other: str) -> bool:
    """Whether the place of this name lies inside the other one, or is that one; a name nobody knows lies nowhere."""
    place = load_gazetteer().get(name)
    return place is not None and load_gazetteer().lies_within(place, [other])


def english_name(name: str) -> str:
    """A place as English writes it: 北京 → Beijing. A name the gazetteer has no English for stays as it is."""
    found = load_gazetteer().named(name)
    return next((place.english for place in found if place.english), name)
