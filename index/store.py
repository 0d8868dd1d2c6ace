"""The index on disk: immutable generations, manifest last, atomic switch.

    POLICYQA_INDEX/
    ├── CURRENT            name of the generation in use; replaced in one step
    └── 0007/
        ├── bm25.npz       vocabulary and weights
        ├── vectors.npy    unit vectors, float32; memory-mapped
        ├── coarse.faiss   the same in half precision, for scanning
        ├── units.npz      which clause, part and field each vector belongs to
        ├── plain_…        the same four files of the plain layer, where there is one
        └── manifest.json  what it was built from, size and SHA-256 of every file; written last

A build never touches the generation in use, so a reader sees the old index or the new one, never half of one.
"""

import hashlib
import json
import os
import re
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from corpus.clause import Clause
from corpus.errors import IndexDamagedError, IndexMismatchError, IndexMissingError, StoreError
from corpus.load import Corpus
from index.encoder.encoder import Encoder
from index.engines import bm25, dense
from index.engines.bm25 import BM25Retriever, BM25Weights
from index.engines.dense import DenseRetriever, Units
from index.index import Identity, Index, identity
from index.layer import PLAIN, TEXT, Layer

REPAIR = "run `policyqa index` to build it again (运行 policyqa index 重新建立索引)"
_CURRENT = "CURRENT"
_MANIFEST = "manifest.json"
_GENERATION = re.compile(r"\d{4,}")


def save_index(index: Index, path: Path) -> Path:
    """Write a new generation beside the one in use, switch to it, drop all but the last; returns its folder.

    Raises StoreError when the folder cannot be written.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        older = {p.name for p in path.iterdir() if _GENERATION.fullmatch(p.name)}
        name = f"{max(map(int, older), default=0) + 1:04}"
        generation = path / name
        generation.mkdir()
        _write_layer(index.text, generation, TEXT)
        if index.plain:
            _write_layer(index.plain, generation, PLAIN)
        manifest = {
            "version": index.version,
            "identity": asdict(index.identity),
            "encoder": index.encoder.name,
            "clauses": len(index.corpus.clauses),
            "files": {file.name: _seal(file) for file in sorted(generation.iterdir())},
        }
        _replace(generation / _MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")
        in_use = _name_in_use(path)
        _replace(path / _CURRENT, name + "\n")
        for folder in sorted(older - {in_use}):  # somebody may just be opening the one that was in use
            shutil.rmtree(path / folder)
    except OSError as error:
        raise StoreError(
            f"cannot write the index at {path}: {error}; choose another folder with POLICYQA_INDEX"
        ) from error
    return generation


def open_index(path: Path, corpus: Corpus, encoder: Encoder) -> Index:
    """Open the generation in use.

    Raises IndexMissingError, IndexDamagedError (names the file) or IndexMismatchError (names what differs).
    """
    generation = _current(path)
    manifest = _manifest(generation)
    wanted = identity(corpus, encoder)
    _check_identity(manifest["identity"], wanted, path)
    for file, seal in manifest["files"].items():
        _check_seal(generation / file, seal)
    try:
        text = _read_layer(generation, TEXT, corpus.clauses, encoder)
        plain = (
            _read_layer(generation, PLAIN, corpus.clauses_with_records, encoder)
            if corpus.clauses_with_records
            else None
        )
    except (OSError, ValueError, KeyError, RuntimeError, zipfile.BadZipFile) as error:
        raise IndexDamagedError(f"the index at {generation} cannot be read ({error}); {REPAIR}") from error
    return Index(corpus, encoder, wanted, text, plain)


def _read_layer(generation: Path, prefix: str, clauses: Sequence[Clause], encoder: Encoder) -> Layer:
    with np.load(generation / f"{prefix}bm25.npz") as arrays:
        terms = arrays["terms"].tobytes().decode().split("\n") if arrays["terms"].size else []
        vocabulary = {term: t for t, term in enumerate(terms)}
        weights = BM25Weights(vocabulary, arrays["indptr"], arrays["clauses"], arrays["weights"], arrays["idf"])
    with np.load(generation / f"{prefix}units.npz") as arrays:
        owners = Units(arrays["clause"], arrays["part"], arrays["field"])
    vectors = np.load(generation / f"{prefix}vectors.npy", mmap_mode="r")
    coarse = faiss.read_index(str(generation / f"{prefix}coarse.faiss"))
    return Layer(
        BM25Retriever(clauses, weights, prefix + bm25.NAME),
        DenseRetriever(clauses, owners, vectors, coarse, encoder, name=prefix + dense.NAME),
    )


def _write_layer(layer: Layer, generation: Path, prefix: str) -> None:
    weights, semantic = layer.lexical.weights, layer.semantic
    np.savez(
        generation / f"{prefix}bm25.npz",
        terms=np.frombuffer("\n".join(weights.vocabulary).encode(), np.uint8),
        indptr=weights.indptr,
        clauses=weights.clauses,
        weights=weights.weights,
        idf=weights.idf,
    )
    owners = semantic.units
    np.savez(generation / f"{prefix}units.npz", clause=owners.clause, part=owners.part, field=owners.field)
    np.save(generation / f"{prefix}vectors.npy", semantic.vectors)
    faiss.write_index(semantic.coarse, str(generation / f"{prefix}coarse.faiss"))


def _replace(path: Path, text: str) -> None:
    """Write a file in one step: readers see the old content or the new."""
    draft = path.with_name(path.name + ".new")
    with draft.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _seal(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return {"bytes": path.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}


def _check_seal(path: Path, expected: dict[str, Any] | None) -> None:
    if not path.is_file():
        raise IndexDamagedError(f"{path} is missing; {REPAIR}")
    if _seal(path) != expected:
        raise IndexDamagedError(f"{path} is truncated or altered; {REPAIR}")


def _name_in_use(path: Path) -> str:
    """The generation in use, or an empty name where nothing has been built."""
    try:
        return (path / _CURRENT).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamagedError(f"{path / _CURRENT} cannot be read ({error}); {REPAIR}") from error


def _current(path: Path) -> Path:
    if not (path / _CURRENT).exists():
        raise IndexMissingError(f"no index at {path}; run `policyqa index` first (请先运行 policyqa index 建立索引)")
    name = _name_in_use(path)
    if not _GENERATION.fullmatch(name):
        raise IndexDamagedError(f"{path / _CURRENT} names no generation; {REPAIR}")
    return path / name


def _manifest(generation: Path) -> dict[str, Any]:
    path = generation / _MANIFEST
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if set(manifest["identity"]) != set(Identity.__slots__) or not isinstance(manifest["files"], dict):
            raise ValueError("fields are missing")
    except FileNotFoundError as error:
        raise IndexDamagedError(f"{path} is missing; {REPAIR}") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamagedError(f"{path} is truncated or altered ({error}); {REPAIR}") from error
    return manifest


def _check_identity(built: dict[str, str], wanted: Identity, path: Path) -> None:
    names = {"format": "index format", "corpus": "corpus", "words": "tokenizer or lexicon", "encoder": "encoder"}
    differing = [names[key] for key, value in asdict(wanted).items() if built[key] != value]
    if differing:
        raise IndexMismatchError(f"the index at {path} was built with another {' and '.join(differing)}; {REPAIR}")
