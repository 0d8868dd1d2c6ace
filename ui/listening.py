"""The socket that a server listens on, and how uvicorn serves it. A parent of workers needs no more."""

import asyncio
import logging
import socket
import sys

import uvicorn
from starlette.types import ASGIApp

from assistant.operations.connections import Connections
from assistant.operations.sparing import Sparing, spare
from assistant.settings import Settings
from corpus.errors import SettingsError

# Seconds in which requests must end once the server is told to stop. An answer takes milliseconds, and a full queue of
# them a second or two; but a page left open and a client that never sends the rest of its request would hold the server
# for ever.
_GRACE = 5
_SPARING = Sparing()
_OWN_FILES = 512  # of index, databases and threads; with room
_LOG = logging.getLogger(__name__)


def announce(listening: socket.socket, host: str, log: str = "text") -> None:
    """Say where the server listens, as the log is written."""
    where = f"http://[{host}]" if ":" in host else f"http://{host}"
    said = f"{where}:{listening.getsockname()[1]}  按 Ctrl+C 停止 · Ctrl+C to stop"
    if log == "json":
        _LOG.warning(said)  # whatever the level: it is looked for
    else:
        print(said, file=sys.stderr)


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


def server_config(site: ASGIApp, settings: Settings) -> uvicorn.Config:
    """How uvicorn serves the site. No access log of its own: a question asked by link stands in the address, and
    questions are nobody else's business; RequestLog tells routes. Forwarded headers are the affair of TrustedProxies.
    """
    _allow_files(settings.connections)
    return uvicorn.Config(
        site,
        http=Connections(settings.connections, settings.receive_seconds).protocol(),
        ws="none",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=settings.keep_alive,
        timeout_graceful_shutdown=_GRACE,
    )


def _allow_files(connections: int) -> None:
    """Let the process hold so many connections beside its own files, as far as the system allows it."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:  # on Windows
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + _OWN_FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def quieten() -> None:
    """In this process uvicorn says nothing twice, and no stranger fills the log."""
    logging.getLogger("uvicorn.error").addFilter(_is_no_cancellation)
    spare(_SPARING)


def _is_no_cancellation(record: logging.LogRecord) -> bool:
    """That requests are cut off at the end, uvicorn says in one line; the traceback of each says no more."""
    return not (record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError))
