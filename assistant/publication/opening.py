"""A published generation as an index in memory, from its own files alone."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.opening import engine_of
from assistant.publication.generations import Generations, Manifest, Pointer, damaged
from assistant.publication.switching import Show
from assistant.settings import Settings
from corpus.corpus import Corpus
from corpus.errors import StoreError
from corpus.library.place import DOCUMENTS, generations_folder
from corpus.parsed import corpus_from_json
from index.encoder.encoder import load_encoder, load_second_encoder
from index.engines.engine import Progress
from index.engines.ledger import Ledger
from index.index import Index
from index.lexicon.expansion import load_lexicon
from index.lexicon.lexicon import LEXICON
from index.query import QueryReader
from index.store import open_sealed

INDEX, CORPUS = "index", "corpus.json"


@dataclass(frozen=True, slots=True)
class Published:
    """A generation in memory."""

    pointer: Pointer
    manifest: Manifest
    index: Index
    documents: Path  # the folder of its texts, facts, records and terms


def open_current(settings: Settings, like: Index | None = None) -> Published | None:
    """The generation in service; None before the first, or where a folder of documents is served as it stands.

    Raises what `open_generation` raises.
    """
    if settings.corpus is not None:
        return None
    generations = Generations(generations_folder(settings.library_folder))
    pointer = generations.current()
    while pointer:
        try:
            return open_generation(settings, pointer, like)
        except StoreError:
            if (latest := generations.current()) == pointer:
                raise
            pointer = latest  # publications went on meanwhile, and what was being read is gone
    return None


def open_generation(settings: Settings, pointer: Pointer, like: Index | None = None) -> Published:
    """A generation by its pointer. Of an index that is open, `like`, the encoders are taken over.

    Raises StoreError where it is missing, damaged or was built by another program, EngineError.
    """
    generations = Generations(generations_folder(settings.library_folder))
    manifest, folder = generations.manifest(pointer), generations.folder / pointer.name
    index = open_index_in(folder, manifest.index, corpus_in(folder, manifest), settings, like)
    return Published(pointer, manifest, index, folder / DOCUMENTS)


def open_index_in(folder: Path, sha256: str, corpus: Corpus, settings: Settings, like: Index | None = None) -> Index:
    """The index of a generation in a folder, over its documents; its own manifest has this digest."""
    encoder = like.encoder if like else load_encoder(settings.encoder)
    second = like.second.encoder if like and like.second else load_second_encoder(settings.second_encoder)
    reader = QueryReader(encoder, load_lexicon(folder / LEXICON))
    index = open_sealed(folder / INDEX, sha256, corpus, reader, second, engine=engine_of(settings))
    index = index if settings.plain else index.without_plain()
    return index if settings.induced else index.without_induced()


def ledger_of(settings: Settings, progress: Progress = lambda _done, _of: None) -> Ledger | None:
    """What the engine of the settings holds of the library's generations; None for the embedded one."""
    engine = engine_of(settings)
    return Ledger(generations_folder(settings.library_folder), engine, progress) if engine else None


def shown(settings: Settings) -> Show | None:
    """What the engine of the settings is to be told when a generation is put in service."""
    ledger = ledger_of(settings)
    return ledger.show if ledger else None


def corpus_in(folder: Path, manifest: Manifest) -> Corpus:
    """Its documents as they were parsed when it was built."""
    try:
        data = (folder / CORPUS).read_bytes()
    except OSError as error:
        raise damaged(folder / CORPUS) from error
    if hashlib.sha256(data).hexdigest() != manifest.files.get(CORPUS):
        raise damaged(folder / CORPUS)
    return corpus_from_json(data, str(folder / CORPUS))


def facts_version(corpus: Corpus) -> str:
    """Twelve hexadecimal digits of what is known of the documents beside what is searched: days, status, source."""
    digest = hashlib.sha256()
    for document in corpus.documents:
        digest.update(repr(replace(document, text="")).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:12]
