"""A folder in which several processes on one machine add up their counters.

prometheus_client writes each process's values to files of its own there when `PROMETHEUS_MULTIPROC_DIR` stands in the
environment before that library is first imported. Hence a module that does not import it.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from filelock import FileLock

from corpus.errors import SettingsError

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_SUMS = "0"  # the process, which there is none of, under whose number that of all dead ones is added up


def share_in(folder: Path) -> None:
    """Add this process's counters to those in `folder`, which processes on this machine share.

    Call it before anything imports prometheus_client. Raises SettingsError when the folder cannot be written.
    """
    before = os.environ.get(FOLDER)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        os.environ[FOLDER] = str(folder)
        forget_the_dead(folder)
    except OSError as error:
        if before is None:
            os.environ.pop(FOLDER, None)
        raise SettingsError(
            f"无法写入指标文件夹 {folder}，请把 POLICYQA_METRICS 设为可写的文件夹。"
            f"Cannot write there ({error}); set POLICYQA_METRICS to a folder that can be written."
        ) from error


def alone(folder: Path) -> FileLock:
    """Nobody adds up files of the dead meanwhile: who reads all files needs it."""
    return FileLock(folder / "lock")


def forget_the_dead(folder: Path) -> None:
    """Take what processes that ended had in hand out of the sums. What they counted stays, in one file for all of them,
    however many workers come and go. Needs FOLDER in the environment. Raises OSError.
    """
    if not any(_of_the_dead(folder)):
        return
    with alone(folder):
        for file in list(_of_the_dead(folder)):
            kind = file.stem.rpartition("_")[0]
            if not kind.startswith("gauge"):
                _add(file, folder / f"{kind}_{_SUMS}.db")
            file.unlink(missing_ok=True)


def _add(file: Path, sums: Path) -> None:
    from prometheus_client.mmap_dict import MmapedDict  # noqa: PLC0415  (see above)

    into = MmapedDict(str(sums))  # type: ignore[no-untyped-call]
    try:
        for key, value, time, _ in MmapedDict.read_all_values_from_file(str(file)):  # type: ignore[no-untyped-call]
            into.write_value(key, into.read_value(key)[0] + value, time)  # type: ignore[no-untyped-call]
    finally:
        into.close()  # type: ignore[no-untyped-call]


def _of_the_dead(folder: Path) -> Iterable[Path]:
    """Files of processes that have ended, many of them without a word."""
    for file in folder.glob("*_*.db"):
        process = file.stem.rpartition("_")[2]
        if process.isdigit() and process != _SUMS and not _is_alive(int(process)):
            yield file


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # another user's
    return True
