"""A command of policyqa in a process of its own, so that questions go on while it works."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus.library.view import Table

Say = Callable[[str], None]
Command = Callable[[Sequence[str], Say], Table]

_PROGRAM = "from ui.cli.app import main; main()"
_ERROR = "\npolicyqa: "  # how the last thing begins that a command says which fails
_OURS = re.compile(r"[\u4e00-\u9fff]")  # what a library warns of is not for clerks
_LOOK = 0.1  # seconds between two looks at what it says
_MOST = 2000  # characters of an error


class CommandError(Exception):
    """A command ended without a result; the message tells why."""


def in_a_process(arguments: Sequence[str], say: Say) -> Table:
    """What `policyqa …` prints as JSON; meanwhile `say` is told its steps. Raises CommandError where it prints none."""
    with TemporaryDirectory(prefix="policyqa-") as folder:
        out, told = Path(folder, "out"), Path(folder, "told")  # files: a pipe breaks where the server is stopped
        with out.open("wb") as stdout, told.open("wb") as stderr:
            # -P: a folder called index or corpus where the server was started must not hide ours.
            # A session of its own: Ctrl+C, which stops the server, must not stop this too.
            process = subprocess.Popen(
                [sys.executable, "-P", "-c", _PROGRAM, *arguments],
                stdout=stdout,
                stderr=stderr,
                start_new_session=True,
                env={**os.environ, "PYTHONUTF8": "1"},
            )
        count = 0
        while True:
            code = process.poll()  # before it is read: then nothing is missed
            steps = _steps(_read(told))
            for step in steps[count:]:
                say(step)
            count = len(steps)
            if code is not None:
                return _result(_read(out), _read(told), code)
            with suppress(subprocess.TimeoutExpired):
                process.wait(_LOOK)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def _steps(told: str) -> list[str]:
    said = f"\n{told}".partition(_ERROR)[0].splitlines(keepends=True)
    return [line.strip() for line in said if line.endswith("\n") and _OURS.search(line)]


def _result(out: str, told: str, code: int) -> Table:
    with suppress(ValueError):
        if isinstance(table := json.loads(out), dict):
            return table
    _, is_told, error = f"\n{told}".partition(_ERROR)
    reason = error.strip()[:_MOST] if is_told else told.strip()[-_MOST:]
    raise CommandError(
        reason
        or f"命令意外中断（退出码 {code}），在用的版本没有变，请再试一次。"
        f"The command was cut off (exit code {code}); what is in service has not changed. Try again."
    )
