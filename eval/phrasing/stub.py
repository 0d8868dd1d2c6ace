"""A stub of a language model on this machine: one that answers, and every way in which one can fail to."""

import json
import socketserver
import threading
from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import Any

_PAUSE = 0.05  # seconds between two pieces of what drips
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
_CHUNKED = _HEAD + b"Transfer-Encoding: chunked\r\n\r\n"

Pieces = Iterator[bytes]  # what is sent, one after another; b"" is a pause


def completion(text: object, **choice: object) -> bytes:
    """A chat completion with this text."""
    message = {"role": "assistant", "content": text}
    whole = {"choices": [{"index": 0, "message": message, "finish_reason": "stop", **choice}]}
    return json.dumps(whole, ensure_ascii=False).encode()


def response(body: bytes, *, status: str = "200 OK", kind: str = "application/json", more: str = "") -> bytes:
    """A whole HTTP response."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    return head.encode() + body


def _drip(data: bytes) -> Pieces:
    for byte in data:
        yield bytes([byte])
        yield b""


def _for_ever(data: bytes) -> Pieces:
    while True:
        yield data


def _waiting() -> Pieces:
    while True:
        yield b""


def _after(first: bytes, then: Pieces) -> Pieces:
    yield first
    yield from then


def _chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


_FINE = completion("可以申请[1]。")
BEHAVIOURS: Mapping[str, Callable[[], Pieces]] = {
    "says nothing": _waiting,
    "drips its head": lambda: _drip(response(_FINE) * 50),
    "drips its body": lambda: _after(_HEAD + f"Content-Length: {len(_FINE)}\r\n\r\n".encode(), _drip(_FINE * 50)),
    "stops half way": lambda: _after(response(_FINE)[:-9], _waiting()),
    "closes half way": lambda: iter((response(_FINE)[:-9],)),
    "closes at once": lambda: iter(()),
    "never ends": lambda: _after(_CHUNKED, _for_ever(_chunk(b" " * 4096))),
    "never ends its head": lambda: _after(b"HTTP/1.1 200 OK\r\n", _for_ever(b"X-More: 1\r\n")),
    "streams events": lambda: _after(
        _CHUNKED.replace(b"application/json", b"text/event-stream"), _for_ever(_chunk(b"data: {}\n\n"))
    ),
    "is huge": lambda: iter((response(completion("可" * 2_000_000)),)),
    "is packed": lambda: iter((response(_FINE, more="Content-Encoding: gzip\r\n"),)),
    "sends elsewhere": lambda: iter((response(b"", status="302 Found", more="Location: /v1/elsewhere\r\n"),)),
    "is another type": lambda: iter((response(_FINE, kind="text/html"),)),
    "is broken": lambda: iter((response(b"", status="500 Internal Server Error"),)),
    "refuses the key": lambda: iter((response(b"{}", status="401 Unauthorized"),)),
    "is no JSON": lambda: iter((response(b"{"),)),
    "is nested": lambda: iter((response(b"[" * 60_000),)),
    "is no text": lambda: iter((response(b"\xff\xfe" * 40),)),
    "is a number": lambda: iter((response(b"9" * 5_000),)),
    "has no choices": lambda: iter((response(b'{"choices": []}'),)),
    "has no content": lambda: iter((response(completion(None)),)),
    "has a list": lambda: iter((response(completion([{"type": "text", "text": "可以申请[1]。"}])),)),
    "is cut": lambda: iter((response(completion("可以申请[1]。", finish_reason="length")),)),
    "is no HTTP": lambda: iter((b"hello\r\n\r\n",)),
    "has many heads": lambda: iter((b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: 1\r\n" % n for n in range(20_000)),)),
}


class Stub(socketserver.ThreadingTCPServer):
    """Answers every request with what `behaviour` gives, and keeps what it was asked. Use it with `with`."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, behaviour: Callable[[], Pieces] | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behaviour = behaviour or (lambda: iter((response(_FINE),)))
        self.asked: list[dict[str, Any]] = []
        self.headers: list[str] = []
        self.stopping = threading.Event()
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    def says(self, text: str) -> None:
        """From now on the model says this."""
        body = response(completion(text))
        self.behaviour = lambda: iter((body,))

    @property
    def url(self) -> str:
        """The address of its API."""
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def __enter__(self) -> "Stub":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopping.set()
        self.shutdown()
        self._thread.join()
        self.server_close()


class _Handler(socketserver.StreamRequestHandler):
    server: Stub

    def handle(self) -> None:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            line = self.rfile.readline()
            if not line:
                return
            head += line
        length = next(int(line[15:]) for line in head.lower().splitlines() if line.startswith(b"content-length:"))
        self.server.headers.append(head.decode())
        self.server.asked.append(json.loads(self.rfile.read(length)))
        try:
            for piece in self.server.behaviour():
                if self.server.stopping.is_set():
                    return
                if piece:
                    self.wfile.write(piece)
                else:
                    self.server.stopping.wait(_PAUSE)
        except OSError:  # the caller has had enough
            return
