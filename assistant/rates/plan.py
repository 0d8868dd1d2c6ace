"""Which limit holds for a request: by what it costs to answer, and by whether its sender is known.

Sizes, chosen so that nobody who uses the service meets them: the busiest address is a town hall or an office behind one
router. Two hundred people there who each open the page and ask two questions in the same minute send 600 requests that
compute; the limit is twice that, 20 a second, a fifth of what one process answers. Who sends more is a program.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from limits import RateLimitItem, parse_many

from assistant.access.caller import Caller
from assistant.access.routes import OFFICE, is_below
from assistant.settings import Settings


class Kind(StrEnum):
    """What a request costs."""

    ASK = "ask"  # computes: asking, searching, matching, the pages that do
    READ = "read"  # hands out what lies there
    WRITE = "write"  # leaves something behind: verdicts, marks, hand-overs, sign-ins
    REFUSED = "refused"  # asks for what its sender may not have, whatever it costs


# Not counted: what watches the service, files, which a browser asks for dozens of at a time and then keeps, and what a
# platform passes on for many people from few addresses: it is counted for each of them (ui/channel).
_FREE = re.compile(
    r"/(?:healthz|readyz|metrics|manifest\.json|favicon\.ico|wechat|ui/.*)|(?:/\w+)?/(?:assets/.*|static/.*|theme\.css)"
)
_PASSED_ON = "/wechat"
_COMPUTING = ("/compare", "/event", "/match", "/plates")  # pages
_LANGUAGE = re.compile(r"/[a-z]{2}(?=/)")  # under which a page stands in another language
_WRITING = (
    "/v1/feedback",
    "/v1/handover",
    "/agent/mark",
    "/agent/unmark",
    "/agent/note/send",
    "/agent/note/again",
    "/signin",
    "/account",
)
_READS = ("GET", "HEAD", "OPTIONS")


KindOf = Callable[[str, str], "Kind | None"]  # method, path → what a request costs; None: it is not counted


def kind_of(method: str, path: str) -> Kind | None:
    """What a request costs; None for one that is not counted."""
    if _FREE.fullmatch(path) and (method in _READS or path == _PASSED_ON):
        return None
    if method in _READS:
        return Kind.ASK if is_below(_LANGUAGE.sub("", path, count=1), _COMPUTING) else Kind.READ
    in_office = is_below(path, OFFICE)  # where what is kept is the office's own, and uploads are large
    is_write = is_below(path, _WRITING) or (method != "POST" and not in_office)
    return Kind.WRITE if is_write else Kind.ASK


def refused_kind(_method: str, _path: str) -> Kind:
    """`kind_of` a request that is refused, wherever it was sent to."""
    return Kind.REFUSED


@dataclass(frozen=True, slots=True)
class Plan:
    """The limits in force; none where a list is empty."""

    public: Mapping[Kind, Sequence[RateLimitItem]]  # for each address
    known: Sequence[RateLimitItem]  # for each key and account, whatever it sends
    kept: Sequence[RateLimitItem]  # kilobytes that one client may leave behind
    kept_of_all: Sequence[RateLimitItem]  # kilobytes that all together may, in each process

    def rates(self, kind: Kind, caller: Caller) -> Sequence[RateLimitItem]:
        """By which the requests of this caller are counted."""
        return self.known if caller.name else self.public[kind]


def plan_of(settings: Settings) -> Plan:
    """The limits that the settings name."""
    return Plan(
        public={
            Kind.ASK: limits_of(settings.rate),
            Kind.READ: limits_of(settings.rate_read),
            Kind.WRITE: limits_of(settings.rate_write),
            Kind.REFUSED: limits_of(settings.rate_write),
        },
        known=limits_of(settings.rate_key),
        kept=limits_of(settings.rate_kept),
        kept_of_all=limits_of(settings.rate_kept_all),
    )


def limits_of(text: str) -> Sequence[RateLimitItem]:
    """`120/minute; 5000/hour` → two limits; "" → none. Raises ValueError."""
    found = parse_many(text) if text else []
    if any(one.amount < 1 for one in found):
        raise ValueError(text)
    return found
