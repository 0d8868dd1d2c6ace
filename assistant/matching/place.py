"""Whether a clause holds where somebody is."""

from collections.abc import Sequence
from functools import lru_cache

from assistant.matching.truth import Truth, any_of
from corpus.errors import InputError
from corpus.places.gazetteer import NATIONAL, lies_within, load_gazetteer


def read_places(names: Sequence[str], held: Sequence[str] = (), field: str = "jurisdiction") -> tuple[str, ...]:
    """Places as the gazetteer names them. Raises InputError for a name that is none, or that several places share."""
    found = []
    for name in names:
        places = load_gazetteer().named(name)
        if name not in held and len(places) != 1:
            known = "、".join(held)
            raise InputError(
                f"不认识这个地方，请写全称，如某省某市；收录的有：{known}。"
                f"Not a place that is known, or one that several share: write its full name. Held: {known}.",
                field,
            )
        found.append(name if name in held else places[0].name)
    return tuple(dict.fromkeys(found))


@lru_cache(4096)
def holds_in(jurisdiction: tuple[str, ...], places: tuple[str, ...]) -> Truth:
    """Whether what applies in a jurisdiction holds in one of some places.

    A province's holds in its cities. Of a city's, somebody who has named the province alone cannot know. Where no place
    is named, or nobody says where it applies, nothing is excluded.
    """
    if not jurisdiction or not places:
        return True
    return any_of(_holds(one, place) for one in jurisdiction for place in places)


def _holds(one: str, place: str) -> Truth:
    if one == NATIONAL or lies_within(place, one):
        return True
    return None if place == NATIONAL or lies_within(one, place) else False
