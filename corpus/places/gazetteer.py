"""The gazetteer: provinces, prefecture-level places and some districts of China, with the names people use."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from corpus.text.terms import Terms, longest_matches

FILE = Path(__file__).parent / "places.csv"
# A name that also comes about inside ordinary text (确保|定点, 四平|台) counts only where a word begins.
_WORD_BEGINS = re.compile(r"(?:^|[\W\d_a-z]|[在到去从由向给对和与及或我你是住于至为的了问查说省市区])$")


@dataclass(frozen=True, slots=True)
class Place:
    """A place by its short name."""

    name: str  # 哈尔滨, 道里区
    parent: str | None  # name of the place it lies in
    aliases: tuple[str, ...] = ()


_JOINED = re.compile(r"\s*[、和与及]\s*")
_REGION = re.compile(r"都市圈|经济[圈带区]|城市[群圈带]|生活圈|风景")


class Gazetteer:
    """Places by name and alias."""

    def __init__(self, places: Iterable[Place], guarded: Iterable[str] = ()) -> None:
        self.places: Sequence[Place] = tuple(places)
        self._by_name = {place.name: place for place in self.places}
        self._names: Mapping[str, Place] = {
            name.lower(): place for place in self.places for name in (place.name, *place.aliases)
        }
        self._guarded = frozenset(guarded)
        self._terms = Terms(self._names)

    def get(self, name: str) -> Place | None:
        """The place with this name or alias, in any letter case."""
        return self._names.get(name.strip().lower())

    def ancestors(self, place: Place) -> tuple[Place, ...]:
        """The places this one lies in, nearest first: 道里区 → 哈尔滨, 黑龙江."""
        found: list[Place] = []
        while place.parent:
            place = self._by_name[place.parent]
            found.append(place)
        return tuple(found)

    def lies_within(self, place: Place, names: Iterable[str]) -> bool:
        """Whether the place lies inside one of the named places, or is one itself."""
        return not {place.name, *(other.name for other in self.ancestors(place))}.isdisjoint(names)

    def find(self, text: str) -> list[Place]:
        """The places named in a text, each once, in order of first mention.

        At every point the longest name is taken, and names do not overlap: 「上海南站」 names no 海南.
        """
        text = text.lower()
        spans = longest_matches(text, self._terms, partial(self._stands, text))
        found = [self._names[text[start:end]] for start, end in spans]
        return list({place.name: place for place in found}.values())

    def at_start(self, text: str) -> list[Place]:
        """The places whose names begin the text (芜湖、马鞍山联动事项); none where they name a region (合肥都市圈)."""
        text = text.lower()
        found: list[Place] = []
        index = 0
        while (end := self._terms.at(text, index, partial(self._stands, text))) > index:
            found.append(self._names[text[index:end]])
            index = end
            joined = _JOINED.match(text, index)
            if not joined:
                break
            index = joined.end()
        return [] if _REGION.match(text, index) else found

    def named_by(self, text: str) -> list[Place]:
        """The places of a text that consists of nothing but their names: 「合肥市」, 「合肥、芜湖」."""
        names = [name for name in re.split(r"[、，,；;和及\s]+", text) if name]
        places = [self.get(name) for name in names]
        return [place for place in places if place] if all(places) else []

    def _stands(self, text: str, start: int, end: int) -> bool:
        """Whether a name in a lower-case text is one: in Latin letters a word, a guarded one where a word begins."""
        name, before, after = text[start:end], text[max(0, start - 1) : start], text[end : end + 1]
        if name.isascii():
            return not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum())
        return name not in self._guarded or bool(_WORD_BEGINS.search(before))


@cache
def load_gazetteer() -> Gazetteer:
    """The shipped gazetteer, read once."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    places = [Place(row["name"], row["parent"] or None, tuple(filter(None, row["aliases"].split(";")))) for row in rows]
    return Gazetteer(places, (row["name"] for row in rows if row["guarded"]))


def find_places(text: str) -> list[Place]:
    """The places of the shipped gazetteer that a text names, each once, in order of first mention."""
    return load_gazetteer().find(text)


def lies_within(name: str, other: str) -> bool:
    """Whether the place of this name lies inside the other one, or is that one; a name nobody knows lies nowhere."""
    place = load_gazetteer().get(name)
    return place is not None and load_gazetteer().lies_within(place, [other])


def english_name(name: str) -> str:
    """A place as English writes it: 北京 → Beijing. A name the gazetteer has no English for stays as it is."""
    place = load_gazetteer().get(name)
    return next((alias for alias in place.aliases if alias.isascii()), name) if place else name
