"""`policyqa serve --workers N`: several processes on one listening socket, watched over by uvicorn's supervisor.

    parent: listens, opens nothing else  ──spawn──▶  worker 1 (builds a missing index, upgrades the database)
            SIGHUP: one new worker, then one old one ends        └─ready─▶  worker 2 … N

A worker opens everything itself and reads the settings itself, so replacing all workers is what reads them again. A new
connection goes to one that holds few (accepting.py); when a worker dies, those it had taken are lost and no others.
"""

import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn import Config
from uvicorn.supervisors import Multiprocess
from uvicorn.supervisors.multiprocess import Process

from assistant.operations.log_lines import set_up_logging
from assistant.operations.shared_metrics import FOLDER, forget_the_dead, share_in
from assistant.settings import Settings
from corpus.errors import PolicyQAError
from ui.accepting import SHARING_LOOP
from ui.listening import announce, listen, quieten, server_config

# Seconds in which a worker must answer its parent. While a worker loads its modules it cannot; one on a busy machine
# needs ten.
_ANSWER_SECONDS = 60
_START_SECONDS = 600  # in which a worker that takes the place of another must serve: it may have an index to build
_AGAIN_SECONDS = 10  # until a worker that could not start is tried again, while others serve
_POLL_SECONDS = 0.1


class Worker:
    """ASGI app of one worker: opens the site when its server starts, closes it when its server stops.

    An error of ours in opening ends the process with the error's exit code, and says what it is.
    """

    def __init__(self, host: str, workers: int) -> None:
        self._host, self._workers = host, workers
        self.is_first = True  # says what is said once
        self._site: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(scope, receive, send)
        else:
            assert self._site is not None, "the server asks for nothing before its start is complete"
            await self._site(scope, receive, send)

    async def _live(self, scope: Scope, receive: Receive, send: Send) -> None:
        _end_with_parent()
        async with AsyncExitStack() as stack:
            try:
                self._site = await self._open(stack)
            except PolicyQAError as error:
                print(f"policyqa: {error}", file=sys.stderr, flush=True)
                os._exit(error.exit_code)  # nothing has been served; the parent reads the code

            async def close_first(message: Message) -> None:
                if message["type"].startswith("lifespan.shutdown"):
                    await stack.aclose()
                await send(message)

            await self._site(scope, receive, close_first)

    async def _open(self, stack: AsyncExitStack) -> ASGIApp:
        # Here, so that the parent loads none of it: 300 MB.
        from assistant.feedback.store import FeedbackStore  # noqa: PLC0415
        from ui.cli.assistant import open_assistant  # noqa: PLC0415
        from ui.running import opened_site, prepare, say_who_may  # noqa: PLC0415

        share_in(Path(os.environ[FOLDER]))  # which also takes the dead out of the sums
        settings = Settings.from_environment()
        assistant = open_assistant(settings)
        prepare(assistant, settings)
        if self.is_first:
            say_who_may(settings, self._host)
        feedback = stack.enter_context(FeedbackStore.open(settings.feedback, settings.feedback_days))
        return await stack.enter_async_context(
            opened_site(assistant, settings, feedback, self._host, workers=self._workers)
        )


def _end_with_parent() -> None:
    """A worker whose parent is gone would keep the port for ever: it ends as if it had been told to."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def wait() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="parent", daemon=True).start()


class _Ending(threading.Event):
    """Set once the server is to end, and already from when a signal says so: uvicorn looks at signals between two
    pieces of work, and to replace all workers may take minutes.
    """

    def __init__(self, signals: list[int]) -> None:
        super().__init__()
        self._signals = signals

    def is_set(self) -> bool:
        return super().is_set() or not {signal.SIGTERM, signal.SIGINT}.isdisjoint(self._signals)


class Supervisor(Multiprocess):
    """uvicorn's, which starts one worker before all others, and knows a worker that cannot start."""

    exit_code = 0  # what the command ends with
    _try_again = 0.0

    def __init__(self, config: Config, sockets: list[socket.socket]) -> None:
        super().__init__(config, sockets)
        self.should_exit = _Ending(self.signal_queue)

    def init_processes(self) -> None:
        """The first worker builds what is missing and says what is wrong; the others come once it serves."""
        self._begin()
        if isinstance(self.config.app, Worker):
            self.config.app.is_first = False  # in the copy that those get who follow
        (first,) = self.processes
        while not first.is_ready(timeout=_POLL_SECONDS):
            if first.exitcode is not None:
                self._give_up()
            self.handle_signals()
            if self.should_exit.wait(_POLL_SECONDS):
                return
        for _ in range(self.processes_num - 1):
            self._begin()

    def keep_subprocess_alive(self) -> None:
        """Replace who has died. Where nobody is left and nobody can start, that is the end."""
        with suppress(OSError):
            forget_the_dead(Path(os.environ[FOLDER]))
        failed = [process for process in self.processes if (process.exitcode or 0) > 0]
        if len(failed) == len(self.processes):
            self._give_up()
        elif failed and time.monotonic() < self._try_again:
            return  # the others serve meanwhile
        else:
            if failed:
                self._try_again = time.monotonic() + _AGAIN_SECONDS
            super().keep_subprocess_alive()

    def restart_all(self) -> None:
        """One by one, each new worker before its old one ends. The first that cannot start leaves all others as is."""
        self.config.timeout_worker_healthcheck = _START_SECONDS
        try:
            super().restart_all()
        finally:
            self.config.timeout_worker_healthcheck = _ANSWER_SECONDS

    def _begin(self) -> None:
        process = Process(self.config, self.sockets)
        process.start()
        self.processes.append(process)

    def _give_up(self) -> None:
        self.exit_code = abs(self.processes[0].exitcode or 1)
        self.should_exit.set()


def serve_workers(settings: Settings, host: str, port: int, workers: int) -> int:
    """Serve with so many workers until told to stop; returns the exit code. Raises SettingsError as `listen` does."""
    set_up_logging(settings.log, settings.log_level)
    with TemporaryDirectory(prefix="policyqa-metrics-") as folder, listen(host, port) as listening:
        quieten()
        share_in(settings.metrics or Path(folder))  # which workers inherit
        announce(listening, host, settings.log)
        config = server_config(Worker(host, workers), settings)
        config.workers, config.timeout_worker_healthcheck = workers, _ANSWER_SECONDS
        config.lifespan, config.loop = "on", SHARING_LOOP
        supervisor = Supervisor(config, [listening])
        supervisor.run()
        return supervisor.exit_code
