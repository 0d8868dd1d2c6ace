"""Batches of documents made into chunks, on as many cores as there are workers; what is kept is not made again."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context

from corpus.errors import DocumentError, StoreError
from corpus.segment_store import SegmentFolder
from index.encoder.encoder import Encoder, load_encoder
from index.identity import FORMAT
from index.segments.packing import pack, unpack
from index.streaming.chunk import Chunk, make_chunk
from index.streaming.source import Batch
from index.text import statements, tokenizer

_VERSION = "1"  # of what is put into a chunk, beside the format of the index
_WAITING = 2  # batches a worker that are read ahead

Done = Callable[[int, int], object]  # called with bytes of the source read, and rows done


@dataclass(frozen=True, slots=True)
class Workshop:
    """What chunks are made with, and where they are kept."""

    kept: SegmentFolder
    encoder: Encoder
    model: str | None  # by which another process loads the same encoder
    workers: int = 1

    def chunk(self, key: str) -> Chunk:
        """The chunk that was made. Raises StoreError where it is not there any more, or could not be written."""
        data = self.kept.get(key)
        found = None if data is None else unpack(Chunk, data)
        if found is None:
            raise StoreError(
                f"{self.kept.folder} 里缺少已编码的内容，可能是磁盘已满；请腾出空间后重新运行 policyqa index。"
                "an encoded part is missing there, perhaps for a full disk; make room and run policyqa index again"
            )
        return found


def encode_batches(batches: Iterable[Batch], shop: Workshop, done: Done) -> list[str]:
    """The keys of the chunks of all batches, in their order. Raises DocumentError, StoreError."""
    keys: list[str] = []
    with _Pool(shop) as pool:
        for batch in batches:
            key = _key(batch, shop.encoder)
            keys.append(key)
            pool.make(batch, key, done)
        pool.finish(done)
    return keys


class _Pool:
    """Workers, started with the second batch that has to be made: one is made faster than they begin."""

    def __init__(self, shop: Workshop) -> None:
        self._shop = shop
        self._known = shop.kept.keys()
        self._executor: ProcessPoolExecutor | None = None
        self._waiting: list[tuple[Future[int], int]] = []
        self._made = 0

    def __enter__(self) -> "_Pool":
        return self

    def __exit__(self, *_: object) -> None:
        if self._executor:
            self._executor.shutdown(cancel_futures=True)

    def make(self, batch: Batch, key: str, done: Done) -> None:
        if key in self._known and self._shop.kept.get(key) is not None:  # whole, too
            done(batch.read, 0)
            return
        self._made += 1
        if self._shop.workers < 2 or self._made == 1:
            done(batch.read, _make(batch, key, self._shop.kept, self._shop.encoder))
            return
        if self._executor is None:
            self._executor = ProcessPoolExecutor(self._shop.workers, get_context("spawn"))
        future = self._executor.submit(_make_elsewhere, batch, key, self._shop.kept, self._shop.model)
        self._waiting.append((future, batch.read))
        while len(self._waiting) > _WAITING * self._shop.workers:
            self._one(done)

    def finish(self, done: Done) -> None:
        """Wait for what is still being made."""
        while self._waiting:
            self._one(done)

    def _one(self, done: Done) -> None:
        future, read = self._waiting.pop(0)
        done(read, future.result())


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _key(batch: Batch, encoder: Encoder) -> str:
    made_with = (FORMAT, _VERSION, encoder.fingerprint, tokenizer.fingerprint(), statements.fingerprint())
    return hashlib.sha256(repr((*made_with, batch.digest)).encode()).hexdigest()


def _make(batch: Batch, key: str, kept: SegmentFolder, encoder: Encoder) -> int:
    """Make and keep a chunk; returns how many documents it has. Raises DocumentError."""
    documents = batch.documents()
    try:
        chunk = make_chunk(documents, encoder)
    except ValueError as error:
        raise DocumentError(
            f"{documents[0].document.id}…:1: 文件里有不能保存的字符（{error}），请改正原文。"
            "a text holds characters that cannot be written; correct it"
        ) from error
    kept.put(key, pack(chunk))
    return len(documents)


def _make_elsewhere(batch: Batch, key: str, kept: SegmentFolder, model: str | None) -> int:
    return _make(batch, key, kept, _encoder(model))


@cache
def _encoder(model: str | None) -> Encoder:
    """Loaded once a worker, which leaves the other cores to the other workers."""
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    return load_encoder(model)


def chunks_of(keys: Iterable[str], shop: Workshop) -> Iterator[Chunk]:
    """The chunks, one in memory at a time."""
    return map(shop.chunk, keys)
