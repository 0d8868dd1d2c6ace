"""How much is read, and from where: an ordinary file of bounded size, inside its folder."""

import stat
from pathlib import Path
from typing import BinaryIO

from corpus.errors import DocumentError

MOST_BYTES = 20_000_000  # of a text, a page or a list of facts; the longest law has less than one million characters
MOST_BYTES_OF_PAGES = 100_000_000  # of formats that hold pictures: pdf, Word, scans
MOST_CHARACTERS = 2_000_000  # of one document; the longest law has less than half
_MEGABYTE = 1_000_000


def read_file(path: Path, within: Path | None = None, most: int = MOST_BYTES) -> bytes:
    """The bytes of one file of at most `most`; of a larger one nothing is read.

    Raises DocumentError when it cannot be read, is larger, is no ordinary file (a pipe, a device), or is a link to a
    place outside the folder `within`.
    """
    try:
        if within is not None and not path.resolve(strict=True).is_relative_to(within.resolve()):
            raise DocumentError(
                f"{path}:1: 这是指向文件夹之外的链接，请把文件本身放进来。"
                "a link out of its folder; put the file itself there"
            )
        if not stat.S_ISREG(path.stat().st_mode):  # asked before it is opened, because opening a pipe would wait
            raise DocumentError(f"{path}:1: 不是普通文件，请换成文件。not an ordinary file; put a file in its place")
        with path.open("rb") as file:
            return _bytes(file, path, most)
    except (OSError, RuntimeError) as error:  # the latter: links that lead in a circle
        reason = error.strerror if isinstance(error, OSError) else error
        raise DocumentError(
            f"{path}:1: 无法读取，请检查路径和权限。cannot be read ({reason}); check path and permissions"
        ) from error


def too_large(file: str, size: int, most: int) -> DocumentError:
    """The error about a file of `size` bytes where `most` are read."""
    return DocumentError(
        f"{file}:1: 文件 {-(-size // _MEGABYTE)} MB，超过上限 {most // _MEGABYTE} MB，请拆分或压缩图片后再放入。"
        f"more than {most // _MEGABYTE} MB; split the document or make its pictures smaller"
    )


def too_long(file: str, characters: int) -> DocumentError:
    """The error about a file of more characters than a document has."""
    return DocumentError(
        f"{file}:1: 全文 {characters} 字，超过上限 {MOST_CHARACTERS} 字，请拆分成几份文件。"
        f"more than {MOST_CHARACTERS} characters; split it into several documents"
    )


def _bytes(file: BinaryIO, path: Path, most: int) -> bytes:
    size = path.stat().st_size
    data = file.read(most + 1) if size <= most else b""
    if max(size, len(data)) > most:  # the latter: it grows while it is read
        raise too_large(str(path), max(size, len(data)), most)
    return data
