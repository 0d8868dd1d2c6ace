"""From received bytes to the text every offset refers to.

Wording and punctuation stay as received, because quotes are verbatim; only what cannot be seen is made uniform.
"""

import stat
from pathlib import Path

from corpus.errors import DocumentError
from corpus.readers.normal_form import normalise_text

MOST_BYTES = 20_000_000  # of one file; the longest law has less than one million characters


def decode(data: bytes, file: str) -> str:
    """Normalised text of UTF-8 `data` (a byte order mark is allowed); `file` is named in errors.

    Raises DocumentError when the bytes are not UTF-8 or hold nothing visible.
    """
    try:
        text = normalise_text(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DocumentError(f"{file}:{line}: byte {error.start} is not UTF-8; save the file as UTF-8") from error
    if not text.strip():
        raise DocumentError(f"{file}:1: the file holds no text; put the document's text into it")
    return text


def read_file(path: Path, within: Path | None = None) -> bytes:
    """The bytes of one file of at most `MOST_BYTES`.

    Raises DocumentError when it cannot be read, is larger, is no ordinary file (a pipe, a device), or is a link to a
    place outside the folder `within`.
    """
    try:
        if within is not None and not path.resolve(strict=True).is_relative_to(within.resolve()):
            raise DocumentError(f"{path}:1: a link out of its folder; put the file itself there")
        if not stat.S_ISREG(path.stat().st_mode):
            raise DocumentError(f"{path}:1: not an ordinary file; put a file in its place")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, RuntimeError) as error:  # the latter: links that lead in a circle
        reason = error.strerror if isinstance(error, OSError) else error
        raise DocumentError(f"{path}:1: cannot be read ({reason}); check path and permissions") from error
    if len(data) > MOST_BYTES:
        raise DocumentError(f"{path}:1: more than {MOST_BYTES // 1_000_000} MB; split the document")
    return data


def read_text(path: Path, within: Path | None = None) -> str:
    """Normalised text of a file. Raises DocumentError as `decode` and `read_file` do."""
    return decode(read_file(path, within), str(path))
