"""The connection to Milvus: opened when first needed, waited for briefly, its faults in our words.

Nobody else in this program sees an exception of pymilvus or of gRPC.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import grpc
from pymilvus import MilvusClient, MilvusException
from pymilvus.exceptions import ErrorCode

from corpus.errors import EngineError

SECONDS = 1.5  # to connect, and for a search: with what else a question takes, a fault shows within two
_SECONDS_OF_LITE = 120.0
PATIENCE = 600.0  # seconds for steps of a build, such as loading a collection
_REST = 1.0  # seconds in which nobody knocks again after nobody has answered
_TEST_SCHEME = ".db"  # how pymilvus knows a file of milvus-lite
# A channel of its own, or a new one would wait as long as gRPC makes an old one wait: up to two minutes.
# An idle one is asked once a minute whether it lives; at pymilvus's ten seconds a server may take it for an attack.
_CHANNEL = {
    "grpc.use_local_subchannel_pool": 1,
    "grpc.max_reconnect_backoff_ms": 1000,
    "grpc.keepalive_time_ms": 60_000,
}
_CONNECT_FAILED = 2
_NO_COLLECTION, _NOT_LOADED = 100, 101
_AWAY = (grpc.StatusCode.UNAVAILABLE, grpc.StatusCode.DEADLINE_EXCEEDED, grpc.StatusCode.CANCELLED)
_REFUSED = (grpc.StatusCode.UNAUTHENTICATED, grpc.StatusCode.PERMISSION_DENIED)
_REFUSED_CODES = (1100, 1400, 1401, 1403, 1800)  # of the server: not authenticated, or without the privilege


@dataclass(frozen=True, slots=True)
class Address:
    """Where Milvus is: http(s)://host:port, or the path of a file of milvus-lite that ends in .db."""

    url: str = field(repr=False)  # may hold a password
    token: str = field(default="", repr=False)  # an API key, or user:password
    database: str = ""

    @property
    def shown(self) -> str:
        """Without what is secret."""
        if self.is_file:
            return self.url
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"

    @property
    def is_file(self) -> bool:
        """Whether it is milvus-lite, which runs in this process and serves this process alone."""
        return self.url.endswith(_TEST_SCHEME)


class MissingCollectionError(Exception):
    """The collection is not there; never leaves this package."""


class ReleasedError(Exception):
    """The collection is there but not loaded, as after a restart of milvus-lite; never leaves this package."""


class Connection:
    """One client for all threads. Every call raises EngineError where Milvus is away, refuses or fails."""

    def __init__(
        self, address: Address, seconds: float | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`seconds` to connect and for a search; a file of milvus-lite, which indexes as it goes, is given more."""
        for name in ("pymilvus", "milvus_lite"):  # each fault would be a traceback in the log, and is ours to tell
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self.address = address
        self._seconds = seconds or (_SECONDS_OF_LITE if address.is_file else SECONDS)
        self._clock = clock
        self._lock = Lock()
        self._client: MilvusClient | None = None
        self._rests_until = float("-inf")

    def call(self, name: str, *args: Any, seconds: float | None = None, **kwargs: Any) -> Any:  # noqa: ANN401
        """What the method of `MilvusClient` returns. Raises EngineError, MissingCollectionError, ReleasedError.

        While nobody answers, a call a second knocks; the others fail at once, so that questions do not queue up.
        """
        client = self._opened()
        method = getattr(client, name)
        try:
            return method(*args, **kwargs, timeout=seconds or self._seconds)
        except (MilvusException, grpc.RpcError) as error:
            raise self._translated(error) from error
        except (AttributeError, ValueError) as error:
            if client is self._client:
                raise
            raise self._away("") from error  # another thread found that nobody answers, and closed the client

    def close(self) -> None:
        """Let go of the client; the next call opens another."""
        with self._lock:
            client, self._client = self._client, None
        if client:
            client.close()

    def _opened(self) -> MilvusClient:
        with self._lock:
            if self._clock() < self._rests_until:
                raise self._away("")
            if self._client is None:
                try:
                    self._client = self._open()
                except (MilvusException, grpc.RpcError) as error:
                    raise self._translated(error) from error
            return self._client

    def _open(self) -> MilvusClient:
        address = self.address
        if address.is_file:
            Path(address.url).parent.mkdir(parents=True, exist_ok=True)
        return MilvusClient(
            address.url,
            token=address.token,
            db_name=address.database,
            timeout=self._seconds,
            dedicated=not address.is_file,
            grpc_options=_CHANNEL,
        )

    def _translated(self, error: Exception) -> Exception:
        if _is_refusal(error):
            return EngineError(
                f"Milvus（{self.address.shown}）不接受登录，请检查 POLICYQA_MILVUS_TOKEN 和 POLICYQA_MILVUS_DATABASE。"
                "Milvus refuses the sign-in; check POLICYQA_MILVUS_TOKEN and POLICYQA_MILVUS_DATABASE."
            )
        if getattr(error, "code", None) in (_NO_COLLECTION, ErrorCode.COLLECTION_NOT_FOUND):
            return MissingCollectionError(str(error))
        if getattr(error, "code", None) == _NOT_LOADED or "'released'" in _said(error):
            return ReleasedError(str(error))
        if _is_away(error):
            self._rests_until = self._clock() + _REST
            client, self._client = self._client, None
            if client:
                client.close()
            return self._away(_said(error))
        return EngineError(
            f"Milvus（{self.address.shown}）出错：{_said(error)}；请查看它的日志，必要时运行 policyqa index 重建。"
            "Milvus failed; see its log, and where that does not help run `policyqa index`."
        )

    def _away(self, said: str) -> EngineError:
        return EngineError(
            f"连不上 Milvus（{self.address.shown}）：请检查它是否在运行，以及网络和 POLICYQA_MILVUS_URL；"
            "恢复后不必重启。"
            f"Milvus does not answer at {self.address.shown}{f' ({said})' if said else ''}: see that it runs, check "
            "the network and POLICYQA_MILVUS_URL; nothing needs a restart once it is back."
        )


def _is_away(error: Exception) -> bool:
    if isinstance(error, grpc.RpcError):
        return bool(error.code() in _AWAY)
    said = error.message.lower() if isinstance(error, MilvusException) else ""
    return getattr(error, "code", None) in (_CONNECT_FAILED, *_AWAY) or "timeout" in said or "closed channel" in said


def _is_refusal(error: Exception) -> bool:
    if isinstance(error, grpc.RpcError):
        return bool(error.code() in _REFUSED)
    return isinstance(error, MilvusException) and error.code in (*_REFUSED_CODES, *_REFUSED)


def _said(error: Exception) -> str:
    """What the error says, in one line."""
    if isinstance(error, grpc.RpcError):
        return str(error.details() or error.code())
    return (error.message if isinstance(error, MilvusException) else str(error)).partition("\n")[0][:200]
