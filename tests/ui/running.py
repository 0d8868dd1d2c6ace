"""The whole site on a free port of this process."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from queue import Queue
from typing import Any

import uvicorn

from assistant.service import Assistant
from assistant.settings import Settings
from ui.listening import listen, server_config
from ui.server import create_site


@contextmanager
def running_site(assistant: Assistant, port: int = 0, **options: Any) -> Iterator[str]:  # noqa: ANN401  (those of create_site)
    """Address of a running server, on a free port unless one is given.

    The socket listens before the server starts, so nobody has to wait for it.
    """
    servers: Queue[uvicorn.Server] = Queue()

    async def serve() -> None:
        options.setdefault("listens_locally", True)
        config = server_config(await create_site(assistant, **options), Settings())
        config.timeout_graceful_shutdown = 5
        servers.put(uvicorn.Server(config))
        await servers.queue[0].serve([listening])

    with listen("127.0.0.1", port) as listening:
        thread = threading.Thread(target=lambda: asyncio.run(serve()))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            servers.get().should_exit = True
            thread.join()
