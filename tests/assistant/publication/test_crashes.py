"""Cut off at any step, and with no room on the disk at any step: the old generation is in service, or the new one."""

import errno
import io
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from assistant.publication.generations import Generations
from assistant.settings import Settings
from corpus.errors import PolicyQAError
from corpus.library.place import generations_folder
from tests.assistant.publication.shelf import MARKET, fee, publish, published, put, settings_in

CHANGING = ("mkdir", "rename", "replace", "link", "unlink", "rmdir", "fsync")
NEEDING_ROOM = ("mkdir", "link", "fsync")


class PowerCut(BaseException):
    """The machine has gone down: nothing that would still be done is done."""


class Disk:
    """Counts what is done to the disk; at the given step, and from then on, it fails with `fault`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int, fault: BaseException, steps: tuple[str, ...]) -> None:
        self.count, self._at, self._fault = 0, at, fault
        for name in steps:
            monkeypatch.setattr(os, name, self._failing(getattr(os, name)))
        opened = io.open

        def open_(file: Any, mode: str = "r", *args: Any, **named: Any) -> Any:  # noqa: ANN401
            if set(mode) & set("wax+"):
                self._step()
            return opened(file, mode, *args, **named)

        monkeypatch.setattr(io, "open", open_)

    def _failing(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def step(*args: Any, **named: Any) -> Any:  # noqa: ANN401
            self._step()
            return call(*args, **named)

        return step

    def _step(self) -> None:
        self.count += 1
        if self.count > self._at:
            raise self._fault


@pytest.fixture
def shelf(library: Settings, tmp_path: Path) -> Callable[[], Settings]:
    """Gives a library whose first generation is in service and whose working copy has changed, as often as asked."""
    publish(library)
    put(library, "market", MARKET.format(fee=8))

    def copy() -> Settings:
        shutil.rmtree(tmp_path / "copy", ignore_errors=True)
        shutil.copytree(library.library_folder, tmp_path / "copy" / "library")
        return settings_in(tmp_path / "copy")

    return copy


def steps_of(settings: Settings, steps: tuple[str, ...]) -> int:
    with pytest.MonkeyPatch.context() as patch:
        disk = Disk(patch, 10_000, PowerCut(), steps)
        publish(settings)
    return disk.count


@pytest.mark.parametrize(
    ("fault", "steps"),
    [(PowerCut(), CHANGING), (OSError(errno.ENOSPC, "No space left on device"), NEEDING_ROOM)],
    ids=["cut off", "no room"],
)
def test_whatever_happens_the_old_generation_is_in_service_or_the_new(
    shelf: Callable[[], Settings], fault: BaseException, steps: tuple[str, ...]
) -> None:
    served: list[int] = []
    for at in range(steps_of(shelf(), steps)):
        settings = shelf()
        with pytest.MonkeyPatch.context() as patch:
            Disk(patch, at, fault, steps)
            with suppress(PowerCut, PolicyQAError):
                publish(settings)
        number = published(settings) or 0
        served.append(number)
        assert number in (1, 2)
        if at % 10 == 0:
            assert ("5元" if number == 1 else "8元") in fee(settings)
            publish(settings)
            assert "8元" in fee(settings)
            folder = generations_folder(settings.library_folder)
            names = {path.name for path in folder.iterdir() if path.name != "LOCK"}
            assert names == {"CURRENT", "segments", *Generations(folder).names()}
    assert served == sorted(served)
    assert {1, 2} == set(served)
