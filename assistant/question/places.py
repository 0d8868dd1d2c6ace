"""Where a question is about: 道里 → 哈尔滨, 皖 → 安徽, and what the documents do not cover.

A city's question may be answered from its province's text, a province's from its cities', never one city's from
another's.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from corpus.corpus import Corpus
from corpus.errors import InputError
from corpus.places.gazetteer import Place, find_places, load_gazetteer
from index.text.normalizer import normalize


@dataclass(frozen=True, slots=True)
class PlaceFilter:
    """Places of a question: those the documents cover, by the name the documents use, and those they do not."""

    covered: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    reachable: frozenset[str] = frozenset()  # jurisdictions of the clauses that may answer
    strict: bool = False  # given by the caller: of any other place, a refusal may say no more than that it has a rule

    @property
    def jurisdictions(self) -> frozenset[str] | None:
        """What to search in; None is everywhere, as when the question names no place that is covered."""
        return self.reachable if self.covered or self.strict else None


def places_in(texts: Iterable[str], corpus: Corpus) -> PlaceFilter:
    """The places named in the first text that names any: the question itself, then the latest of the earlier ones."""
    named = map(load_gazetteer().find, texts)
    return _sort(next(filter(None, named), []), corpus)


def place_words(text: str) -> frozenset[str]:
    """Every name, in normal form, of the places that a text names."""
    return frozenset().union(*map(_normal_names, find_places(text)))


@cache  # by place, of which there are as many as in the gazetteer
def _normal_names(place: Place) -> frozenset[str]:
    return frozenset(map(normalize, (place.name, *place.aliases)))


def without_places(text: str) -> str:
    """The matter of a question that names places: its words without theirs; the text itself where no other is left."""
    names = sorted((n for place in find_places(text) for n in (place.name, *place.aliases)), key=len, reverse=True)
    rest = text
    for name in names:
        rest = re.sub(rf"\b(?:in |for )?{name}\b" if name.isascii() else f"{name}[省市区县]?", " ", rest, flags=re.I)
    return " ".join(rest.split()) or text


def places_from_filter(names: Sequence[str], corpus: Corpus) -> PlaceFilter:
    """Places given by the caller. Raises InputError for a name the gazetteer does not know."""
    found: list[Place] = []
    for position, name in enumerate(names):
        place = load_gazetteer().get(name)
        if place is None:
            raise InputError(
                f"不认识“{name}”，请写省、市或区县的名称，如 哈尔滨。Unknown place; give a province, city or district.",
                f"jurisdiction[{position}]",
            )
        found.append(place)
    return replace(_sort(found, corpus), strict=True)


def _sort(found: Iterable[Place], corpus: Corpus) -> PlaceFilter:
    gazetteer, documents = load_gazetteer(), corpus.places
    covered: dict[str, None] = {}
    missing: dict[str, None] = {}
    reachable: set[str] = set()
    for place in found:
        above = [p.name for p in (place, *gazetteer.ancestors(place)) if p.name in documents]
        below = [p.name for name in documents if (p := gazetteer.get(name)) and gazetteer.lies_within(p, [place.name])]
        if above or below:
            covered[above[0] if above else place.name] = None
            reachable.update(above, below)
        else:
            missing[place.name] = None
    return PlaceFilter(tuple(covered), tuple(missing), frozenset(reachable))
