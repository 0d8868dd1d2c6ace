"""A folder of documents of which only those are parsed that have changed."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path

from corpus.corpus import Corpus
from corpus.errors import DocumentError
from corpus.load import SHIPPED, Progress, files_in, gathered, read_others
from corpus.parsed import ParsedDocument, corpus_of, document_from_json, document_to_json
from corpus.readers.cache import SourceCache, readers_fingerprint
from corpus.readers.folder import DocumentFile
from corpus.readers.limits import read_file
from corpus.readers.registry import read_document_file
from corpus.segment_store import SegmentStore

_CODE = (".py", ".toml", ".csv")
_LIBRARIES = ("opencc", "pyyaml")  # beside those of the readers


@dataclass(frozen=True)
class ParsedFolder:
    """The documents of a folder in order of their ids, and why the other files are not among them."""

    documents: tuple[ParsedDocument, ...]
    failures: tuple[DocumentError, ...]  # each names its file
    skipped: int  # hidden files, locks and the like
    parsed: tuple[str, ...]  # ids of those that were parsed now, in order
    keys: frozenset[str]  # under which its documents are kept

    @cached_property
    def corpus(self) -> Corpus:
        """The documents that were read. Raises DocumentError where there is none."""
        if not self.documents:
            raise DocumentError("\n".join(map(str, self.failures)))
        return corpus_of(self.documents)


def parse_folder(
    folder: Path | None,
    kept: SegmentStore,
    sources: SourceCache | None = None,
    progress: Progress = lambda _done, _of: None,
) -> ParsedFolder:
    """The documents of a folder, the shipped ones without one, as `load.load_folder` reads them, equal by value.

    What `kept` holds is not parsed; what is parsed is kept there, and what is read from a file in `sources`. Raises
    DocumentError where there is no file at all.
    """
    folder = SHIPPED if folder is None else folder
    files = files_in(folder)
    keys = {file.path: key for file in files.documents if (key := _key(file, folder))}
    taken = {path: found for path, key in keys.items() if (found := _taken(kept, key, path))}
    others = read_others(files, folder, taken, sources, progress)
    new = {path: read for path, read in others.items() if not isinstance(read, DocumentError)}
    for path, read in new.items():
        if path in keys and (data := document_to_json(read)):
            kept.put(keys[path], data)
    documents, failures = gathered(files, {**taken, **others})
    parsed = tuple(sorted(read.document.id for read in new.values()))
    used = frozenset(key for path, key in keys.items() if path in taken or path in new)
    return ParsedFolder(documents, failures, files.skipped, parsed, used)


@cache
def fingerprint() -> str:
    """Sixteen hexadecimal digits of all that decides what is parsed from a file: code, words, places, readers."""
    digest = hashlib.sha256(readers_fingerprint().encode())
    home = Path(__file__).parent
    for path in sorted(home.rglob("*")):
        if path.suffix in _CODE and path.parent != SHIPPED:
            digest.update(f"{path.relative_to(home)} ".encode() + path.read_bytes())
    for name in _LIBRARIES:
        digest.update(f"{name} {version(name)}\n".encode())
    return digest.hexdigest()[:16]


def _key(file: DocumentFile, within: Path) -> str | None:
    """A digest of all that a document is parsed from; None where a file of it cannot be read."""
    try:
        contents = list(_contents(file, within))
    except DocumentError:
        return None
    digests = [None if data is None else hashlib.sha256(data).hexdigest() for data in contents]
    return hashlib.sha256(repr((fingerprint(), file.path.name, digests)).encode()).hexdigest()


def _contents(file: DocumentFile, within: Path) -> Iterator[bytes | None]:
    yield read_document_file(file.path, within)
    yield read_file(file.facts, file.facts.parent) if file.facts else None
    yield read_file(file.records, file.records.parent) if file.records else None


def _taken(kept: SegmentStore, key: str, path: Path) -> ParsedDocument | None:
    data = kept.get(key)
    return None if data is None else document_from_json(data, str(path))
