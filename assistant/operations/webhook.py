"""Telling the office's own systems what happened: signed messages to one address, from an outbox, in the background.

Whoever puts a message in never waits for the receiver. A 2xx ends a message; 408, 429, 5xx and a receiver that is away
are tried again, with pauses that grow and are shaken, for a day; anything else ends it as failed. Each attempt
of a note carries

    X-Policyqa-Id          the id of the message, the same in every attempt: take one only once
    X-Policyqa-Event       its kind
    X-Policyqa-Timestamp   seconds since the epoch, of this attempt
    X-Policyqa-Signature   sha256=HMAC-SHA256(secret, "{timestamp}.{body}"), in hexadecimal digits (RFC 2104)

Other kinds may be sent under headers of another form (assistant/webhooks/standard.py).
"""

import hashlib
import hmac
import logging
import random
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from assistant.operations.outbox import FullError, Message, Outbox, State
from corpus.errors import DatabaseError

__all__ = ["FullError", "Message", "Signed", "State", "Webhook", "own_headers", "signature"]

# secret, message, seconds since the epoch, body → the headers that say what it is and who has sent it
Signed = Callable[[str, Message, str, bytes], Mapping[str, str]]

_LOG = logging.getLogger(__name__)
_PATIENCE = 10.0  # seconds until an attempt counts as failed
_LEASE = timedelta(minutes=2)  # in which a process that took a message must have tried it; then another one does
_FIRST, _LONGEST = timedelta(seconds=5), timedelta(hours=1)  # pauses before another attempt
_GIVEN_UP = timedelta(days=1)
_AGAIN = frozenset({httpx.codes.REQUEST_TIMEOUT, httpx.codes.TOO_MANY_REQUESTS})
_SERVER_ERROR = 500
_LOOK = 30.0  # seconds after which the outbox is looked at though nobody said so: another process may have put one in


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """What a receiver works out for itself and compares (`hmac.compare_digest`)."""
    digest = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return f"sha256={digest}"


def own_headers(secret: str, message: Message, timestamp: str, body: bytes) -> Mapping[str, str]:
    """What an attempt carries, as told above."""
    return {
        "X-Policyqa-Id": message.id,
        "X-Policyqa-Event": message.kind,
        "X-Policyqa-Timestamp": timestamp,
        "X-Policyqa-Signature": signature(secret, timestamp, body),
    }


def pause(tries: int, shake: Callable[[], float] = random.random) -> timedelta:
    """Before the attempt behind `tries` others: doubled each time, an hour at most, then shaken (`shake` in 0..1)."""
    whole: timedelta = min(_FIRST * 2 ** min(tries, 20), _LONGEST)
    return whole * (0.5 + shake() / 2)


class Webhook:
    """Sends what is put into an outbox to one address, in a thread of its own from `start` to `stop`."""

    def __init__(
        self,
        outbox: Outbox,
        url: str,
        secret: str,
        *,
        signed: Signed = own_headers,
        client: httpx.Client | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        shake: Callable[[], float] = random.random,
    ) -> None:
        self._outbox = outbox
        self._url = url
        self._secret = secret
        self._signed = signed
        self._client = client or httpx.Client(timeout=_PATIENCE, follow_redirects=False)
        self._now = now
        self._shake = shake
        self._news = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="webhook", daemon=True)

    def put(self, kind: str, data: Mapping[str, Any]) -> str:
        """Have something told; the id of the message. Returns at once. Raises FullError, DatabaseError."""
        id_ = self._outbox.put(kind, data)
        self._news.set()
        return id_

    def again(self, id_: str) -> bool:
        """Try a failed message anew, for a day; False where there is none of this id. Raises DatabaseError."""
        found = self._outbox.again(id_)
        self._news.set()
        return found

    def latest(self, kind: str, limit: int = 10) -> Sequence[Message]:
        """What became of the last messages of a kind, the newest first. Raises DatabaseError."""
        return self._outbox.latest(kind, limit)

    def send_soon(self) -> None:
        """Look at the outbox at once: something has been put in as part of a transaction."""
        self._news.set()

    def start(self) -> None:
        """Begin to send, what was left by an earlier process too."""
        self._thread.start()

    def stop(self) -> None:
        """End; an attempt that is under way is finished if it does not take long, what is left stays in the outbox."""
        self._stopping = True
        self._news.set()
        self._thread.join(_PATIENCE)  # a receiver may go on for ever, a byte at a time
        self._client.close()

    def send_due(self) -> int:
        """Try everything that is due, once; how many were tried. Raises DatabaseError."""
        tried = 0
        while not self._stopping and (message := self._outbox.take(self._now() + _LEASE)):
            self._attempt(message)
            tried += 1
        return tried

    def _attempt(self, message: Message) -> None:
        problem, is_final, wait = self._post(message)
        if problem is None:
            self._outbox.delivered(message.id)
        elif is_final or self._now() - message.created >= _GIVEN_UP:
            _LOG.warning("%s %s was not delivered: %s", message.kind, message.id, problem)
            self._outbox.failed(message.id, problem)
        else:
            due = self._now() + max(pause(message.tries, self._shake), wait)
            self._outbox.later(message.id, min(due, message.created + _GIVEN_UP), problem)

    def _post(self, message: Message) -> tuple[str | None, bool, timedelta]:
        """What went wrong, whether for good, and how long the receiver asks to be left alone."""
        body, timestamp = (message.body or "").encode(), str(int(self._now().timestamp()))
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            **self._signed(self._secret, message, timestamp, body),
        }
        try:
            with self._client.stream(
                "POST", self._url, content=body, headers=headers
            ) as response:  # its body is unread
                code, asked = response.status_code, response.headers.get("Retry-After", "")
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            return type(error).__name__, False, timedelta()
        if httpx.codes.is_success(code):
            return None, True, timedelta()
        return f"HTTP {code}", code < _SERVER_ERROR and code not in _AGAIN, min(self._wait(asked), _LONGEST)

    def _wait(self, asked: str) -> timedelta:
        """What Retry-After asks for, in seconds or by a moment (RFC 9110); nothing where it says neither."""
        if asked.isascii() and asked.isdigit():
            return timedelta(seconds=min(int(asked[:6]), _LONGEST.total_seconds()))
        with suppress(ValueError, TypeError):  # no date; one without a time zone
            return parsedate_to_datetime(asked) - self._now()
        return timedelta()

    def _run(self) -> None:
        while not self._stopping:
            self._news.clear()
            try:
                self.send_due()
                due = self._outbox.next_due()
                seconds = _LOOK if due is None else min(_LOOK, max(0.0, (due - self._now()).total_seconds()))
            except DatabaseError as error:
                _LOG.error("the outbox cannot be read: %s", error)
                seconds = _LOOK
            except Exception:  # it must go on, whatever happens to one message
                _LOG.exception("sending failed")
                seconds = _LOOK
            self._news.wait(seconds)
