"""The index that a service answers from, opened as the settings say."""

import logging

from assistant.settings import Settings
from corpus.errors import DocumentError, IndexMismatchError
from corpus.load import load_folder
from corpus.readers.cache import SourceCache
from index.encoder.encoder import load_encoder, load_second_encoder
from index.engines.choice import open_engine
from index.engines.engine import Engine
from index.index import Index
from index.store import open_index

_LOG = logging.getLogger(__name__)


def engine_of(settings: Settings) -> Engine | None:
    """The engine that the settings name; None for the embedded one. Raises EngineError without its client."""
    url, token, database = settings.milvus_url, settings.milvus_token, settings.milvus_database
    return open_engine(settings.engine, url or "", token or "", database or "")


def open_served_index(settings: Settings) -> Index:
    """Corpus, encoder and index as the settings say.

    The index rules: where it was built without the files that cannot be read, it is opened without them, and the log
    names them. Raises StoreError when the index is missing, damaged or built from something else, EngineError when the
    model cannot be read or another engine does not answer, DocumentError when a text that the index needs cannot.
    """
    loaded = load_folder(settings.documents, SourceCache(settings.kept_sources))
    corpus = loaded.corpus
    encoder, second = load_encoder(settings.encoder), load_second_encoder(settings.second_encoder)
    try:
        index = open_index(settings.index, corpus, encoder, second=second, engine=engine_of(settings))
    except IndexMismatchError as error:
        if loaded.failures:
            raise DocumentError(f"{loaded.failure()}\n{error}") from error
        raise
    for failure in loaded.failures:
        _LOG.warning("%s", failure)
    index = index if settings.plain else index.without_plain()
    return index if settings.induced else index.without_induced()
