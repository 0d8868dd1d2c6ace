"""A word to whoever runs a command as root on data of the service's own user: what is written would be root's."""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from assistant.settings import Settings
from corpus.errors import PolicyQAError


def warn_as_root() -> None:
    """Say so on standard error, where a command of root meets data of another user. Settings are not judged here."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:  # Windows knows no such user
        return
    with suppress(PolicyQAError, OSError):
        settings = Settings.from_environment()
        if place := next(_of_others(settings), None):
            print(
                f"正以 root 运行，而 {place} 属于 {_owner(place)}：新写的文件会属于 root，服务可能写不进去。"
                "请以服务的用户运行，见 docs/operation.md。"
                f"Running as root, while {place} belongs to {_owner(place)}: what is written will be root's, and the "
                "service may not be able to write it. Run it as the service's user, see docs/operation.md.",
                file=sys.stderr,
            )


def _of_others(settings: Settings) -> Iterator[Path]:
    """The places of data that are not root's, or would be made where nothing is."""
    for place in (settings.state, settings.feedback, settings.library_folder, settings.index):
        if isinstance(place, Path):
            there = next((one for one in (place, *place.parents) if one.exists()), None)
            if there and there.stat().st_uid != 0:
                yield there


def _owner(place: Path) -> str:
    try:
        return place.owner()
    except (KeyError, NotImplementedError):  # a user of another system, as on a volume of a container
        return str(place.stat().st_uid)
