"""The places that somebody names, as the gazetteer names them."""

from collections.abc import Sequence

from corpus.errors import InputError
from corpus.places.gazetteer import load_gazetteer


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
