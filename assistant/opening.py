"""The index that a service answers from, opened as the settings say."""

import logging
from pathlib import Path

from assistant.settings import Settings
from corpus.errors import DocumentError, IndexMismatchError, SettingsError
from corpus.load import load_folder
from corpus.readers.cache import SourceCache
from index.encoder.encoder import load_encoder, load_second_encoder
from index.engines.choice import open_engine
from index.engines.engine import Engine
from index.engines.names import EMBEDDED
from index.index import Index
from index.lexicon.expansion import load_lexicon
from index.query import QueryReader
from index.store import open_index
from index.streaming.opening import open_stream
from index.streaming.rows import RowsFile

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
    if rows := rows_of(settings):
        return open_stream(settings.index, rows, QueryReader(load_encoder(settings.encoder), load_lexicon()))
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


def rows_of(settings: Settings) -> RowsFile | None:
    """The file of rows that is served; None where documents lie in a folder. Raises SettingsError."""
    path: Path | None = settings.rows
    if path is not None and settings.second_encoder is not None:
        raise SettingsError(
            "POLICYQA_CORPUS 是一个文件时不能用第二个向量模型，请去掉 POLICYQA_SECOND_ENCODER。"
            "A corpus in one file is searched with one encoder; remove POLICYQA_SECOND_ENCODER."
        )
    if path is not None and settings.engine != EMBEDDED:
        raise SettingsError(
            f"POLICYQA_CORPUS 是一个文件时不能用引擎 {settings.engine}：这种索引按文件映射，一台机器可查一百万条；"
            "请去掉 POLICYQA_ENGINE，或改用文件夹。"
            f"A corpus in one file is not searched by the engine {settings.engine}: its index is mapped from its own "
            "files, which carries a million clauses on one machine; remove POLICYQA_ENGINE, or give a folder."
        )
    return None if path is None else RowsFile(path)
