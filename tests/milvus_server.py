"""Milvus on a port of this machine, as milvus-lite answers there; it can be stopped and started again."""

from pathlib import Path
from typing import Any

import grpc
from milvus_lite.adapter.grpc.server import start_server_in_thread


class Server:
    """Milvus on a port of this machine, which can be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port = 0
        self._running: tuple[grpc.Server, Any] | None = None

    def start(self) -> None:
        server, database, self.port = start_server_in_thread(str(self._folder), host="127.0.0.1", port=self.port)
        self._running = server, database

    def stop(self) -> None:
        if self._running:
            server, database = self._running
            server.stop(grace=0).wait()
            database.close()
            self._running = None


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now
