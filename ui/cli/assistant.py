"""The assistant that the commands ask. An index that is missing is built first."""

import sys

from threadpoolctl import threadpool_limits

from assistant.opening import engine_of, rows_of
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.corpus import Corpus
from corpus.errors import IndexMissingError
from corpus.readers.cache import SourceCache
from index.building import build_index
from index.encoder.encoder import load_encoder, load_second_encoder
from index.engines.ledger import by_tenths
from index.index import Index
from index.store import save_index
from ui.cli.building import build_rows
from ui.cli.reading import read_documents


def open_assistant(settings: Settings) -> Assistant:
    """What `Assistant.open` gives, and raises; but where no index has been built, one is built, in one line.

    From then on linear algebra runs on one thread: a product of one question is small, and threads that wait for one
    another make an answer take three times as long.
    """
    threadpool_limits(1, user_api="blas")
    try:
        return Assistant.open(settings)
    except IndexMissingError:
        print(
            f"还没有索引，正在建立（一次即可）→ {settings.index} · There is no index yet; building it, once.",
            file=sys.stderr,
        )
    if rows := rows_of(settings):
        build_rows(settings, rows)
        return Assistant.open(settings)
    build(settings, read_documents(settings, SourceCache(settings.kept_sources), go_on=False).corpus)
    return Assistant.open(settings)


def build(settings: Settings, corpus: Corpus) -> Index:
    """Build the index of these texts and save it where the settings say.

    Raises EncoderError when the model cannot be read, StoreError when the folder cannot be written, EngineError when
    another engine does not answer.
    """
    engine = engine_of(settings)
    second = load_second_encoder(settings.second_encoder)
    index = build_index(corpus, load_encoder(settings.encoder), second=second)
    save_index(index, settings.index, engine, by_tenths(lambda words: print(words, file=sys.stderr, flush=True)))
    return index
