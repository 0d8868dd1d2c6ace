"""A generation while it is built: a folder that no reader looks at until it has taken its name."""

import hashlib
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from assistant.publication.generations import DRAFT, MANIFEST, Manifest, Pointer, sync_folder
from assistant.publication.opening import CORPUS, INDEX, open_index_in
from assistant.settings import Settings
from corpus.corpus import Corpus
from corpus.errors import DocumentError, InputError
from corpus.library.place import DOCUMENTS
from corpus.library.writing import write
from corpus.parsed import corpus_from_json, corpus_to_json
from corpus.parsing import parse_folder
from corpus.readers.cache import SourceCache
from corpus.readers.folder import CONDITIONS, FACTS, GLOSSARY, RECORDS, SERVICES, find_files
from corpus.readers.registry import read_document_file
from corpus.reading import document_id
from corpus.records.services import read_services
from corpus.segment_store import SegmentFolder, SegmentStore
from index.building import build_index
from index.encoder.encoder import load_encoder, load_second_encoder
from index.engines.ledger import Ledger
from index.generation import write_generation
from index.index import Index
from index.lexicon.expansion import load_lexicon
from index.lexicon.lexicon import LEXICON


@dataclass(frozen=True, slots=True)
class Built:
    """What a draft holds once it is indexed."""

    documents: Path
    corpus: Corpus
    index: Index  # as it was read back from the draft
    index_sha256: str
    encoded: int  # documents that were encoded anew
    segments: frozenset[str]  # the keys of what it is made of


class Draft:
    """The folder of one generation that is not published yet. Every method raises OSError where it cannot write."""

    def __init__(self, generations: Path, number: int) -> None:
        self.number = number
        self.name = f"{number:04}"
        self.folder = generations / f"{DRAFT}{self.name}"
        self._home = generations / self.name

    def collect(self, source: Path, before: Path | None, without: str | None = None) -> None:
        """Take the documents of a library or a generation as received, without one of them, and the office's words.

        Files that are as they were `before`, in an older generation, are not stored twice.
        """
        documents = source / DOCUMENTS
        files = find_files(documents)
        if files.failures:
            raise DocumentError("\n".join(map(str, files.failures)).replace(f"{documents}{os.sep}", ""))
        kept = [file for file in files.documents if document_id(file.path) != without]
        if not kept:
            raise InputError(
                "文件库不能是空的，请先放入别的文件：policyqa documents add。"
                "The library must not be empty; add another document first."
            )
        for path in (path for file in kept for path in file.files):
            self._take(path, source, before)
        for path in (documents / GLOSSARY, source / LEXICON, *files.services):
            if path.is_file():
                self._take(path, source, before)

    def _take(self, path: Path, source: Path, before: Path | None) -> None:
        data = _bytes(path, source)
        relative = path.relative_to(source)
        target, older = self.folder / relative, before / relative if before else None
        target.parent.mkdir(parents=True, exist_ok=True)
        if older and older.is_file() and older.read_bytes() == data:
            with suppress(OSError):  # a file system without links
                os.link(older, target)  # a generation is never written to again
                return
        write(target, data)

    def build(self, settings: Settings, like: Index | None, ledger: Ledger | None = None) -> Built:
        """Read and index the documents, then open what was written; `ledger` is that of another engine, if any.

        Raises DocumentError naming every bad file, EngineError.
        """
        segments, encoded = _Asked(segment_folder(self.folder.parent)), set[str]()
        parsed = parse_folder(self.folder / DOCUMENTS, segments, SourceCache(settings.kept_sources))
        faults = parsed.failures or read_services(self.folder / DOCUMENTS, parsed.corpus).faults
        if faults:  # else whoever opens it would refuse to serve it
            raise DocumentError("\n".join(map(str, faults)).replace(f"{self.folder / DOCUMENTS}{os.sep}", ""))
        encoder = like.encoder if like else load_encoder(settings.encoder)
        second = like.second.encoder if like and like.second else load_second_encoder(settings.second_encoder)
        (self.folder / INDEX).mkdir()
        lexicon = load_lexicon(self.folder / LEXICON)
        built = build_index(parsed.corpus, encoder, lexicon, second, segments, encoded=encoded.add)
        sha256 = write_generation(built, self.folder / INDEX, ledger)
        data = corpus_to_json(parsed.corpus)
        self.add(CORPUS, data)
        corpus = corpus_from_json(data, CORPUS)
        index = open_index_in(self.folder, sha256, corpus, settings, like or built)
        return Built(self.folder / DOCUMENTS, corpus, index, sha256, len(encoded), frozenset(segments.keys))

    def add(self, name: str, data: bytes) -> None:
        """One more file."""
        write(self.folder / name, data)

    def files(self) -> Mapping[str, str]:
        """SHA-256 of every file but those of the index, by its path."""
        paths = sorted(path for path in self.folder.rglob("*") if path.is_file())
        names = ((path.relative_to(self.folder).as_posix(), path) for path in paths)
        return {
            name: hashlib.sha256(path.read_bytes()).hexdigest()
            for name, path in names
            if not name.startswith(f"{INDEX}/")
        }

    def seal(self, manifest: Manifest) -> Pointer:
        """Write the manifest, and give the folder the name by which it can be pointed to."""
        data = manifest.to_json()
        write(self.folder / MANIFEST, data)
        for folder in (*(path for path in self.folder.rglob("*") if path.is_dir()), self.folder):
            sync_folder(folder)
        self.folder.rename(self._home)
        sync_folder(self._home.parent)
        return Pointer(self.name, hashlib.sha256(data).hexdigest())

    def discard(self) -> None:
        """Remove all of it, named or not."""
        for folder in (self.folder, self._home):
            shutil.rmtree(folder, ignore_errors=True)


def _bytes(path: Path, source: Path) -> bytes:
    """Of a file that is no link out of the library. Raises DocumentError, which names it from the documents on."""
    try:
        return read_document_file(path, source)
    except DocumentError as error:
        raise DocumentError(str(error).replace(f"{source / DOCUMENTS}{os.sep}", "")) from error


def received_files(files: Mapping[str, str]) -> Mapping[str, str]:
    """Of the files of a generation those that it was made from: documents, facts, records and the office's words."""
    return {name: seal for name, seal in files.items() if name.startswith(f"{DOCUMENTS}/") or name == LEXICON}


def segment_folder(generations: Path) -> SegmentFolder:
    """Where each document is kept as it was parsed and encoded for the newest generation."""
    return SegmentFolder(generations / "segments")


class _Asked:
    """A store that remembers what it was asked for. Satisfies `SegmentStore`."""

    def __init__(self, store: SegmentStore) -> None:
        self._store = store
        self.keys: set[str] = set()

    def get(self, key: str) -> bytes | None:
        self.keys.add(key)
        return self._store.get(key)

    def put(self, key: str, data: bytes) -> None:
        self.keys.add(key)
        self._store.put(key, data)


def changed_documents(files: Mapping[str, str], before: Mapping[str, str]) -> set[str]:
    """The ids of documents of which some file differs, by two generations' seals."""
    differing = {name for name in files.keys() | before.keys() if files.get(name) != before.get(name)}
    services = f"{DOCUMENTS}/{SERVICES}/"
    named = (name for name in differing if name.startswith(f"{DOCUMENTS}/") and not name.startswith(services))
    return {_document(name) for name in named}


def _document(name: str) -> str:
    """The id of the document that a file is of, or stands beside."""
    path = PurePosixPath(name)
    ending = next((one for one in (RECORDS, CONDITIONS, FACTS) if name.lower().endswith(one)), path.suffix)
    return document_id(path.with_name(path.name[: len(path.name) - len(ending)] + ".txt"))
