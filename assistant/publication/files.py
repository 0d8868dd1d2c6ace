"""Files that are a document's, or hold words of it: in any encoding, any format that is read, inside of archives."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from assistant.publication.traces import Gone
from corpus.errors import DocumentError
from corpus.library.place import DOCUMENTS
from corpus.readers.cache import SourceCache
from corpus.readers.folder import SERVICES
from corpus.readers.limits import MOST_BYTES_OF_PAGES
from corpus.readers.registry import Format, detect, read_source

_CODES = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
_WIDE = (b"\xff\xfe", b"\xfe\xff")  # how a text in UTF-16 begins
_BLANKS = b" \t\r\n\v\f"  # no byte of another character in UTF-8 or GB 18030
_WIDE_BLANK = "\u3000".encode()
_ZIP = b"PK"
_DEEPEST = 3  # archives in archives
# Whose words stand in the bytes as they are; a picture would have to be recognised.
_PLAIN = (Format.TEXT, Format.OFFICE, Format.IMAGE)


class Searched:
    """Looks for one document in folders. What two files have in common is read once."""

    def __init__(self, gone: Gone, kept: SourceCache) -> None:
        """`kept` holds what was read from files, so that it need not be read again."""
        self._names = gone.files
        self._quotes = [_forms("".join(quote.split())) for quote in gone.quotes]
        self._kept = kept
        self._known: dict[str, str] = {}

    def below(self, roots: Iterable[Path], *, without: Sequence[Path] = ()) -> Iterator[str]:
        """The files below these folders that hold something of it, in words; what is `without` is left out."""
        for root in roots:
            for path in sorted(root.rglob("*")) if root.is_dir() else ():
                is_left_out = any(path.is_relative_to(one) for one in without)
                if path.is_file() and not is_left_out and (told := self._told(path)):
                    yield f"{path}{told}"

    def _told(self, path: Path) -> str:
        try:
            data = path.read_bytes()
        except OSError as error:
            return f"（读不出来，请自行查看 cannot be read, look at it yourself: {error.strerror}）"
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 not in self._known:
            self._known[sha256] = self._looked_at(data, sha256, path.name)
        return self._known[sha256]

    def _looked_at(self, data: bytes, sha256: str, name: str) -> str:
        if own := self._names.get(sha256):
            return f" = {own}"
        for inside, text in self._texts(data, name):
            if inside in self._names:
                return f" ⊃ {self._names[inside]}"
            if held := sum(any(form in text for form in forms) for forms in self._quotes):
                return f"（{held} 句原文 sentences of it）"
        return ""

    def _texts(self, data: bytes, name: str, depth: int = 0) -> Iterator[tuple[str, bytes]]:
        """The SHA-256 and the words of a file as its bytes have them and as it is read, and of what is packed in it."""
        sha256 = hashlib.sha256(data).hexdigest()
        yield sha256, data  # UTF-16 as it stands
        yield sha256, _squeezed(data)
        if text := self._read(data, name):
            yield sha256, _squeezed(text.encode("utf-8", "replace"))
        if data.startswith(_ZIP) and depth < _DEEPEST:
            for inside, packed in _unpacked(data):
                yield from self._texts(packed, inside, depth + 1)

    def _read(self, data: bytes, name: str) -> str | None:
        if data.startswith(_WIDE):
            return data.decode("utf-16", "replace")
        with suppress(DocumentError):
            format_ = detect(data, name)
            if format_ not in _PLAIN:
                return (self._kept.get(self._kept.key(data, format_)) or read_source(data, name)).text
        return None


def naming(document_id: str, library: Path, *, without: Sequence[Path] = ()) -> Iterator[str]:
    """The lines of a library's own records that name a clause of it, however short the words are that they quote."""
    named = re.compile(rf"(?<![\w.-]){re.escape(document_id)}:(?=\S)")  # as harbin-66:19; a key has a blank behind it
    for path in sorted(library.rglob(f"{DOCUMENTS}/{SERVICES}/**/*")):
        if path.is_file() and not any(path.is_relative_to(one) for one in without):
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
            yield from (f"{path}:{number}" for number, line in enumerate(lines, 1) if named.search(line))


def _forms(quote: str) -> tuple[bytes, ...]:
    """A sentence without blanks as files hold it: in the encodings of Chinese texts, and escaped, as programs write."""
    escaped = json.dumps(quote)[1:-1].encode()
    return tuple({escaped, *(quote.encode(code, "replace") for code in _CODES)})


def _squeezed(data: bytes) -> bytes:
    return data.translate(None, _BLANKS).replace(_WIDE_BLANK, b"")


def _unpacked(data: bytes) -> Iterator[tuple[str, bytes]]:
    """What is packed in an archive; an entry that is too large, damaged or locked is left out."""
    with suppress(BadZipFile, OSError, ValueError), ZipFile(BytesIO(data)) as archive:
        for entry in archive.infolist():
            if not entry.is_dir() and entry.file_size <= MOST_BYTES_OF_PAGES:
                with suppress(BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
                    yield entry.filename, archive.read(entry)
