"""Where a question is about: 道里 → 哈尔滨, 皖 → 安徽, and what the documents do not cover.

A place's question may be answered from what applies there, in the places above it, or in the whole country, and from
what does not say where it applies; a province's from its cities' too, never one city's from another's.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from corpus.corpus import Corpus
from corpus.errors import InputError
from corpus.places.gazetteer import NATIONAL, Mention, Place, lies_within, load_gazetteer
from index.retriever import UNPLACED
from index.text.normalizer import normalize
from index.text.tokenizer import words

# Around a place: who or what comes from there or goes there, which makes it no place to ask about.
_LEFT = r"(?<![从由自到])(?<!搬去)(?<!from )(?<!to )"
_ORIGIN = (
    "的?(?:户籍|户口|籍|人(?![才社民大口])|身份证|车牌|牌照|号牌|老家|亲戚|朋友|过来|出?生(?![育活意产态物源效])"
    r"|\s*(?:id\b|passport|citizen|resident|licen[cs]e plate))"
)

_BEHIND_CITY = re.compile(r"市?的?([\u4e00-\u9fff]{2})(?![区县市])")
_BARE = 2  # characters of a district's name, without 区, that are one
_ENGLISH_WORD = re.compile(r"\b[A-Za-z]{4,}\b")


@dataclass(frozen=True, slots=True)
class PlaceFilter:
    """Places of a question: those the documents cover, by the name the documents use, and those they do not."""

    covered: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    reachable: frozenset[str] = frozenset()  # jurisdictions of the clauses that may answer
    strict: bool = False  # given by the caller: of any other place, a refusal may say no more than that it has a rule
    named: tuple[str, ...] = ()  # the places themselves, as exactly as they were named: 道里区, where 哈尔滨 is covered
    overruled: tuple[str, ...] = ()  # given by the caller, while the question is about other places
    everywhere: bool = False  # some documents may answer for any place: they apply everywhere, or do not say where

    @property
    def only_missing(self) -> bool:
        """Whether it is about places, and the documents cover none of them."""
        return bool(self.missing) and not self.covered

    @property
    def jurisdictions(self) -> frozenset[str] | None:
        """What to search in; None is everywhere, as when no document can answer for the places of the question."""
        limited = self.covered or self.strict or (self.missing and self.everywhere)
        return self.reachable if limited else None


def places_in(texts: Iterable[str], corpus: Corpus, earlier: Iterable[str] = ()) -> PlaceFilter:
    """The places named in the first text that names any: the question itself, then the latest of the earlier ones.

    A name that several places share means the one that lies in a place of the `earlier` texts, where one does.
    """
    gazetteer = load_gazetteer()
    near = [place.name for text in earlier for place in gazetteer.find(text)]
    named = (_with_districts(text, gazetteer.mentions(text, near)) for text in texts)
    return _sort(next(filter(None, named), []), corpus)


def _with_districts(text: str, mentions: Sequence[Mention]) -> Sequence[Mention]:
    """The mentions with the districts of their cities that are named without saying so: Nangang, Harbin; 哈尔滨南岗."""
    named, gazetteer = {place.name for mention in mentions for place in mention}, load_gazetteer()
    inside: dict[str, Mention] = {}
    for _, end, mention in gazetteer.spans(text) if named else ():
        if len(mention) == 1 and (word := _BEHIND_CITY.match(text, end)):
            ways = [one for kind in "区县市" for one in gazetteer.named(f"{word[1]}{kind}")]
            found = [one for one in ways if gazetteer.lies_within(one, {mention[0].name})]
            if len(found) == 1 and found[0].name not in named:
                inside[found[0].name] = (found[0],)
    cities = {name.lower() for mention in mentions for place in mention for name in place.names}
    for word in _ENGLISH_WORD.findall(text) if named else ():
        if word.lower() in cities:
            continue  # Hengyang is no Hengyang county
        for kind in ("district", "county"):
            found = [one for one in gazetteer.named(f"{word} {kind}") if gazetteer.lies_within(one, named)]
            if len(found) == 1 and found[0].name not in named:
                inside[found[0].name] = (found[0],)
    return [*mentions, *inside.values()]


def place_words(text: str) -> frozenset[str]:
    """Every name, in normal form, of the places that a text names and of those above them, and the words of these."""
    named = {place for mention in load_gazetteer().mentions(text) for place in mention}
    return frozenset().union(*map(_normal_names, named))


@cache  # by place, of which there are as many as in the gazetteer
def _normal_names(place: Place) -> frozenset[str]:
    names = [normalize(name) for one in _with_above(place) for name in one.names]
    return frozenset(names).union(*(words(name) for name in names if not name.isascii()))


def _with_above(place: Place) -> tuple[Place, ...]:
    return (place, *load_gazetteer().ancestors(place))


def without_places(text: str) -> str:
    """The matter of a question that names places: its words without theirs; the text itself where no other is left."""
    named = {one for mention in load_gazetteer().mentions(text) for place in mention for one in _with_above(place)}
    names = sorted({name for place in named for name in place.names}, key=lambda name: (-len(name), name))
    rest = text
    for name in names:
        if name.lower() in rest.lower():  # else no pattern need be made
            around = rf"\b(?:in |for )?{name}\b" if name.isascii() else f"{name}[省市区县]?"
            rest = re.sub(around, " ", rest, flags=re.I)
    return " ".join(rest.split()) or text


def without_districts(text: str, places: "PlaceFilter") -> str:
    """A question that names districts of the one city that is covered, with that city's name alone; else empty."""
    if len(places.covered) != 1 or not places.named or places.named == places.covered:
        return ""
    districts = [load_gazetteer().get(name) for name in places.named if name not in places.covered]
    rest = text
    for place in districts:
        if place is None or place.level != "county":
            return ""
        for name in sorted(
            {place.name[:-1] if len(place.name) > _BARE else place.name, *place.names}, key=len, reverse=True
        ):
            rest = re.sub(rf"{re.escape(name.lower())}(?:[区县市]| district| county)?", " ", rest)
    city = places.covered[0]
    rest = " ".join(rest.split())
    return rest if city in rest or not rest else f"{city}{rest}"


def places_from_filter(names: Sequence[str], corpus: Corpus) -> PlaceFilter:
    """Places given by the caller. Raises InputError for a name the gazetteer does not know."""
    found: list[Mention] = []
    for position, name in enumerate(names):
        mention = load_gazetteer().named(name)
        if not mention:
            raise InputError(
                f"不认识“{name}”，请写省、市或区县的名称，如 哈尔滨。Unknown place; give a province, city or district.",
                f"jurisdiction[{position}]",
            )
        found.append(mention)
    return replace(_sort(found, corpus), strict=True)


def wins_over(own: PlaceFilter, text: str, chosen: PlaceFilter) -> bool:
    """Whether a question, in normal form, is about other places than those chosen beforehand.

    It is not where it names a chosen place too, or one inside or around it; or where a place is only what somebody or
    something comes from (上海户口, 外地车).
    """
    own_names = [name for name in own.named if name != NATIONAL]
    if any(lies_within(a, b) or lies_within(b, a) for a in own_names for b in chosen.named):
        return False
    return any(_is_asked_about(name, text) for name in own_names)


def _is_asked_about(name: str, text: str) -> bool:
    """Whether a place stands somewhere in a text as more than where somebody or something comes from."""
    names = {name, *(one for place in load_gazetteer().named(name) for one in place.names)}
    longest_first = "|".join(map(re.escape, sorted(map(str.lower, names), key=lambda one: (-len(one), one))))
    return bool(re.search(rf"{_LEFT}(?:{longest_first})(?>[省市区县]?)(?!{_ORIGIN})", text))


def _sort(mentions: Iterable[Mention], corpus: Corpus) -> PlaceFilter:
    anywhere = [name for name, held in ((NATIONAL, corpus.is_national), (UNPLACED, corpus.has_unplaced)) if held]
    documents, inside = frozenset((*corpus.places, *anywhere)), _places_inside(corpus.places)
    covered: dict[str, None] = {}
    missing: dict[str, None] = {}
    named: dict[str, None] = {}
    reachable = set(anywhere)
    for mention in mentions:
        known = False
        named[_spoken(mention)] = None
        for place in mention:
            above = [one.name for one in _with_above(place) if one.name in documents]
            below = inside.get(place.name, ())
            if above or below:
                known = True
                covered[above[0] if above else place.name] = None
                reachable.update(above, below)
        if not known:
            missing[_spoken(mention)] = None
    found = PlaceFilter(tuple(covered), tuple(missing), frozenset(reachable), everywhere=bool(anywhere))
    return replace(found, named=tuple(named))


@lru_cache(maxsize=8)
def _places_inside(names: tuple[str, ...]) -> Mapping[str, Sequence[str]]:
    """Of these places, those that lie in each place or are it, by its name."""
    found: dict[str, list[str]] = {}
    for name in names:
        place = load_gazetteer().get(name)
        for above in _with_above(place) if place else ():
            found.setdefault(above.name, []).append(name)
    return found


def _spoken(mention: Mention) -> str:
    """What to call the places that a name may mean: 鼓楼区, where nothing says which."""
    first, *others = mention
    return next((n for n in first.names if all(n in other.names for other in others)), first.name)
