"""A folder in which several processes on one machine add up their counters.

prometheus_client writes each process's values to files of its own there when `PROMETHEUS_MULTIPROC_DIR` stands in the
environment before that library is first imported. Hence a module that does not import it.
"""

import os
from collections.abc import Iterable
from pathlib import Path

from corpus.errors import SettingsError

FOLDER = "PROMETHEUS_MULTIPROC_DIR"


def share_in(folder: Path) -> None:
    """Add this process's counters to those in `folder`, which processes on this machine share.

    Call it before anything imports prometheus_client. Raises SettingsError when the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        forget_the_dead(folder)
    except OSError as error:
        raise SettingsError(
            f"无法写入指标文件夹 {folder}，请把 POLICYQA_METRICS 设为可写的文件夹。"
            f"Cannot write there ({error}); set POLICYQA_METRICS to a folder that can be written."
        ) from error
    os.environ[FOLDER] = str(folder)


def forget_the_dead(folder: Path) -> None:
    """Take what processes that ended had in hand out of the sums; what they counted stays. Raises OSError."""
    for file in _gauges_of_the_dead(folder):
        file.unlink(missing_ok=True)


def _gauges_of_the_dead(folder: Path) -> Iterable[Path]:
    """Files of processes that ended without a word, which would count as waiting for ever."""
    for file in folder.glob("gauge_live*_*.db"):
        process = file.stem.rpartition("_")[2]
        if process.isdigit() and not _is_alive(int(process)):
            yield file


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # another user's
    return True
