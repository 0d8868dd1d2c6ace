"""A PostgreSQL server of one's own, for tests and measurements: in a temporary folder, on a Unix socket.

It would lose data with the machine's power (fsync=off), which nobody minds here. The programs are those of Debian's
package `postgresql`.
"""

import os
import shutil
import subprocess
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

_VERSIONS = Path("/usr/lib/postgresql")
_ACCOUNT = "postgres"  # PostgreSQL refuses to run as root; Debian's package makes this account
_OPTIONS = "-h '' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300"


def programs() -> Path | None:
    """The folder of the newest version's programs; None where PostgreSQL is not installed."""
    found = [path.parent for path in _VERSIONS.glob("*/bin/initdb")]
    return max(found, key=lambda folder: int(folder.parent.name), default=None)


class PostgresServer:
    """A server with nothing in it. `start` it; `stop` keeps what it holds, `remove` does not.

    Raises FileNotFoundError where PostgreSQL is not installed, CalledProcessError where it does not do as it is told.
    """

    def __init__(self) -> None:
        found = programs()
        if found is None:
            raise FileNotFoundError("PostgreSQL is not installed: apt-get install postgresql")
        self._programs = found
        self._numbers = count(1)
        self._folder = Path(mkdtemp(prefix="policyqa-pg-", dir="/tmp"))  # the path of a socket has 107 bytes at most
        if os.getuid() == 0:
            shutil.chown(self._folder, _ACCOUNT, _ACCOUNT)
        self._run("initdb", "-D", "data", "-U", _ACCOUNT, "-A", "trust", "-N", "-E", "UTF8", "--locale=C.UTF-8")

    def start(self) -> None:
        """Serve; returns when it does."""
        self._run("pg_ctl", "-D", "data", "-l", "log", "-w", "-o", f"-k {self._folder} {_OPTIONS}", "start")

    def stop(self) -> None:
        """End at once, as in a crash: connections are cut; what was committed is there after the next start."""
        self._run("pg_ctl", "-D", "data", "-m", "immediate", "-w", "stop")

    @property
    def runs(self) -> bool:
        """Whether it was started and not stopped since."""
        return (self._folder / "data" / "postmaster.pid").exists()

    def remove(self) -> None:
        """End, and leave nothing."""
        if self.runs:
            self.stop()
        shutil.rmtree(self._folder)

    def database(self, like: str | None = None) -> str:
        """The URL of a new database: an empty one, or a copy of the one with the URL `like`, which nobody uses."""
        name = f"policyqa_{next(self._numbers)}"
        template = ("-T", _name(like)) if like else ()
        self._run("createdb", "-h", str(self._folder), "-U", _ACCOUNT, *template, name)
        return f"postgresql+psycopg://{_ACCOUNT}@/{name}?host={self._folder}"

    def drop(self, url: str) -> None:
        """Delete a database, and cut the connections to it."""
        self._run("dropdb", "-h", str(self._folder), "-U", _ACCOUNT, "--force", _name(url))

    def _run(self, program: str, *arguments: str) -> None:
        as_root: dict[str, Any] = {"user": _ACCOUNT, "group": _ACCOUNT, "extra_groups": []}
        subprocess.run(
            [self._programs / program, *arguments],
            cwd=self._folder,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,  # a server that is started in it would keep a pipe open
            **(as_root if os.getuid() == 0 else {}),
        )


def _name(url: str) -> str:
    return url.partition("@/")[2].partition("?")[0]
