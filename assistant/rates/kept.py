"""How much a client may have kept: its questions are answered all the same, but beyond the limit not recorded."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

from assistant.rates.counting import Counting, Demand
from assistant.rates.plan import Plan

KILOBYTE = 1024
# Who sends the request that is worked on, by digest; None where nobody is counted.
_CLIENT: ContextVar[str | None] = ContextVar("client", default=None)


@contextmanager
def keeping_for(who: str | None) -> Iterator[None]:
    """What is recorded meanwhile, in this task and the threads that it starts, is this client's."""
    token = _CLIENT.set(who)
    try:
        yield
    finally:
        _CLIENT.reset(token)


class Allowance(Protocol):
    """Whether more may be kept of the client whose request is worked on."""

    def take(self, row: Mapping[str, object]) -> bool:
        """Count what a row holds against the client; False where the client, or all together, have had enough kept."""


class Kept:
    """The allowance of each client and of all together, in kilobytes; a row counts as one at least."""

    def __init__(self, counting: Counting, plan: Plan) -> None:
        self._counting = counting
        self._plan = plan

    def take(self, row: Mapping[str, object]) -> bool:
        who = _CLIENT.get()
        if who is None:
            return True
        size = sum(len(text.encode("utf-8", "replace")) for text in row.values() if isinstance(text, str))
        cost = max(1, -(-size // KILOBYTE))
        own = [Demand(limit, f"kept:{who}", cost) for limit in self._plan.kept]
        every = [Demand(limit, "kept", cost) for limit in self._plan.kept_of_all]
        return all(one.allowed for one in self._counting.hit(own)) and all(
            one.allowed for one in self._counting.hit_here(every)
        )


class Unlimited:
    """Everything is kept."""

    def take(self, row: Mapping[str, object]) -> bool:  # noqa: ARG002
        return True


UNLIMITED = Unlimited()
