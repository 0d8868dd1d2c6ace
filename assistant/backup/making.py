"""Making a backup while the service runs. It waits for a publication that goes on, and answers wait for nothing."""

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path
from tempfile import TemporaryDirectory

from filelock import FileLock, Timeout

from assistant.backup import archive
from assistant.backup.archive import CALIBRATION, DATABASE, KEYS, LIBRARY, SETTINGS, Contents
from assistant.backup.rows import export_rows, tables
from assistant.database.database import Database
from assistant.database.schema import newest
from assistant.publication.generations import DRAFT, NEXT, Generations
from assistant.publication.generations import LOCK as PUBLISHING
from assistant.publication.running import RUNNING
from assistant.settings import Settings
from corpus.errors import InputError
from corpus.library.place import CURRENT, GENERATIONS, LOCK, generations_folder, pointer_in

_LOG = logging.getLogger(__name__)
STATE, FEEDBACK = "state", "feedback"


def databases(settings: Settings) -> dict[str, Path | str]:
    """The databases by name; where answers lie beside the rest, there is one."""
    found = {STATE: settings.state}
    if settings.feedback and settings.feedback != settings.state:
        found[FEEDBACK] = settings.feedback
    return found


def make_backup(
    settings: Settings, file: Path, *, with_keys: bool = False, settings_file: Path | None = None
) -> Contents:
    """Write everything that the office has added into an archive, as it is at one moment.

    `with_keys`: also the keys of telephone numbers, which then can be read by whoever has the archive.
    Raises InputError where the file is there or cannot be written, DatabaseError, StoreError.
    """
    if os.path.lexists(file):
        raise InputError(f"{file} 已经存在，请换一个名字。{file} is there already; choose another name.")
    try:
        with TemporaryDirectory(prefix=f".{file.name}-", dir=file.parent) as temporary:
            folder = Path(temporary)
            created = datetime.now(UTC).isoformat()
            rows = {name: _export(where, folder / DATABASE / name) for name, where in databases(settings).items()}
            pointer = _copy_library(settings.library_folder, folder / LIBRARY)
            _copy_file(settings.calibration_file, folder / CALIBRATION)
            if with_keys:
                _copy_file(settings.keys, folder / KEYS)
            if settings_file:
                _copy_file(settings_file, folder / SETTINGS)
            contents = Contents(
                version=_version(),
                created=created,
                revisions=dict.fromkeys(rows, newest()),
                rows=rows,
                generation=int(pointer[0]) if pointer else None,
                index_version=_index_version(folder / LIBRARY),
                files=archive.seals(folder),
            )
            archive.pack(folder, contents, file)
    except OSError as error:
        raise InputError(
            f"无法写入备份 {file}（{error}）；请腾出空间，或换一个地方。"
            f"The backup {file} cannot be written: make room, or choose another place."
        ) from error
    return contents


def _export(where: Path | str, folder: Path) -> dict[str, int]:
    """Every table of a database, all of the same moment, whatever is written meanwhile."""
    folder.mkdir(parents=True)
    database = Database(where)
    try:
        with database.snapshot() as connection:
            return {name: export_rows(connection, name, folder / f"{name}.jsonl") for name in tables(connection)}
    finally:
        database.close()


def _copy_library(library: Path, target: Path) -> tuple[str, str] | None:
    """The library as it is between two changes; the pointer to the generation in service."""
    if not library.is_dir():
        return None
    with _unchanged(library):
        shutil.copytree(library, target, copy_function=_copying(library), ignore=_passing)
    return pointer_in(generations_folder(target) / CURRENT)


@contextmanager
def _unchanged(library: Path) -> Iterator[None]:
    """Nobody publishes, adds or removes meanwhile."""
    with ExitStack() as held:
        if (published := generations_folder(library)).is_dir():
            held.enter_context(_held(published / PUBLISHING))
        held.enter_context(_held(library / LOCK))
        yield


@contextmanager
def _held(lock: Path) -> Iterator[None]:
    """The lock is held; whoever has to wait for it is told, for a publication may take minutes."""
    found = FileLock(lock)
    try:
        found.acquire(timeout=0)
    except Timeout:
        _LOG.warning(
            "文件库正在发布或修改，备份等它结束。"
            "The library is being published or changed; the backup waits for it to end."
        )
        found.acquire()
    try:
        yield
    finally:
        found.release()


def _passing(_folder: str, names: list[str]) -> set[str]:
    """What is of this moment and this machine alone."""
    return {one for one in names if one in {LOCK, PUBLISHING, NEXT, RUNNING} or one.startswith(DRAFT)}


def _copying(library: Path) -> Callable[[str, str], object]:
    """How a file of the library is copied. A generation never changes, so a second name will do for its files."""

    def copy(source: str, target: str) -> None:
        inside = Path(source).relative_to(library).parts
        if inside[0] == GENERATIONS and inside[1].isdecimal():
            try:
                os.link(source, target)
                return
            except OSError:  # another file system
                pass
        shutil.copy(source, target)

    return copy


def _copy_file(source: Path, target: Path) -> None:
    if source.is_file():
        shutil.copy(source, target)


def _index_version(library: Path) -> str | None:
    generations = Generations(generations_folder(library))
    pointer = generations.current() if library.is_dir() else None
    return generations.manifest(pointer).index_version if pointer else None


def _version() -> str:
    try:
        return installed_version("policyqa")
    except PackageNotFoundError:  # run from its sources
        return "0"
