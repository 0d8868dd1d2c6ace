"""The index that a service answers from, opened as the settings say."""

import logging

from assistant.settings import Settings
from corpus.errors import DocumentError, IndexMismatchError
from corpus.load import load_folder
from corpus.readers.cache import SourceCache
from index.encoder.encoder import load_encoder, load_second_encoder
from index.index import Index
from index.store import open_index

_LOG = logging.getLogger(__name__)


def open_served_index(settings: Settings) -> Index:
    """Corpus, encoder and index as the settings say.

    The index rules: where it was built without the files that cannot be read, it is opened without them, and the log
    names them. Raises StoreError when the index is missing, damaged or built from something else, EncoderError when the
    model cannot be read, DocumentError when a text that the index needs cannot.
    """
    loaded = load_folder(settings.documents, SourceCache(settings.kept_sources))
    corpus = loaded.corpus
    encoder, second = load_encoder(settings.encoder), load_second_encoder(settings.second_encoder)
    try:
        index = open_index(settings.index, corpus, encoder, second=second)
    except IndexMismatchError as error:
        if loaded.failures:
            raise DocumentError(f"{loaded.failure()}\n{error}") from error
        raise
    for failure in loaded.failures:
        _LOG.warning("%s", failure)
    index = index if settings.plain else index.without_plain()
    return index if settings.induced else index.without_induced()
