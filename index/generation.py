"""One generation of an index on disk: its files, and the manifest that seals them.

    0007/
    ├── words.npz             the words of every clause, in their order, as numbers
    ├── words.npy             a vector for each word, float32 [words, dimension]
    ├── text.npz              BM25 terms and weights; which clause, part and field each passage belongs to
    ├── text.npy              passage vectors, float32 [passages, dimension]
    ├── records.npz, .npy     the same of the plain-language records, where there are any
    ├── induced.npz, .npy     the same of what people may ask of every clause
    ├── second.npz, .npy      passages and vectors of the second encoder, where there is one
    └── manifest.json         what it was built from, size and SHA-256 of every file; written last

With an engine such as Milvus the vectors and postings of the layers lie there, under the name that the manifest gives,
and a layer is its .npz alone: terms, idf, whose each passage is.

Files are read into memory, once, and what is used is what was compared with its seal. A mapped file would save workers
of one machine the memory of their copies (190 MB of vectors for 59,302 clauses), but a file cut short under a running
reader would end the process with SIGBUS, and checking the seal reads every byte of it anyway.
"""

import hashlib
import io
import json
import os
import stat
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from functools import partial
from pathlib import Path
from typing import IO, Any

import numpy as np

from corpus.corpus import Corpus
from corpus.errors import IndexMismatchError
from index.alignment import ClauseWords, TokenAlignment
from index.clause_table import ClauseTable
from index.encoder.encoder import Encoder
from index.encoder.vectors import Vectors
from index.engines.ann import Ann
from index.engines.bm25 import BM25Weights
from index.engines.dense import DenseRetriever, PassageVectors
from index.engines.engine import Engine, Placed
from index.engines.ledger import Ledger
from index.engines.names import EMBEDDED
from index.engines.passages import PassageOwners
from index.engines.statistics import Statistics, statistics_of, terms_array, vocabulary_of
from index.faults import damaged, unreadable
from index.identity import identity
from index.index import Index
from index.layer import INDUCED, RECORDS, TEXT, Layer, make_layer
from index.query import QueryReader
from index.second import SECOND, SecondLeg, SecondVectors

MANIFEST = "manifest.json"
_WORDS = "words"
_SPOKEN = ("text", "records", "context")  # what the words stand in
_MOST_MANIFEST = 100_000  # bytes; it has about 1,500

Arrays = Mapping[str, np.ndarray[Any, Any]]
Seal = dict[str, Any]  # {"bytes": size, "sha256": 64 hexadecimal digits}


def write_generation(index: Index, folder: Path, ledger: Ledger | None = None) -> str:
    """Write all files into an empty folder, the manifest last; returns the manifest's SHA-256.

    `ledger` is that of the engine that takes vectors and postings, if any. Raises OSError, EngineError.
    """
    placed = ledger.place(index) if ledger else None
    parts: dict[str, tuple[Arrays, Vectors | None]] = {_WORDS: (_word_arrays(index.alignment), index.alignment.vectors)}
    recall = {}
    for layer in filter(None, (index.text, index.records, index.induced_of_all)):
        if ledger:
            parts[layer.name] = (_kept_arrays(ledger.engine.statistics(layer)), None)
        else:
            assert isinstance(layer.semantic, DenseRetriever), "an index is written from its embedded form"
            parts[layer.name] = (_layer_arrays(layer.lexical.weights, layer.semantic), layer.semantic.vectors)
            if layer.semantic.ann:
                recall[layer.name] = layer.semantic.ann.describe()
    if index.second:
        parts[SECOND] = (_second_arrays(index.second.vectors), index.second.vectors.passages.vectors)
    files: dict[str, Seal] = {}
    for name, (arrays, vectors) in parts.items():
        files[f"{name}.npz"] = write_file(folder / f"{name}.npz", _packed(arrays))
        if vectors is not None:
            files[f"{name}.npy"] = _write(folder / f"{name}.npy", partial(np.save, arr=vectors))
    manifest = {
        "version": index.version,
        "identity": asdict(index.identity),
        "encoder": index.encoder.name,
        "clauses": len(index.corpus.clauses),
        "recall": recall,
        "files": files,
        **({"engine": {"name": ledger.engine.name, **placed}} if ledger and placed else {}),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    return str(write_file(folder / MANIFEST, text.encode())["sha256"])


def read_manifest(folder: Path, sha256: str) -> dict[str, Any]:
    """The manifest with this digest. Raises IndexDamagedError."""
    data = read_file(folder / MANIFEST, _MOST_MANIFEST)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise damaged(folder / MANIFEST, "被截断或改动过", "is truncated or altered")
    manifest: dict[str, Any] = json.loads(data)
    return manifest


def read_generation(
    folder: Path,
    manifest: Mapping[str, Any],
    corpus: Corpus,
    reader: QueryReader,
    second: Encoder | None,
    *,
    engine: Engine | None = None,
) -> Index:
    """The index in a folder with this manifest, which was built from this corpus, encoders and lexicon.

    Raises IndexDamagedError, naming the file, when one is missing, truncated or altered; IndexMismatchError when its
    vectors lie in another engine than this, or there no more; EngineError.
    """
    files: Mapping[str, Seal] = manifest["files"]
    placed = _placed(manifest, engine)
    built_from = identity(corpus, reader.encoder, reader.lexicon, second)
    layers = built_from.layers.split()
    names = (_WORDS, *layers, *((SECOND,) if second else ()))
    elsewhere = layers if placed else ()
    wanted = {f"{name}.npz" for name in names} | {f"{name}.npy" for name in names if name not in elsewhere}
    if files.keys() != wanted:
        raise damaged(
            folder / MANIFEST, f"列的不是这些文件：{sorted(wanted)}", f"lists other files than {sorted(wanted)}"
        )
    contents = {name: _sealed(folder / name, seal) for name, seal in files.items()}
    try:
        arrays = {name: _unpacked(contents.pop(f"{name}.npz")) for name in names}
        vectors = {name: np.load(io.BytesIO(contents.pop(f"{name}.npy"))) for name in names if name not in elsewhere}
        table = ClauseTable(corpus.clauses)
        if engine and placed:
            opened = engine.open(placed, corpus)
            found = {name: opened.layer(name, _kept(arrays[name]), table, reader) for name in layers}
        else:
            found = {name: _layer(name, arrays[name], vectors[name], table, reader) for name in layers}
        leg = SecondLeg(second, _second_vectors(arrays[SECOND], vectors[SECOND]), table, reader) if second else None
        alignment = _alignment(arrays[_WORDS], vectors[_WORDS])
    except (ValueError, KeyError, IndexError, zipfile.BadZipFile) as error:
        raise unreadable(folder, error) from error
    return Index(
        reader,
        table=table,
        corpus=corpus,
        built_from=built_from,
        alignment=alignment,
        text=found[TEXT],
        records=found.get(RECORDS),
        induced=found.get(INDUCED),
        second=leg,
    )


def write_file(path: Path, data: bytes) -> Seal:
    """Write bytes to the disk itself; returns their seal. Raises OSError."""
    return _write(path, lambda file: file.write(data))


def read_file(path: Path, most: int) -> bytes:
    """The bytes of a file, or its first `most` + 1. Raises IndexDamagedError; a pipe or a device is not even opened."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise damaged(path, "不是普通文件", "is not an ordinary file")
        with path.open("rb") as file:
            return file.read(most + 1)
    except FileNotFoundError as error:
        raise damaged(path, "不见了", "is missing") from error
    except OSError as error:
        raise unreadable(path, error) from error


class _SealingWriter:
    """Hands bytes on and seals them on the way: what was meant to be written, not what the disk made of it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = hashlib.sha256()
        self._size = 0

    def write(self, data: bytes) -> int:
        self._digest.update(data)
        self._size += len(data)
        return self._file.write(data)

    def seal(self) -> Seal:
        return {"bytes": self._size, "sha256": self._digest.hexdigest()}


def _write(path: Path, fill: Callable[[_SealingWriter], object]) -> Seal:
    with path.open("wb") as file:
        writer = _SealingWriter(file)
        fill(writer)
        file.flush()
        os.fsync(file.fileno())
    return writer.seal()


def _sealed(path: Path, seal: Seal) -> bytes:
    data = read_file(path, seal["bytes"])
    if {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()} != seal:
        raise damaged(path, "被截断或改动过", "is truncated or altered")
    return data


def _packed(arrays: Arrays) -> bytes:
    # in memory first: closing a zip file on a full disk raises a second error over the first
    packed = io.BytesIO()
    np.savez(packed, **arrays)  # type: ignore[arg-type]
    return packed.getvalue()


def _unpacked(data: bytes) -> Arrays:
    with np.load(io.BytesIO(data)) as arrays:
        return dict(arrays)


def _word_arrays(words: TokenAlignment) -> Arrays:
    return {
        f"{name}_{field.name}": getattr(getattr(words, name), field.name)
        for name in _SPOKEN
        for field in fields(ClauseWords)
    }


def _alignment(arrays: Arrays, vectors: Vectors) -> TokenAlignment:
    found = {name: [arrays[f"{name}_{field.name}"] for field in fields(ClauseWords)] for name in _SPOKEN}
    return TokenAlignment(vectors, **{name: ClauseWords(*one) for name, one in found.items()})


def _layer_arrays(weights: BM25Weights, semantic: DenseRetriever) -> Arrays:
    return {
        "terms": terms_array(weights.vocabulary),
        "indptr": weights.indptr,
        "clauses": weights.clauses,
        "weights": weights.weights,
        "idf": weights.idf,
        **({} if weights.highest is None else {"highest": weights.highest}),
        **(semantic.ann.to_arrays() if semantic.ann else {}),
        **_owner_arrays(semantic.owners),
    }


def _layer(name: str, arrays: Arrays, vectors: Vectors, table: ClauseTable, reader: QueryReader) -> Layer:
    weights = BM25Weights(
        vocabulary_of(arrays),
        arrays["indptr"],
        arrays["clauses"],
        arrays["weights"],
        arrays["idf"],
        arrays.get("highest"),
    )
    passages = PassageVectors(_owners(arrays), vectors)
    return make_layer(name, weights, passages, table, reader, ann=Ann.from_arrays(arrays))


def _placed(manifest: Mapping[str, Any], engine: Engine | None) -> Placed | None:
    """What the engine in use holds of the index; None without one. Raises IndexMismatchError for another engine's."""
    placed: Placed = manifest.get("engine", {})
    built, wanted = placed.get("name", EMBEDDED), engine.name if engine else EMBEDDED
    if built != wanted:
        raise IndexMismatchError(
            f"索引建在引擎 {built} 上，而 POLICYQA_ENGINE 是 {wanted}；请改设置，或运行 policyqa index 重建。"
            f"The index was built for the engine {built}, and POLICYQA_ENGINE is {wanted}; change the setting, or "
            "run `policyqa index` again."
        )
    return placed or None


def _kept_arrays(kept: Statistics) -> Arrays:
    return {**kept.arrays(), **_owner_arrays(kept.owners)}


def _kept(arrays: Arrays) -> Statistics:
    return statistics_of(arrays, _owners(arrays))


def _second_arrays(kept: SecondVectors) -> Arrays:
    return {"centre": kept.centre, **_owner_arrays(kept.passages.owners)}


def _second_vectors(arrays: Arrays, vectors: Vectors) -> SecondVectors:
    return SecondVectors(PassageVectors(_owners(arrays), vectors), arrays["centre"])


def _owner_arrays(owners: PassageOwners) -> Arrays:
    return {"passage_clause": owners.clause, "passage_part": owners.part, "passage_field": owners.field}


def _owners(arrays: Arrays) -> PassageOwners:
    return PassageOwners(arrays["passage_clause"], arrays["passage_part"], arrays["passage_field"])
