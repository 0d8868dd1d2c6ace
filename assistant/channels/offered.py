"""The channels for one matter and place, best first, each with whether it is open at a moment.

Best first: of this clause and this place, of this clause, of this place, everywhere; of the same kind the more exact
place, or the wider one where no such place is asked about, then what the text itself names, then the order of the file.
What a province offers holds in its cities; where a province is asked about, its cities' channels for the clause count
too. The hotline 12345 is always there, and always last.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from corpus.clause import Clause, Part
from corpus.clock import CHINA, Clock
from corpus.corpus import Corpus
from corpus.places.gazetteer import NATIONAL, load_gazetteer
from corpus.places.holding import holds_in
from corpus.records.calendar import Opening
from corpus.records.channels import Channel
from corpus.records.services import Services, shipped_channels

HOTLINE = "12345"


class Fit(IntEnum):
    """How near a channel is to what is asked; the lower the better."""

    CLAUSE_AND_PLACE = 0
    CLAUSE = 1
    PLACE = 2
    EVERYWHERE = 3
    HOTLINE = 4  # asked last, wherever it fits


@dataclass(frozen=True, slots=True)
class Offered:
    """A channel that may be turned to."""

    channel: Channel
    fit: Fit
    opening: Opening
    moment: datetime  # as at which it is open or not
    places: tuple[str, ...]  # where it holds; () = everywhere


_Found = tuple[Fit, int, bool, Channel]  # how near, rank of its place, whether the text does not name it, which


class Channels:
    """The channels of one corpus. Safe from several threads."""

    def __init__(self, services: Services, corpus: Corpus, now: Clock) -> None:
        self.now = now
        self._corpus = corpus
        self._calendar = services.calendar
        self._by_clause: dict[str, list[Channel]] = {}
        for one in services.channels:
            for id_ in one.clauses:
                self._by_clause.setdefault(id_, []).append(one)
        unbound = [one for one in services.channels if not one.clauses]
        self._unbound = [one for one in unbound if one.phone != HOTLINE]
        self._hotlines = [*(one for one in unbound if one.phone == HOTLINE), _shipped_hotline()]
        self._documents = {corpus.clause(id_).document_id for id_ in self._by_clause}

    def knows(self, moment: datetime) -> bool:
        """Whether the holidays of the year of a moment are written down."""
        return self._calendar.knows(moment.astimezone(CHINA).date())

    def describes(self, clause: Clause) -> bool:
        """Whether somebody has written down where the matters of its document are done."""
        return clause.document_id in self._documents

    def offered(
        self, clause: Clause | None = None, places: Sequence[str] = (), moment: datetime | None = None
    ) -> tuple[Offered, ...]:
        """The channels for a matter, or for any, in places by their short names, or wherever the clause applies.

        They are as at a moment with a time zone, now unless one is given. There is always one: the hotline.
        """
        when = self.now() if moment is None else moment
        places = tuple(place for place in places if place != NATIONAL)
        here = places or (clause.jurisdiction if clause else ())
        bound = list(self._of_clause(clause, places)) if clause else []
        ranked = sorted((*bound, *_of_places(self._unbound, here)), key=lambda found: found[:3])
        best: dict[tuple[str, str], _Found] = {}
        for found in ranked:
            best.setdefault((found[3].name, found[3].phone), found)
        offers = [self._offer(one, fit, when) for fit, _, _, one in best.values()]
        return (*offers, self.hotline(clause, places, when))

    def hotline(
        self, clause: Clause | None = None, places: Sequence[str] = (), moment: datetime | None = None
    ) -> Offered:
        """The hotline of the most exact of these places that has one of its own, or else of the country."""
        when = self.now() if moment is None else moment
        here = tuple(places) or (clause.jurisdiction if clause else ())
        *_, hotline = min(_of_places(self._hotlines, here), key=lambda found: found[:3])
        return self._offer(hotline, Fit.HOTLINE, when)

    def near(self, clause: Clause | None, places: Sequence[str] = ()) -> list[Offered]:
        """Those of this clause or this place alone, now; the hotline is none of them."""
        found = self.offered(clause, places)
        return [one for one in found if one.fit < Fit.EVERYWHERE and one.channel.phone != HOTLINE]

    def beside(self, clause: Clause, part: Part | None = None) -> tuple[Offered, ...]:
        """What stands on the page of a clause: those of it, or of one part of it, and last the hotline; now."""
        near = (one for one in self.near(clause) if part is None or _is_of(one.channel, part))
        return (*near, self.hotline(clause))

    def _offer(self, channel: Channel, fit: Fit, when: datetime) -> Offered:
        return Offered(channel, fit, self._calendar.opening(channel.hours, when), when, self._places(channel))

    def _of_clause(self, clause: Clause, places: Sequence[str]) -> Iterator[_Found]:
        for one in self._by_clause.get(clause.id, ()):
            where = one.places or clause.jurisdiction
            here = holds_in(where, places)
            if here is not False:
                if places and one.places and here:
                    yield Fit.CLAUSE_AND_PLACE, -_depth(where), one.quote is None, one
                else:
                    yield Fit.CLAUSE, _depth(where), one.quote is None, one

    def _places(self, channel: Channel) -> tuple[str, ...]:
        """Where a channel holds."""
        clauses = map(self._corpus.clause, channel.clauses)
        return channel.places or tuple(dict.fromkeys(place for one in clauses for place in one.jurisdiction))


def _of_places(channels: Iterable[Channel], here: Sequence[str]) -> Iterator[_Found]:
    """Those of channels for any matter that hold in one of these places, or everywhere."""
    for one in channels:
        if not one.places or NATIONAL in one.places:
            yield Fit.EVERYWHERE, 0, True, one
        elif here and holds_in(one.places, here):
            yield Fit.PLACE, -_depth(one.places), True, one


def _is_of(channel: Channel, part: Part) -> bool:
    """Whether a channel is named in a part, or by no words of the text."""
    return channel.quote is None or part.start <= channel.quote.start < part.end


def _depth(places: Sequence[str]) -> int:
    """How many places the most exact of them lies in."""
    known = [place for name in places if (place := load_gazetteer().get(name))]
    return max((len(load_gazetteer().ancestors(place)) for place in known), default=0)


def _shipped_hotline() -> Channel:
    """The hotline as shipped, for an office whose own file does not name it."""
    return next(one for one in shipped_channels() if one.phone == HOTLINE)
