"""What `make bench` compares with: well-kept libraries, assembled by hand as a careful engineer would.

Each rival gets the tokens and vectors that our own index is built from and starts from the question string with
our tokenizer and encoder, so that only retrieval differs. bm25s is no dependency of the product; it comes with
the `test` extra.
"""

import pickle
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

import faiss
import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from corpus.errors import EngineError
from index.encoder.encoder import Encoder
from index.text.normalizer import normalize
from index.text.tokenizer import tokenize

DEPTH = 100  # results each leg gives to the fusion
RRF_CONSTANT = 60  # Cormack, Clarke & Büttcher, SIGIR 2009

Search = Callable[[str, int], list[tuple[str, float]]]  # question, limit → ids with scores, best first


class Bm25s(Protocol):
    """What is used of `bm25s.BM25`, which has no type hints."""

    def get_scores(self, query_tokens_single: list[str]) -> NDArray[np.float32]: ...

    def save(self, save_dir: Path, *, show_progress: bool) -> None: ...


def import_bm25s() -> ModuleType:
    """The module. Raises EngineError where it is not installed."""
    try:
        return import_module("bm25s")
    except ImportError as error:
        raise EngineError("bm25s is not installed; install it with `pip install policyqa[test]`") from error


def build_bm25s(tokens: Sequence[Sequence[str]]) -> Bm25s:
    """A bm25s index with rank-bm25's parameters; `robertson` is its idf before rank-bm25's floor."""
    built = import_bm25s().BM25(method="robertson", k1=1.5, b=0.75)
    built.index(tokens, show_progress=False)
    retriever: Bm25s = built
    return retriever


def open_bm25s(path: Path) -> Bm25s:
    retriever: Bm25s = import_bm25s().BM25.load(path, show_progress=False)
    return retriever


def build_flat(vectors: NDArray[np.float32]) -> faiss.Index:
    """FAISS exact inner product over vectors of shape [clauses, dimension]."""
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(vectors)
    return flat


def search_rank_bm25(okapi: BM25Okapi, ids: Sequence[str]) -> Search:
    """rank-bm25 as its README uses it: a score for every text, then the best."""

    def search(question: str, limit: int) -> list[tuple[str, float]]:
        scores = okapi.get_scores(tokenize(question))
        return [(ids[i], float(scores[i])) for i in _best(scores, limit)]

    return search


def search_bm25s(retriever: Bm25s, ids: Sequence[str]) -> Search:
    """bm25s without its batch machinery, which costs more than it gives for one question."""

    def search(question: str, limit: int) -> list[tuple[str, float]]:
        tokens = tokenize(question)
        if not tokens:
            return []
        scores = retriever.get_scores(tokens)
        return [(ids[i], float(scores[i])) for i in _best(scores, limit)]

    return search


def search_by_hand(
    retriever: Bm25s, flat: faiss.Index, owners: NDArray[np.int32], ids: Sequence[str], encoder: Encoder
) -> Search:
    """bm25s and FAISS flat, the best hundred of each, joined by reciprocal rank fusion.

    `owners[v]` is the clause of vector v; a clause counts where its best vector stands.
    """

    def search(question: str, limit: int) -> list[tuple[str, float]]:
        tokens = tokenize(question)
        fused: dict[int, float] = {}
        lexical = _best(retriever.get_scores(tokens), DEPTH).tolist() if tokens else []
        _, found = flat.search(encoder.encode_queries([normalize(question)]), min(DEPTH, flat.ntotal))
        semantic = dict.fromkeys(owners[found[0]].tolist())
        for ranking in (lexical, semantic):
            for rank, row in enumerate(ranking, 1):
                fused[row] = fused.get(row, 0.0) + 1 / (RRF_CONSTANT + rank)
        best = sorted(fused.items(), key=lambda item: -item[1])[:limit]
        return [(ids[row], score) for row, score in best]

    return search


def _best(scores: NDArray[Any], limit: int) -> NDArray[np.intp]:
    """Positions of the highest scores, descending.

    Selecting the smallest of the negated scores is twenty times faster than the largest of the scores, nearly all
    of which are the same zero; bm25s itself does the latter.
    """
    limit = min(limit, len(scores))
    falling = -scores
    chosen = np.argpartition(falling, limit - 1)[:limit]
    return chosen[np.argsort(falling[chosen])]


def save_okapi(okapi: BM25Okapi, path: Path) -> None:
    with path.open("wb") as file:
        pickle.dump(okapi, file, protocol=pickle.HIGHEST_PROTOCOL)


def open_okapi(path: Path) -> BM25Okapi:
    """Only for files that this run of the benchmark wrote itself."""
    with path.open("rb") as file:
        okapi: BM25Okapi = pickle.load(file)
    return okapi
