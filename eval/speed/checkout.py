"""A working tree of this project, of today or of an older commit, run as a program from outside.

Each gets an index, a feedback database and a working folder of its own; no setting of the caller reaches it. Linux
only: both programs that are measured side by side are kept on one core, and who asks them on another.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

from assistant.settings import PREFIX
from corpus.errors import InputError

HERE = Path(__file__).parents[2]
_DRIVER = Path(__file__).with_name("driver.py")
_START_SECONDS = 120  # a server that has not answered by then will not
_POLL_SECONDS = 0.05

Asked = tuple[str, Sequence[str]]  # a question and the earlier ones of its conversation
# questions → of each the seconds by the clock and of the processor, None where it was refused as input
Timer = Callable[[Sequence[Asked]], list[tuple[float, float] | None]]


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, and the port it listens on."""

    port: int
    process: "subprocess.Popen[bytes]"

    @contextmanager
    def only(self, other: "Server") -> Iterator[None]:
        """Meanwhile the other one stands still, so that nothing it does when idle takes the core they share."""
        other.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            other.process.send_signal(signal.SIGCONT)


@dataclass(frozen=True, slots=True)
class Checkout:
    """A folder that holds the project, and a work folder for what it writes."""

    folder: Path
    work: Path
    settings: Mapping[str, str] = field(default_factory=dict)  # beside where it keeps things, by name without prefix

    @property
    def environment(self) -> Mapping[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        own = {"INDEX": str(self.work / "index"), "FEEDBACK": str(self.work / "feedback.sqlite3"), **self.settings}
        return {**kept, "PYTHONPATH": str(self.folder), **{PREFIX + name: value for name, value in own.items()}}

    def command(self, *arguments: str) -> list[str]:
        """The command line of `policyqa` in this checkout. Raises InputError where the folder holds no project."""
        try:
            project = tomllib.loads((self.folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
            module, _, function = project["scripts"]["policyqa"].partition(":")
        except (OSError, KeyError) as error:
            raise InputError(
                f"{self.folder}: no checkout of policyqa ({error}); make one with `git worktree`"
            ) from error
        # -P: the working folder is not where modules come from
        return [sys.executable, "-P", "-c", f"from {module} import {function}; {function}()", *arguments]

    def build_index(self) -> None:
        """Build the index of the shipped texts. Raises InputError where that fails."""
        self.work.mkdir(parents=True, exist_ok=True)
        command = self.command("index")
        built = subprocess.run(
            command, env=self.environment, cwd=self.work, capture_output=True, text=True, check=False
        )
        if built.returncode:
            raise InputError(
                f"{self.folder}: the index cannot be built ({built.stderr.strip()[-500:]}); build it there"
            )

    @contextmanager
    def asking(self) -> Iterator[Timer]:
        """A process of its own that answers questions one after the other, without HTTP."""
        command = [sys.executable, "-P", str(_DRIVER)]
        with subprocess.Popen(
            command, env=self.environment, cwd=self.work, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            if process.stdout.readline() != "ready\n":
                raise InputError(f"{self.folder}: the assistant does not start; see above")

            def time(questions: Sequence[Asked]) -> list[tuple[float, float] | None]:
                assert process.stdin is not None
                assert process.stdout is not None
                print(json.dumps(questions), file=process.stdin, flush=True)
                return [took and (took[0], took[1]) for took in json.loads(process.stdout.readline())]

            try:
                yield time
            finally:
                process.terminate()

    @contextmanager
    def serving(self, core: int | None = None, log: Path = Path(os.devnull)) -> Iterator["Server"]:
        """`policyqa serve`, ready, on one core or on all, with what it says in a file. Raises InputError otherwise."""
        with socket.create_server(("127.0.0.1", 0)) as free:
            port: int = free.getsockname()[1]
        command = self.command("serve", "--port", str(port))
        with (
            log.open("wb") as said,
            subprocess.Popen(command, env=self.environment, cwd=self.work, stderr=said) as process,
        ):
            if core is not None:
                os.sched_setaffinity(process.pid, {core})
            try:
                self._wait(process, port)
                yield Server(port, process)
            finally:
                process.terminate()
                process.send_signal(signal.SIGCONT)  # one that is stopped would not hear that it is to end
                try:
                    process.wait(timeout=10)
                except subprocess.TimeoutExpired:
                    process.kill()

    def _wait(self, process: "subprocess.Popen[bytes]", port: int) -> None:
        end = monotonic() + _START_SECONDS
        while process.poll() is None and monotonic() < end:
            try:
                with urlopen(f"http://127.0.0.1:{port}/readyz"):
                    return
            except URLError:
                sleep(_POLL_SECONDS)
        raise InputError(f"{self.folder}: `policyqa serve` does not start; try it there")


def cores() -> tuple[int, int]:
    """The core of the program that is measured, and the core of who asks; the same on a machine of one."""
    known = sorted(os.sched_getaffinity(0))
    return known[0], known[-1]
