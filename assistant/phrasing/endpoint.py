"""A language model behind an OpenAI-compatible address, asked once, within a time and a size.

Whatever an endpoint does, `complete` returns or raises within its time: the call runs in a thread and an event loop of
its own, in which everything can be cut off at any moment, and the caller does not wait for more than the time that is
left. Only one thing cannot be cut off, the look-up of a host name; its thread ends when the system gives up, and as
many calls as may be under way at the same time are counted until they have ended.
"""

import asyncio
import json
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotInTimeError

import httpx

from assistant.phrasing.breaker import Breaker
from assistant.phrasing.outcomes import Outcomes

_MOST_BYTES = 65_536  # of a reply; what is let through is far shorter
_MOST_TOKENS = 600
_FINISHED = ("stop", None)  # any other reason means that something is missing


class EndpointError(Exception):
    """Nothing came back that could be used; the message is a word for logs and counters."""


class Endpoint:
    """One model. Safe from several threads."""

    def __init__(
        self, url: str, model: str, key: str | None, seconds: float, most: int, *, breaker: Breaker | None = None
    ) -> None:
        """`url` is that of the API, ending in /v1 or the like; at most `most` calls are under way at the same time."""
        self.model = model
        self.seconds = seconds
        self._url = url.rstrip("/").removesuffix("/chat/completions") + "/chat/completions"
        self._headers = {"Accept": "application/json", "Accept-Encoding": "identity", "Connection": "close"}
        if key:
            self._headers["Authorization"] = f"Bearer {key}"
        self._tls = httpx.create_ssl_context()  # reads the certificates of the machine, which takes its time
        self._free = threading.BoundedSemaphore(most)
        self._breaker = breaker or Breaker()
        self.outcomes = Outcomes()  # of the answers that it was to put in other words

    def complete(self, messages: Sequence[Mapping[str, str]]) -> str:
        """What the model says to these messages. Raises EndpointError within `seconds`."""
        deadline = time.monotonic() + self.seconds
        if not self._free.acquire(blocking=False):
            raise EndpointError("busy")
        if not self._breaker.admits():
            self._free.release()
            raise EndpointError("paused")
        said: Future[str] = Future()
        threading.Thread(target=self._run, args=(messages, deadline, said), name="model", daemon=True).start()
        try:
            text = said.result(max(0.0, deadline - time.monotonic()))
        except NotInTimeError:
            self._breaker.failed()
            raise EndpointError("time") from None
        except EndpointError:
            self._breaker.failed()
            raise
        self._breaker.succeeded()
        return text

    def _run(self, messages: Sequence[Mapping[str, str]], deadline: float, said: "Future[str]") -> None:
        try:
            said.set_result(asyncio.run(self._call(messages, deadline)))
        except EndpointError as error:
            said.set_exception(error)
        except TimeoutError:
            said.set_exception(EndpointError("time"))
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            said.set_exception(EndpointError(type(error).__name__))
        except (ValueError, RecursionError):  # no JSON, or not in the encoding that it claims
            said.set_exception(EndpointError("body"))
        except BaseException as error:
            said.set_exception(EndpointError("fault"))
            raise error
        finally:
            self._free.release()

    async def _call(self, messages: Sequence[Mapping[str, str]], deadline: float) -> str:
        asked = {
            "model": self.model,
            "messages": list(messages),
            "temperature": 0,
            "max_tokens": _MOST_TOKENS,
            "stream": False,
        }
        left = max(0.001, deadline - time.monotonic())
        async with (
            asyncio.timeout(left),
            httpx.AsyncClient(verify=self._tls, timeout=left, follow_redirects=False, trust_env=False) as client,
            client.stream("POST", self._url, json=asked, headers=self._headers) as response,
        ):
            return _content(json.loads(await _body(response)))


async def _body(response: httpx.Response) -> bytes:
    """The body of a plain JSON response. Raises EndpointError for anything else, before it is read."""
    if response.status_code != httpx.codes.OK:
        raise EndpointError(f"HTTP {response.status_code}")
    if response.headers.get("Content-Type", "").split(";")[0].strip().lower() != "application/json":
        raise EndpointError("type")
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise EndpointError("encoding")  # what is packed may unfold to any size
    body = bytearray()
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > _MOST_BYTES:
            raise EndpointError("size")
    return bytes(body)


def _content(reply: object) -> str:
    """The text of the first choice, where it was finished. Raises EndpointError."""
    choices = _of(reply, "choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    text = _of(_of(first, "message"), "content")
    if not isinstance(text, str):
        raise EndpointError("shape")
    if _of(first, "finish_reason") not in _FINISHED:
        raise EndpointError("unfinished")
    return text


def _of(value: object, name: str) -> object:
    return value.get(name) if isinstance(value, dict) else None
