"""Who sends a request: by its key, by what a trusted proxy says, or by its session (识别)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from anyio import to_thread
from cachetools import TTLCache
from starlette.datastructures import Headers
from starlette.types import Scope

from assistant.access.caller import Caller, Means, address_of
from assistant.access.cookies import cookie_of
from assistant.access.granted import granted
from assistant.access.keys import PREFIX, Key, Keys
from assistant.access.roles import Role
from assistant.access.sessions import Session, Sessions, session_id
from assistant.operations.proxies import said_by
from corpus.errors import DatabaseError

FRESH = 1.0  # seconds for which a worker goes by what it found: so long does a key or session that ended still open
_MOST_FRESH = 4096
_LONGEST_NAME = 100  # characters of a name that a proxy says


class BadKeyError(Exception):
    """A key was sent that opens nothing: mistyped, ended or revoked."""


@dataclass(frozen=True, slots=True)
class ProxyIdentity:
    """The headers in which a trusted proxy says who has signed in to it, and which of its groups have which role."""

    user: str
    groups: str | None
    grants: Mapping[str, Role]

    @property
    def headers(self) -> tuple[str, ...]:
        return (self.user, *((self.groups,) if self.groups else ()))

    def find(self, scope: Scope) -> tuple[str, Role] | None:
        """Name and role; public for whom nothing is granted. None where no trusted proxy names anybody."""
        said = said_by(scope)
        name = _text(said, self.user)[:_LONGEST_NAME]
        if not name:
            return None
        groups = _text(said, self.groups).replace(";", ",").split(",") if self.groups else []
        return name, granted(self.grants, name, (group.strip() for group in groups)) or Role.PUBLIC


@dataclass(slots=True)
class Finding:
    """Finds callers. What it asks the database is asked in a thread, and once a second for the same key or session."""

    keys: Keys
    sessions: Sessions
    proxy: ProxyIdentity | None = None
    _kept: TTLCache[str, Key | Session] = field(default_factory=lambda: TTLCache(_MOST_FRESH, FRESH))

    async def __call__(self, scope: Scope, *, needed: bool) -> Caller:
        """The caller; anybody at its address where nothing says more.

        Raises BadKeyError, and DatabaseError when the database fails; without a key and where no role is `needed` it is
        anybody then.
        """
        address = address_of(scope)
        if key := await self._key(scope):
            return Caller(key.role, Means.KEY, key.id, address)
        if self.proxy and (known := self.proxy.find(scope)):
            return Caller(known[1], Means.PROXY, known[0], address)
        try:
            session = await self._session(scope)
        except DatabaseError:
            if needed:
                raise
            session = None
        if session:
            return Caller(session.role, Means.SESSION, session.name, address, session.id)
        return Caller(address=address)

    def forget(self) -> None:
        """Ask anew: a session or key has ended here."""
        self._kept = TTLCache(_MOST_FRESH, FRESH)  # not emptied: another thread may be reading it

    async def _key(self, scope: Scope) -> Key | None:
        scheme, _, sent = Headers(scope=scope).get("authorization", "").partition(" ")
        sent = sent.strip()
        if scheme.lower() != "bearer" or not sent.startswith(PREFIX):
            return None  # other programs send keys of their own, as to any service like this
        kept = self._kept.get(sent_id := session_id(sent))
        if not isinstance(kept, Key):
            kept = await to_thread.run_sync(self.keys.find, sent)
            if kept is None:
                raise BadKeyError
            self._kept[sent_id] = kept
        return kept

    async def _session(self, scope: Scope) -> Session | None:
        token = cookie_of(scope)
        if not token:
            return None
        kept = self._kept.get(id_ := session_id(token))
        if isinstance(kept, Session):
            return kept
        found = await to_thread.run_sync(self.sessions.find, token)
        if found:
            self._kept[id_] = found
        return found


def _text(said: Mapping[bytes, bytes], name: str) -> str:
    value = said.get(name.lower().encode("latin-1"), b"").decode("utf-8", "replace")
    return "".join(character for character in value if character.isprintable()).strip()
