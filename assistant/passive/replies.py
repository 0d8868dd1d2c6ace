"""What a person was replied by a channel from outside: the same message gets the same reply, from whichever worker.

It also holds the conversation of the last half hour, which such a channel does not send along. Persons and messages
are known by digests, what was said is encrypted by the key file, questions are masked first.
"""

import json
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass
from threading import Lock
from time import time

from cachetools import TTLCache
from sqlalchemy import Connection, delete, select, text

from assistant.database.database import Database
from assistant.handover.keys import KeyFile
from assistant.passive.table import REPLY, SIGNATURE
from assistant.question.history import ASSISTANT, USER, Turn
from corpus.errors import DatabaseError

CONVERSATION = 1800  # seconds that a reply is kept, and what is asked next may refer to it
SIGNED = 900  # seconds that a callback is remembered: longer than its time stamp is good for
_TURNS = 6  # messages that a conversation goes back
_LOG = logging.getLogger(__name__)
_ADD_REPLY = text(
    "INSERT INTO policyqa_channel_reply (key, who, kept, ends) VALUES (:key, :who, :kept, :ends) ON CONFLICT DO NOTHING"
)
_ADD_SIGNATURE = text(
    "INSERT INTO policyqa_channel_signature (signature, key, ends) VALUES (:signature, :key, :ends) "
    "ON CONFLICT DO NOTHING"
)


class ReplayedError(Exception):
    """A callback brings another message than the one that it was signed for."""


@dataclass(frozen=True, slots=True)
class Replied:
    """One message and what it was replied."""

    content: str  # as the channel was given it; "" where nothing was said
    created: int  # seconds since the epoch, as the channel was told
    question: str = ""  # masked; "" where the message was no question
    said: str = ""  # the whole answer as text
    clauses: tuple[str, ...] = ()  # that it cites

    @property
    def turns(self) -> tuple[Turn, ...]:
        """As a conversation has it."""
        if not self.question:
            return ()
        return (Turn(USER, self.question), Turn(ASSISTANT, self.said, self.clauses))


@dataclass(frozen=True, slots=True)
class Asked:
    """Which message of whom a callback brings; `signature` is what it was signed with."""

    channel: str
    person: str
    message: str
    signature: str


class Replies:
    """Replies in a database. Safe from several threads and processes; while the database is away, of this one alone."""

    def __init__(self, database: Database, keys: KeyFile, now: Callable[[], float] = time) -> None:
        self._database = database
        self._keys = keys
        self._now = now
        self._lock = Lock()
        self._here: TTLCache[str, Replied] = TTLCache(1000, CONVERSATION, timer=now)

    def who(self, asked: Asked) -> str:
        """By which a person is counted."""
        return self._keys.digest(f"{asked.channel}\n{asked.person}")

    def before(self, asked: Asked) -> tuple[Replied | None, list[Turn]]:
        """What the message was replied already, and what was said before it. Raises ReplayedError."""
        who, key, now = self.who(asked), self._key(asked), self._now()
        signature = self._keys.digest(f"{asked.channel}\nsignature\n{asked.signature}")

        def work(connection: Connection) -> tuple[str, dict[str, str]]:
            for table in (REPLY, SIGNATURE):
                connection.execute(delete(table).where(table.c.ends <= now))
            connection.execute(_ADD_SIGNATURE, {"signature": signature, "key": key, "ends": now + SIGNED})
            brings = select(SIGNATURE.c.key).where(SIGNATURE.c.signature == signature)
            said = select(REPLY.c.key, REPLY.c.kept).where(REPLY.c.who == who).order_by(REPLY.c.ends.desc())
            rows = connection.execute(said.limit(_TURNS + 1)).all()
            mine = select(REPLY.c.key, REPLY.c.kept).where(REPLY.c.key == key)
            found = {row.key: row.kept for row in (*reversed(rows), *connection.execute(mine).all())}
            return connection.execute(brings).scalar_one(), found

        try:
            brought, found = self._database.write(work)
        except DatabaseError as error:
            _LOG.error("replies are kept in memory: %s", error)
            with self._lock:
                return self._here.get(key), []
        if brought != key:
            raise ReplayedError("a callback was sent again with another message")
        known = {one: replied for one, kept in found.items() if (replied := self._read(kept))}
        turns = [turn for one, replied in known.items() if one != key for turn in replied.turns]
        return known.get(key), turns[-2 * _TURNS :]

    def keep(self, asked: Asked, replied: Replied) -> tuple[Replied, bool]:
        """What the message is replied, and whether that is this, not what another worker has replied meanwhile."""
        key, kept = self._key(asked), self._keys.encrypt(json.dumps(asdict(replied), ensure_ascii=False))
        row = {"key": key, "who": self.who(asked), "kept": kept, "ends": self._now() + CONVERSATION}

        def work(connection: Connection) -> str | None:
            if connection.execute(_ADD_REPLY, row).rowcount:
                return None
            first: str = connection.execute(select(REPLY.c.kept).where(REPLY.c.key == key)).scalar_one()
            return first

        try:
            first = self._database.write(work)
            return (self._read(first) or replied, False) if first else (replied, True)
        except DatabaseError as error:
            _LOG.error("replies are kept in memory: %s", error)
            with self._lock:
                is_first = key not in self._here
                return self._here.setdefault(key, replied), is_first

    def _key(self, asked: Asked) -> str:
        return self._keys.digest(f"{asked.channel}\n{asked.person}\nmessage\n{asked.message}")

    def _read(self, kept: str) -> Replied | None:
        """None where the key that encrypted it is lost."""
        found = self._keys.decrypt(kept)
        if found is None:
            return None
        values = json.loads(found)
        return Replied(**{**values, "clauses": tuple(values["clauses"])})
