"""A server of its own process, as an operator starts it."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from urllib.error import URLError
from urllib.request import urlopen

_START_SECONDS = 120  # a server that has not answered by then will not


@contextmanager
def policyqa_serve(settings: Mapping[str, str] = {}) -> Iterator[str]:
    """`policyqa serve` on a free port, by the environment and over it these settings; it may still be starting."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("policyqa")), "serve", "--port", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=os.environ | dict(settings))
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def wait_until_served(site: str) -> None:
    """Returns once the server at this address is ready. Raises URLError when it never is."""
    end = monotonic() + _START_SECONDS
    while True:
        try:
            with urlopen(f"{site}/readyz"):
                return
        except URLError:
            if monotonic() > end:
                raise
