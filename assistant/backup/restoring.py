"""Putting a backup back: everything is written beside what is there and checked, then takes its place.

Files and folders that make way stay beside the new ones, as NAME.before-restore. Whatever fails before the last step
changes nothing; where the last step itself fails, what was moved is moved back.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from assistant.backup import archive
from assistant.backup.archive import CALIBRATION, DATABASE, KEYS, LIBRARY, Contents
from assistant.backup.making import databases
from assistant.backup.rows import import_rows, is_empty, tables
from assistant.database.database import Database, engine_of
from assistant.database.schema import drop_tables, make_tables, revisions, upgrade
from assistant.publication.generations import Generations
from assistant.publication.running import RUNNING, all_servers
from assistant.settings import PREFIX, Settings
from corpus.errors import DatabaseError, InputError, SettingsError
from corpus.library.place import LOCK, generations_folder

BEFORE = ".before-restore"
_SECONDS = 30  # to wait for a database
_SIDES = ("-wal", "-shm")  # what SQLite keeps beside a file


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of it."""

    contents: Contents
    before: tuple[Path, ...]  # what made way, under the names that it has now


def restore_backup(settings: Settings, file: Path, *, replace: bool = False) -> Restored:
    """Put a backup in the places that the settings name. `replace`: though something is there.

    Raises InputError where the archive is damaged, a server runs, or something is there; SettingsError where the
    databases are others than those of the backup; DatabaseError, StoreError.
    """
    if running := all_servers(settings.library_folder):
        raise InputError(
            f"服务还在运行（进程 {running[0].process}），请先停止。"
            f"A server runs (process {running[0].process}); stop it first."
        )
    beside = settings.index.parent
    try:
        beside.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".restoring-", dir=beside) as temporary:
            folder = Path(temporary)
            contents = archive.unpack(file, folder)
            stores = _stores(settings, contents)
            moves = dict(_moves(settings, folder))
            if not replace:
                _refuse_occupied(moves, stores)
            return Restored(contents, _switch(folder, contents, stores, moves))
    except OSError as error:
        raise InputError(
            f"无法恢复（{error}），没有改动任何东西；请腾出空间，或检查权限。"
            "It cannot be restored, and nothing was changed: make room, or check permissions."
        ) from error


def _stores(settings: Settings, contents: Contents) -> dict[str, Path | str]:
    """Which database each of those in the backup goes into."""
    stores = databases(settings)
    if stores.keys() != contents.rows.keys():
        raise SettingsError(
            f"备份里有 {len(contents.rows)} 个数据库，这里设置了 {len(stores)} 个；请像备份时那样设置。"
            f"The backup holds {len(contents.rows)} database(s), and {len(stores)} are set here: set {PREFIX}DATABASE "
            f"and {PREFIX}FEEDBACK as they were."
        )
    for revision in contents.revisions.values():
        if revision not in revisions():
            raise InputError(
                f"备份来自更新的程序（{contents.version}），请先升级 policyqa。"
                f"The backup was made by a newer program ({contents.version}); upgrade policyqa first."
            )
    return stores


def _moves(settings: Settings, folder: Path) -> Iterator[tuple[Path, Path]]:
    """Target → what comes there, of files and folders."""
    named = ((LIBRARY, settings.library_folder), (CALIBRATION, settings.calibration_file), (KEYS, settings.keys))
    for name, target in named:
        if (folder / name).exists():
            yield target, folder / name


def _refuse_occupied(moves: dict[Path, Path], stores: dict[str, Path | str]) -> None:
    occupied = [str(target) for target in moves if _is_occupied(target)]
    for name, where in stores.items():
        if isinstance(where, Path) and not where.exists():
            continue
        database = Database(where)
        with database.transaction() as connection:
            if not is_empty(connection):
                occupied.append(str(where) if isinstance(where, Path) else name)
        database.close()
    if occupied:
        raise InputError(
            f"这里已有内容：{'、'.join(occupied)}；没有改动。要用备份替换，请加 --replace。"
            "Something is there already, and nothing was changed; add --replace to put the backup in its place."
        )


def _is_occupied(target: Path) -> bool:
    if target.is_dir():
        return any(one.name not in {LOCK, RUNNING} for one in target.iterdir())
    return target.exists()


def _switch(
    folder: Path, contents: Contents, stores: dict[str, Path | str], moves: dict[Path, Path]
) -> tuple[Path, ...]:
    """Write the databases, then move everything at once; a database server's transaction ends last."""
    with ExitStack() as open_transactions:
        for name, where in stores.items():
            rows = folder / DATABASE / name
            if isinstance(where, Path):
                made = folder / f"{name}.sqlite3"
                made.touch(mode=0o600)
                with _filled(made, rows, contents, name):
                    pass
                moves[where] = made
            else:
                open_transactions.enter_context(_filled(where, rows, contents, name))
        if LIBRARY in {path.name for path in moves.values()}:
            _check_library(folder / LIBRARY)
        return _moved(moves)


@contextmanager
def _filled(where: Path | str, rows: Path, contents: Contents, name: str) -> Iterator[None]:
    """A transaction in which a database has its tables of the backup, upgraded to those of this program."""
    engine: Engine = engine_of(where, _SECONDS)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            drop_tables(connection)
            make_tables(connection, contents.revisions[name])
            _fill(connection, rows, contents.rows[name])
            upgrade(connection)
            yield
    except SQLAlchemyError as error:
        cause = str(getattr(error, "orig", None) or error).partition("\n")[0]
        raise DatabaseError(
            f"数据库写不进去（{cause}），没有改动任何东西；请检查后再试。"
            "The database cannot be written, and nothing was changed; check it and try again."
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"备份里的数据读不懂（{error}），没有改动任何东西；请换一份备份。"
            "The rows of the backup cannot be read, and nothing was changed; take another one."
        ) from error
    finally:
        engine.dispose()


def _fill(connection: Connection, rows: Path, counted: object) -> None:
    known = {name: rows / f"{name}.jsonl" for name in tables(connection)}
    if {one.stem for one in rows.glob("*.jsonl")} - known.keys():
        raise ValueError("tables that nobody knows")
    found = {name: import_rows(connection, name, file) for name, file in known.items() if file.exists()}
    if found != counted:
        raise ValueError("rows are missing")


def _check_library(library: Path) -> None:
    """Every file of the generation in service is as it was sealed. Raises StoreError."""
    generations = Generations(generations_folder(library))
    if pointer := generations.current():
        generations.check(pointer)


def _moved(moves: dict[Path, Path]) -> tuple[Path, ...]:
    """Every file and folder is in its place, or where one cannot be, none; what made way, where it is now."""
    ready = {target: target.with_name(f".{target.name}.restoring-{os.getpid()}") for target in moves}
    done: list[tuple[Path, Path]] = []  # from, to
    try:
        for target, new in moves.items():  # what may take long, and fail: another file system
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(new, ready[target])
        for target, new in ready.items():
            for side in ("", *_SIDES):
                old = target.with_name(target.name + side)
                archive.remove(_before(old))
                if os.path.lexists(old):
                    _rename(old, _before(old), done)
            _rename(new, target, done)
    except BaseException:
        for source, target in reversed(done):
            with suppress(OSError):
                target.rename(source)
        raise
    finally:
        for left in ready.values():
            archive.remove(left)
    return tuple(target for _, target in done if target.name.endswith(BEFORE))


def _rename(source: Path, target: Path, done: list[tuple[Path, Path]]) -> None:
    source.rename(target)
    done.append((source, target))


def _before(path: Path) -> Path:
    return path.with_name(path.name + BEFORE)
