"""A server of several workers, run from outside, with what it takes: memory and open files of all its processes."""

import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

from corpus.errors import InputError
from eval.speed.checkout import Checkout

_START_SECONDS = 300  # on a busy machine
_POLL_SECONDS = 0.1
_IN_SERVICE = re.compile(r"^policyqa_in_service{.*} (\d+)", re.MULTILINE)
_KIB = 1024


@dataclass(frozen=True, slots=True)
class Taken:
    """What the processes of a server take together."""

    mebibytes: float  # PSS: what several share is counted once
    files: int  # open files, sockets among them
    processes: int


@dataclass(frozen=True, slots=True)
class Group:
    """A running server: its parent, its port, and the log that all its processes write."""

    process: "subprocess.Popen[bytes]"
    port: int
    log: Path

    def workers(self) -> list[int]:
        """The process ids of the workers that serve, or begin to."""
        return [pid for pid in _children(self.process.pid) if b"spawn_main" in _command(pid)]

    def taken(self) -> Taken:
        """What all processes take now."""
        pids = [self.process.pid, *_children(self.process.pid)]
        sizes = [size for pid in pids if (size := _pss(pid)) is not None]
        return Taken(round(sum(sizes) / _KIB, 1), sum(map(_files, pids)), len(sizes))

    def processor(self) -> float:
        """Seconds of the processor that all processes have used so far."""
        return sum(map(_processor, [self.process.pid, *_children(self.process.pid)]))

    def connections(self) -> list[int]:
        """How many sockets each worker has open."""
        return [_files(pid, "socket:") for pid in self.workers()]

    def in_service(self) -> int:
        """How many workers say that they serve."""
        with urlopen(f"http://127.0.0.1:{self.port}/metrics") as response:
            return sum(map(int, _IN_SERVICE.findall(response.read().decode())))

    def wait_for(self, workers: int) -> None:
        """Wait until so many serve. Raises InputError where they do not."""
        end = monotonic() + _START_SECONDS
        while self.process.poll() is None and monotonic() < end:
            with suppress(URLError, ConnectionError):
                if self.in_service() == workers:
                    return
            sleep(_POLL_SECONDS)
        raise InputError(f"{workers} workers do not start; see {self.log}:\n{self.log.read_text()[-2000:]}")

    def kill(self) -> None:
        """Kill -9 of everything at once, as when the machine's memory is full."""
        for pid in (self.process.pid, *_children(self.process.pid)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def serving(checkout: Checkout, workers: int, settings: Mapping[str, str] | None = None) -> Iterator[Group]:
    """`policyqa serve --workers`, with all workers ready. Linux only. Raises InputError where it does not start."""
    checkout.work.mkdir(parents=True, exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    log = checkout.work / "log"
    command = checkout.command("serve", "--port", str(port), "--workers", str(workers))
    environment = {**checkout.environment, **(settings or {})}
    with log.open("ab") as said:
        process = subprocess.Popen(command, env=environment, cwd=checkout.work, stderr=said, stdout=said)
    group = Group(process, port, log)
    try:
        group.wait_for(workers)
        yield group
    finally:
        process.terminate()
        try:
            process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            group.kill()


def _children(pid: int) -> list[int]:
    found = []
    for tasks in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found += [int(child) for child in tasks.read_text().split()]
    return found


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _pss(pid: int) -> int | None:
    """Kibibytes; None for a process that has ended."""
    try:
        table = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return None
    return int(table.partition("\nPss:")[2].split()[0])


def _processor(pid: int) -> float:
    """Seconds in user and system mode; 0 for a process that has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _files(pid: int, kind: str = "") -> int:
    """Open files, or those of them that are of this kind."""
    found = 0
    with suppress(OSError):
        for file in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                found += str(file.readlink()).startswith(kind)
    return found
