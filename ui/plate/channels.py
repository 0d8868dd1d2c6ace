"""Where one can turn for a matter, as its plate names it: what its clause names, then the hotline for every matter."""

from corpus.clause import Clause, Part
from corpus.records.channels import Channel
from corpus.records.services import Services


def channels_of(services: Services, clause: Clause, part: Part | None = None) -> tuple[Channel, ...]:
    """The channels of a clause, or of a part of it, and the first of those for every matter everywhere."""
    within = part or clause
    own = [
        channel
        for channel in services.channels
        if clause.id in channel.clauses and (channel.quote is None or _lies_in(channel.quote.start, within))
    ]
    general = [channel for channel in services.channels if not channel.clauses and not channel.places]
    known = {channel.phone for channel in own if channel.phone}
    return (*own, *(channel for channel in general[:1] if channel.phone not in known))


def _lies_in(start: int, within: Clause | Part) -> bool:
    return within.start <= start < within.end
