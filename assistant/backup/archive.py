"""The archive of a backup: a tar of files, sealed by the manifest that stands first in it.

manifest.json           format, version, moment, what it holds, size and SHA-256 of every other file
database/state/         a table a file, see `rows`; database/feedback/ beside it where that is another database
library/                as the library lies on the disk, without locks, drafts and the list of servers
calibration.json, policyqa.toml, keys   where there are any; the keys only where asked for
"""

import hashlib
import json
import os
import shutil
import tarfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.errors import InputError

MANIFEST = "manifest.json"
FORMAT = 1
DATABASE, LIBRARY, CALIBRATION, SETTINGS, KEYS = "database", "library", "calibration.json", "policyqa.toml", "keys"
_TOP = frozenset({MANIFEST, DATABASE, LIBRARY, CALIBRATION, SETTINGS, KEYS})
_CHUNK = 1 << 20
_MOST_MANIFEST = 200_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup says of itself."""

    version: str  # of the program
    created: str  # ISO 8601, UTC: what was committed before is in it
    revisions: Mapping[str, str]  # database → revision of its schema
    rows: Mapping[str, Mapping[str, int]]  # database → table → rows
    generation: int | None  # of the library in service
    index_version: str | None  # of that generation
    files: Mapping[str, tuple[int, str]]  # path → bytes, SHA-256; every file but the manifest


def pack(folder: Path, contents: Contents, file: Path) -> None:
    """Write the archive of a folder, readable by its owner alone, there whole or not at all. Raises OSError."""
    (folder / MANIFEST).write_text(json.dumps({"format": FORMAT, **asdict(contents)}, ensure_ascii=False, indent=1))
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with open(draft, "xb", opener=_owner_alone) as opened:
            with tarfile.open(fileobj=opened, mode="w:gz", compresslevel=3, dereference=True) as archive:
                for name in (MANIFEST, *contents.files):
                    archive.add(folder / name, name, recursive=False, filter=_nobodys)
            opened.flush()
            os.fsync(opened.fileno())
        os.link(draft, file)  # never over another
    finally:
        draft.unlink(missing_ok=True)


def unpack(file: Path, folder: Path) -> Contents:
    """Write what is in an archive into an empty folder, every file compared with its seal.

    Raises InputError where the archive is damaged, altered, of another kind or of a later format; OSError where the
    folder cannot be written.
    """
    try:
        with tarfile.open(file, "r:gz") as archive:
            contents = _contents(archive)
            left = dict(contents.files)
            while member := archive.next():
                size, sha256 = left.pop(_name(member))
                if member.size != size:
                    raise ValueError(member.name)
                _extract(archive, member, folder, sha256)
        if left:
            raise ValueError(f"{min(left)}: missing")
    except (tarfile.TarError, zlib.error, EOFError, ValueError, KeyError, TypeError) as error:
        raise _damaged(file, error) from error
    except OSError as error:
        if isinstance(error, FileNotFoundError) and error.filename == str(file):
            raise InputError(f"没有 {file} 这个文件，请改正。There is no file {file}; correct it.") from error
        if error.errno is None:  # gzip: no such format, or a checksum that does not hold
            raise _damaged(file, error) from error
        raise
    return contents


def seals(folder: Path) -> dict[str, tuple[int, str]]:
    """Size and SHA-256 of every file in a folder, by path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): (path.stat().st_size, _sha256(path)) for path in files}


def _contents(archive: tarfile.TarFile) -> Contents:
    first = archive.next()
    opened = archive.extractfile(first) if first and first.name == MANIFEST and first.size < _MOST_MANIFEST else None
    if opened is None:
        raise ValueError(f"{MANIFEST} is not the first file")
    table: dict[str, Any] = json.loads(opened.read())
    if (kind := table.pop("format")) != FORMAT:
        raise ValueError(f"format {kind}; upgrade policyqa")
    files = {name: (int(size), str(sha256)) for name, (size, sha256) in table.pop("files").items()}
    return Contents(**table, files=files)


def _name(member: tarfile.TarInfo) -> str:
    """The path of a member, which is a file inside one of the places of a backup."""
    parts = member.name.split("/")
    if not member.isreg() or parts[0] not in _TOP or any(part in {"", ".", ".."} for part in parts):
        raise ValueError(f"{member.name!r} does not belong into a backup")
    return member.name


def _extract(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path, sha256: str) -> None:
    archive.extract(member, folder, filter="data")  # refuses a path that leads out of the folder
    if _sha256(folder / member.name) != sha256:
        raise ValueError(f"{member.name}: SHA-256")


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _owner_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _nobodys(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def _damaged(file: Path, error: Exception) -> InputError:
    return InputError(
        f"{file} 不是完整的备份（{error}），没有改动任何东西；请换一份备份。"
        f"{file} is no whole backup; nothing was changed. Take another one."
    )


def remove(path: Path) -> None:
    """Remove a file or a folder, where there is one."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
