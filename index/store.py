"""The index on disk: immutable generations, manifest last, atomic switch.

    POLICYQA_INDEX/
    ├── CURRENT    the generation in use and the SHA-256 of its manifest; replaced in one step
    ├── LOCK       held by the build that is writing; others wait
    └── 0007/      see `index.generation`

A build never touches the generation in use, so a reader sees the old index or the new one, never half of one. What
CURRENT says seals the manifest, and the manifest seals every file.
"""

import os
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from filelock import FileLock

from corpus.corpus import Corpus
from corpus.errors import IndexDamagedError, IndexMissingError, StoreError
from index.encoder.encoder import Encoder
from index.engines.engine import Engine, Progress
from index.engines.ledger import Ledger
from index.faults import damaged, mismatch
from index.generation import read_file, read_generation, read_manifest, write_file, write_generation
from index.identity import Identity, identity
from index.index import Index
from index.lexicon.expansion import Lexicon, load_lexicon
from index.query import QueryReader

_CURRENT = "CURRENT"
_DRAFT = "CURRENT.new"
_LOCK = "LOCK"
_GENERATION = re.compile(r"[0-9]{4,}")
_POINTER = re.compile(r"([0-9]{4,}) ([0-9a-f]{64})\n")
_MOST_POINTER = 200  # bytes
_OLD_POINTER = re.compile(r"[0-9]{4,}\n?")  # until format 2
_NAMES = {
    "format": ("索引格式", "index format"),
    "corpus": ("文件", "corpus"),
    "words": ("分词表或词典", "tokenizer or lexicon"),
    "forms": ("问法", "set of forms of questions"),
    "encoder": ("编码模型", "encoder"),
    "layers": ("通俗说明", "set of records"),
    "second": ("第二个编码模型", "second encoder"),
}


def save_index(
    index: Index, path: Path, engine: Engine | None = None, progress: Progress = lambda _done, _of: None
) -> Path:
    """Write a new generation beside the one in use, switch to it, drop all but these two; returns its folder.

    With an engine, vectors and postings go there; `progress` is told how many rows have gone.

    A second build waits for the first. What a build that failed has left is removed, by itself or by the next one;
    anything else in the folder stays. Raises StoreError when the folder cannot be written, EngineError.
    """
    ledger = Ledger(path, engine, progress) if engine else None
    return write_under(path, lambda folder: write_generation(index, folder, ledger), ledger)


def write_under(path: Path, fill: Callable[[Path], str], ledger: Ledger | None = None) -> Path:
    """The same with another way to fill the new generation's empty folder, which returns its manifest's SHA-256.

    `ledger` is that of the engine which holds a part of it, if any.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        with FileLock(path / _LOCK):
            return _save(fill, path, ledger)
    except (OSError, NotImplementedError) as error:  # the latter: a file system without locks
        raise StoreError(
            f"cannot write the index at {path}: {error}; make room, or choose another folder with "
            "POLICYQA_INDEX (请腾出空间，或用 POLICYQA_INDEX 换一个文件夹)"
        ) from error


def open_index(
    path: Path,
    corpus: Corpus,
    encoder: Encoder,
    lexicon: Lexicon | None = None,
    second: Encoder | None = None,
    *,
    engine: Engine | None = None,
) -> Index:
    """Open the generation in use, with the shipped lexicon unless another is given.

    Raises IndexMissingError, IndexDamagedError (names the file), IndexMismatchError (names what differs), EngineError.
    """
    reader = QueryReader(encoder, lexicon or load_lexicon())
    name, sha256 = pointer = _read_pointer(path)
    while True:
        try:
            return open_sealed(path / name, sha256, corpus, reader, second, engine=engine)
        except IndexDamagedError:
            name, sha256 = latest = _read_pointer(path)
            if latest == pointer:
                raise
            pointer = latest  # two builds ended meanwhile, and the second removed what was being read


def open_sealed(
    folder: Path,
    sha256: str,
    corpus: Corpus,
    reader: QueryReader,
    second: Encoder | None = None,
    *,
    engine: Engine | None = None,
) -> Index:
    """Open one generation by the digest of its manifest. Raises IndexDamagedError, IndexMismatchError, EngineError."""
    manifest = read_manifest(folder, sha256)
    check_identity(manifest["identity"], identity(corpus, reader.encoder, reader.lexicon, second), folder)
    return read_generation(folder, manifest, corpus, reader, second, engine=engine)


def current_generation(path: Path) -> tuple[Path, dict[str, Any]]:
    """The folder of the generation in use and its manifest. Raises IndexMissingError, IndexDamagedError."""
    name, sha256 = _read_pointer(path)
    return path / name, read_manifest(path / name, sha256)


def _save(fill: Callable[[Path], str], path: Path, ledger: Ledger | None) -> Path:
    """The build itself, alone in the folder."""
    in_use = _in_use(path)
    _remove_debris(path, keep={in_use})
    numbers = [int(entry.name) for entry in path.iterdir() if _GENERATION.fullmatch(entry.name)]
    generation = path / f"{max(numbers, default=0) + 1:04}"
    generation.mkdir()
    try:
        sha256 = fill(generation)
        if ledger:
            ledger.show(generation)
        _switch(path, f"{generation.name} {sha256}\n")
    except BaseException:
        shutil.rmtree(generation, ignore_errors=True)
        _remove(path / _DRAFT)
        raise
    _remove_debris(path, keep={in_use, generation.name})  # somebody may just be opening the one that was in use
    if ledger:
        ledger.sweep()
    return generation


def _switch(path: Path, pointer: str) -> None:
    """Replace CURRENT in one step: readers see the old content or the new."""
    write_file(path / _DRAFT, pointer.encode())
    if (path / _CURRENT).is_dir():  # nothing that a build makes, and nothing that a file can replace
        _remove(path / _CURRENT)
    (path / _DRAFT).replace(path / _CURRENT)


def _remove_debris(path: Path, keep: set[str]) -> None:
    """Remove older generations and what builds that failed have left."""
    for entry in path.iterdir():
        if _GENERATION.fullmatch(entry.name) and entry.name not in keep and entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
    _remove(path / _DRAFT)


def _remove(path: Path) -> None:
    """Remove what stands there, a file, a link or a folder; nothing where nothing is."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _in_use(path: Path) -> str:
    """The generation in use; an empty name where nothing has been built, or CURRENT cannot be read any more."""
    try:
        return _parse_pointer(path)[0]
    except StoreError:
        return ""


def _read_pointer(path: Path) -> tuple[str, str]:
    """Name of the generation in use and digest of its manifest. Raises what `open_index` raises."""
    if not os.path.lexists(path / _CURRENT):
        raise IndexMissingError(
            f"{path} 里没有索引，请先运行 policyqa index。No index at {path}; run `policyqa index` first."
        )
    return _parse_pointer(path)


def _parse_pointer(path: Path) -> tuple[str, str]:
    content = read_file(path / _CURRENT, _MOST_POINTER).decode(errors="replace")
    if _OLD_POINTER.fullmatch(content):
        raise mismatch(path, "另一种索引格式", "another index format")
    match = _POINTER.fullmatch(content)
    if not match:
        raise damaged(path / _CURRENT, "里没有写明用哪一代索引", "names no generation")
    return match[1], match[2]


def check_identity(built: Mapping[str, str], wanted: Identity, path: Path) -> None:
    """Raises IndexMismatchError, which names what an index was built with that is another now."""
    differing = [_NAMES[key] for key, value in asdict(wanted).items() if built.get(key, "") != value]
    if differing:
        chinese, english = zip(*differing, strict=True)
        raise mismatch(path, f"另外的{'、'.join(chinese)}", f"another {' and '.join(english)}")
