"""Who sends a request, as found once, by the outermost layer that can know, and read by all others from the scope."""

from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv6Address, ip_address, ip_network

from starlette.types import Scope

from assistant.access.roles import Role

_KEY = "policyqa.caller"
_WORKING: ContextVar["Caller | None"] = ContextVar("working", default=None)


class Means(StrEnum):
    """How a caller has shown who it is."""

    NONE = "none"
    LOCAL = "local"  # sits at the machine itself, in open access
    KEY = "key"
    SESSION = "session"  # signed in, in a browser
    PROXY = "proxy"  # a trusted proxy says who it is


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sends a request."""

    role: Role = Role.PUBLIC
    means: Means = Means.NONE
    name: str = ""  # of the account, or the id of the key; empty for anybody
    address: str = ""  # of the client; of IPv6 the network, which one household has as a whole
    session: str = ""  # the id of its session, which opens nothing

    @property
    def counted_by(self) -> str:
        """By what its requests are counted: the key or the account, else the address."""
        return f"{self.means}:{self.name}" if self.name else f"address:{self.address}"

    @property
    def signature(self) -> str:
        """How it signs what it does: an account by its name, a key as one; empty for anybody."""
        return f"key {self.name}" if self.means is Means.KEY else self.name


def caller_of(scope: Scope) -> Caller:
    """Who sends this request; anybody at its address where no layer has said who."""
    found = scope.get(_KEY)
    return found if isinstance(found, Caller) else Caller(address=address_of(scope))


def with_caller(scope: Scope, caller: Caller) -> Scope:
    """The same request, of this caller."""
    return {**scope, _KEY: caller}


def address_of(scope: Scope) -> str:
    """The client's address, as trusted proxies have set it; of IPv6 its network of 64 bits."""
    host: str = (scope.get("client") or ("", 0))[0]
    with suppress(ValueError):
        address = ip_address(host)
        if isinstance(address, IPv6Address) and not address.ipv4_mapped:
            return str(ip_network((int(address) >> 64 << 64, 64)))
    return host


def signed(scope: Scope, typed: str) -> str:
    """Who does something: who the caller is known to be, else as they call themselves."""
    return caller_of(scope).signature or typed


def work_as(caller: Caller | None) -> None:
    """Note who works on a page of the office, for its head; None: this is a page for anybody."""
    _WORKING.set(caller)


def working() -> Caller | None:
    """Who works on the page of the office that is being made; None on any other page, which must name nobody."""
    return _WORKING.get()
