"""The limits of a server, put together: their plan, who counts, and what stands in front of the site."""

from dataclasses import dataclass

from starlette.types import ASGIApp

from assistant.handover.keys import KeyFile
from assistant.operations.metrics import Metrics
from assistant.rates.counters import Counters
from assistant.rates.counting import Counting
from assistant.rates.kept import Allowance, Kept
from assistant.rates.layer import RateLimits
from assistant.rates.plan import KindOf, Plan, kind_of, plan_of
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class Rates:
    """What limits how often clients ask, and how much of them is kept. Close it when the server stops."""

    plan: Plan
    counting: Counting
    keys: KeyFile

    @property
    def allowance(self) -> Allowance:
        """How much of a client may be kept."""
        return Kept(self.counting, self.plan)

    def layer(self, app: ASGIApp, metrics: Metrics, kind_of: KindOf = kind_of) -> RateLimits:
        """The layer in front of `app`; `kind_of` says as what requests are counted."""
        return RateLimits(app, self.counting, self.plan, metrics, self.keys.digest, kind_of)

    def close(self) -> None:
        """End counting."""
        self.counting.close()


def open_rates(settings: Settings) -> Rates:
    """The limits that the settings name, counted where the state of the server stands."""
    return Rates(plan_of(settings), Counting(Counters(settings.state)), KeyFile(settings.keys))
