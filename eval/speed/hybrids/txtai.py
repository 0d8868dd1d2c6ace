"""txtai's hybrid index: its BM25 with our terms, its FAISS index with our vectors, its fusion.

As its documentation has it (`hybrid: true`): normalized BM25, inverted lists of about 4 √n centroids of which one in
sixteen is looked at, ten times as many results of each leg as are asked for, a convex combination.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Protocol

import faiss
import numpy as np
from numpy.typing import NDArray

from eval.speed.hybrids.material import Material
from eval.speed.hybrids.system import DEPTH, LIMIT, Search, Way
from index.encoder.encoder import Encoder
from index.text.normalizer import normalize
from index.text.tokenizer import tokenize

_SCORING = {"method": "bm25", "terms": True, "normalize": True}  # what `hybrid: true` stands for
_TIMES = 10  # as many results of each leg as of both
_SPARE = 2  # more results than are wanted: two passages may be of one clause

Transform = Callable[[Sequence[str]], NDArray[np.float32]]  # texts → vectors


class _Scoring(Protocol):
    tokenizer: Callable[[str], list[str]]


class _Embeddings(Protocol):
    """What is used of `txtai.Embeddings`, which has no type hints."""

    scoring: _Scoring

    def index(self, documents: Iterable[tuple[int, list[str], None]]) -> None: ...
    def save(self, path: str) -> None: ...
    def load(self, path: str, *, config: dict[str, object]) -> object: ...
    def search(self, query: str, limit: int) -> list[tuple[int, float]]: ...


def _embeddings(transform: Transform) -> _Embeddings:
    """Empty, with our vectors."""
    empty: _Embeddings = import_module("txtai").Embeddings(
        {"method": "external", "transform": transform, "scoring": _SCORING, "content": False, "backend": "faiss"}
    )
    return empty


def build(material: Material, folder: Path) -> None:
    """Make the index; txtai asks for vectors batch by batch, in the order of the rows."""
    rest = iter(material.vectors)

    def vectors_of(texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array(list(islice(rest, len(texts))))

    embeddings = _embeddings(vectors_of)
    embeddings.index((clause, terms, None) for clause, terms in material.rows())
    embeddings.save(str(folder / "txtai"))
    (folder / "ids.json").write_text(json.dumps(material.ids), encoding="utf-8")


def open_search(folder: Path, encoder: Encoder, way: Way) -> Search:
    """Open it with our tokenizer and encoder for questions."""
    ids = json.loads((folder / "ids.json").read_text(encoding="utf-8"))

    def vectors_of(questions: Sequence[str]) -> NDArray[np.float32]:
        return encoder.encode_queries([normalize(question) for question in questions])

    embeddings = _embeddings(vectors_of)
    embeddings.load(str(folder / "txtai"), config={"transform": vectors_of})
    embeddings.scoring.tokenizer = tokenize
    limit = DEPTH // _TIMES + _SPARE

    def search(question: str) -> list[str]:
        faiss.omp_set_num_threads(way.threads)  # of this thread; others here set their own
        found = dict.fromkeys(clause for clause, _ in embeddings.search(question, limit))
        return [ids[clause] for clause in found][:LIMIT]

    return search
