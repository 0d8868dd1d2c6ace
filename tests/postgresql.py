"""A PostgreSQL of the tests' own, where its programs are installed: on a socket in a folder, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

PROGRAMS = shutil.which("initdb"), shutil.which("pg_ctl")


@contextmanager
def running_postgresql() -> Iterator[str]:
    """The URL of its first database. Skips the test where the programs are missing."""
    initdb, pg_ctl = PROGRAMS
    if not initdb or not pg_ctl:
        pytest.skip("PostgreSQL is not installed")
    user = _user()
    with tempfile.TemporaryDirectory(dir="/tmp", prefix="pq-pg-") as name:  # short: a socket's path has 107 characters
        folder = Path(name)
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)
        as_user = {"user": user.pw_uid, "group": user.pw_gid} if user else {}
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": name, **as_user}
        data = folder / "data"
        subprocess.run([initdb, "-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8", "-N"], check=True, **quiet)
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        subprocess.run([pg_ctl, "-D", data, "-w", "-o", options, "start"], check=True, **quiet)
        try:
            yield f"postgresql+psycopg://tests@/postgres?host={folder}"
        finally:
            subprocess.run([pg_ctl, "-D", data, "-w", "-m", "immediate", "stop"], check=True, **quiet)


def new_database(url: str) -> str:
    """The URL of an empty database beside another one."""
    name = f"t{uuid4().hex[:12]}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return url.replace("/postgres?", f"/{name}?")


def _user() -> pwd.struct_passwd | None:
    """Who runs it where the tests run as root, as whom PostgreSQL refuses to; None: whoever runs the tests."""
    if os.geteuid():
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    pytest.skip("there is no user to run PostgreSQL as")
