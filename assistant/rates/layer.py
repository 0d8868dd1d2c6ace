"""The layer that counts requests and refuses those that are too many."""

from collections.abc import Callable, Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.access.caller import Caller, caller_of
from assistant.api.problems import too_many
from assistant.operations.metrics import Metrics
from assistant.operations.proxies import is_by_the_machine
from assistant.rates.counting import Counting, Demand, Standing
from assistant.rates.kept import KILOBYTE, keeping_for
from assistant.rates.plan import Kind, KindOf, Plan, kind_of

_MOST = 1 << 20  # kilobytes that one request counts as: what a head says must not be more than a database can add up


class RateLimits:
    """ASGI layer that answers 429 to a client that has sent too many requests, and tells each where it stands.

    Clients are keys and accounts, else addresses, as the layers outside have found them (`caller_of`); `digest` is
    by what they are counted, `kind_of` as what. What the machine itself asks, without a proxy, is not counted: checks,
    evaluations, and a proxy that is not trusted, behind which all citizens would be one client.
    """

    def __init__(  # noqa: PLR0917  (what a server has one of each)
        self,
        app: ASGIApp,
        counting: Counting,
        plan: Plan,
        metrics: Metrics,
        digest: Callable[[str], str],
        kind_of: KindOf = kind_of,
    ) -> None:
        self._app = app
        self._counting = counting
        self._plan = plan
        self._metrics = metrics
        self._digest = digest
        self._kind_of = kind_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = self._kind_of(scope["method"], scope["path"]) if scope["type"] == "http" else None
        if kind is None or is_by_the_machine(scope):
            with keeping_for(None):
                await self._app(scope, receive, send)
            return
        caller = caller_of(scope)
        who = self._digest(caller.counted_by)
        standings = await self._standings(kind, caller, who, scope)
        if refused := [one for one in standings if not one.allowed]:
            self._metrics.count_limited(kind)
            worst = max(refused, key=lambda one: one.seconds)
            headers = {**_headers(worst), "Retry-After": str(worst.seconds)}
            await too_many(worst.seconds, headers)(scope, receive, send)
            return
        with keeping_for(who):
            await self._app(scope, receive, _telling(send, standings))

    async def _standings(self, kind: Kind, caller: Caller, who: str, scope: Scope) -> list[Standing]:
        demands = [Demand(limit, f"{kind}:{who}") for limit in self._plan.rates(kind, caller)]
        here = []
        if kind is Kind.WRITE:
            cost = _kilobytes(scope)
            demands += [Demand(limit, f"kept:{who}", cost) for limit in self._plan.kept]
            here = [Demand(limit, "kept", cost) for limit in self._plan.kept_of_all]
        standings = await self._counting.aside(demands) if demands else []
        if all(one.allowed for one in standings):
            standings += self._counting.hit_here(here)
        return standings


def _kilobytes(scope: Scope) -> int:
    """Of the body, at least one. One that does not say its length counts as long, as programs alone send such."""
    length = dict(scope["headers"]).get(b"content-length", b"65536")
    return min(max(1, -(-int(length) // KILOBYTE)), _MOST) if length.isdigit() else 64


def _headers(standing: Standing) -> Mapping[str, str]:
    return {
        "RateLimit-Limit": str(standing.limit),
        "RateLimit-Remaining": str(standing.remaining),
        "RateLimit-Reset": str(standing.seconds),
    }


def _telling(send: Send, standings: list[Standing]) -> Send:
    """A `send` that adds where the client stands with the limit that it will meet first."""
    if not standings:
        return send
    nearest = _headers(min(standings, key=lambda one: one.remaining))

    async def telling(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(nearest)
        await send(message)

    return telling
