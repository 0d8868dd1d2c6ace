"""Whether what applies in some places holds where somebody is."""

from collections.abc import Iterable
from functools import lru_cache

from corpus.places.gazetteer import NATIONAL, lies_within


def holds_in(where: Iterable[str], places: Iterable[str]) -> bool | None:
    """Whether what applies in the places `where` holds in one of `places`, by their names in the gazetteer.

    A province's holds in its cities. Of a city's, somebody who has named the province alone cannot know: None. Nothing
    is excluded where no place is named or nobody says where it applies.
    """
    return _holds(tuple(where), tuple(places))


@lru_cache(4096)
def _holds(where: tuple[str, ...], places: tuple[str, ...]) -> bool | None:
    if not where or not places:
        return True
    found = {_holds_at(one, place) for one in where for place in places}
    return True if True in found else None if None in found else False


def _holds_at(one: str, place: str) -> bool | None:
    if one == NATIONAL or lies_within(place, one):
        return True
    return None if place == NATIONAL or lies_within(one, place) else False
