"""The socket that a server listens on, and how uvicorn serves it. A parent of workers needs no more."""

import asyncio
import logging
import socket
import sys

import uvicorn
from starlette.types import ASGIApp

from corpus.errors import SettingsError

# Seconds in which requests must end once the server is told to stop. An answer takes milliseconds, and a full queue of
# them a second or two; but a page left open and a client that never sends the rest of its request would hold the server
# for ever.
_GRACE = 5


def announce(listening: socket.socket, host: str) -> None:
    """Say where the server listens."""
    where = f"http://[{host}]" if ":" in host else f"http://{host}"
    print(f"{where}:{listening.getsockname()[1]}  按 Ctrl+C 停止 · Ctrl+C to stop", file=sys.stderr)


def listen(host: str, port: int) -> socket.socket:
    """A listening socket whose connections send at once. Raises SettingsError when the address cannot be had.

    Without TCP_NODELAY an answer over a kept connection waits 40 ms for the client to acknowledge what came before.
    Accepted sockets inherit it; asyncio sets it itself only on sockets made with the protocol number of TCP.
    """
    try:
        listening = socket.create_server((host.encode("idna").decode(), port), family=_family(host))
    except (OSError, UnicodeError) as error:  # the latter: no name of a host
        message = (
            f"无法监听 {host}:{port}，请换一个端口（--port）或地址（--host）。"
            f"Cannot listen there ({error}); choose another --port or --host."
        )
        raise SettingsError(message) from error
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def server_config(site: ASGIApp, keep_alive: int) -> uvicorn.Config:
    """How uvicorn serves the site. No access log: a question asked by link stands in the address, and questions are
    nobody else's business. Forwarded headers are the site's own affair (TrustedProxies).
    """
    quieten()
    return uvicorn.Config(
        site,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=keep_alive,
        timeout_graceful_shutdown=_GRACE,
    )


def quieten() -> None:
    """In this process uvicorn says nothing twice."""
    logging.getLogger("uvicorn.error").addFilter(_is_no_cancellation)


def _is_no_cancellation(record: logging.LogRecord) -> bool:
    """That requests are cut off at the end, uvicorn says in one line; the traceback of each says no more."""
    return not (record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError))
