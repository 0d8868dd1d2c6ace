"""What a cached file was made from, as the key in its name: contents, never names or times.

A file is used again only while the data files it was read from, the lexicon, the normaliser and the code of training
are what they were; an edited lexicon therefore reaches the encoder with the next run.
"""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from index.lexicon import lexicon
from index.text.normalizer import VERSION

_LENGTH = 12  # hex digits of a key


def digest(*parts: object) -> str:
    """A key of the given parts, each by its `str`."""
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:_LENGTH]


def files_digest(files: Iterable[Path]) -> str:
    """A key of the contents of files, whatever their folder and order; of absent ones, that they are absent."""
    return digest(*sorted(f"{path.name} {_file_digest(path)}" for path in set(files)))


def lexicon_digest() -> str:
    """A key of the lexicon and the glossary."""
    return lexicon.fingerprint()


@cache
def code_digest() -> str:
    """A key of the code of this package, with the list of what is held out, and of the normaliser."""
    files = sorted(path for path in Path(__file__).parent.iterdir() if path.suffix in {".py", ".txt"})
    return digest(VERSION, *(path.read_text(encoding="utf-8") for path in files))


def _file_digest(path: Path) -> str:
    if not path.exists():
        return "absent"
    state = path.stat()
    return _content_digest(path, state.st_mtime_ns, state.st_size)


@cache
def _content_digest(path: Path, _modified: int, _size: int) -> str:
    """Files of hundreds of megabytes are read once a run."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
