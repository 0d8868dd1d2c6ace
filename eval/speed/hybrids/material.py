"""What every system is built from: ids, terms and passage vectors of a collection, kept in a folder."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from corpus.load import read_jsonl_corpus
from index.encoder.encoder import load_encoder
from index.engines.bm25 import indexed_text
from index.engines.dense import encode_texts

_DONE = "material.json"


@dataclass(frozen=True, slots=True)
class Material:
    """The collection as an index sees it. `documents` is the file it was read from."""

    documents: Path
    ids: list[str]
    terms: list[list[str]]  # of each clause; repetitions stay
    vectors: NDArray[np.float32]  # [passages, dimension], unit rows, in the order of the clauses
    owners: NDArray[np.int32]  # [passages], the clause of each
    model: str | None  # what encodes
    seconds: float  # that terms and vectors took

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Clause and terms of each passage.

        For systems with one row for one vector: the terms stand with the first passage of a clause, so that no text
        counts twice.
        """
        before = -1
        for clause in self.owners.tolist():
            yield clause, self.terms[clause] if clause != before else []
            before = clause


def make_material(documents: Path, folder: Path, model: str | None) -> None:
    """Read, cut and encode the collection into an empty or absent folder; what is there already stays.

    Raises InputError for a bad file, EncoderError.
    """
    if (folder / _DONE).exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    corpus, encoder = read_jsonl_corpus(documents), load_encoder(model)
    titles = {document.id: document.title for document in corpus.documents}
    started = perf_counter()
    terms = [indexed_text(clause, titles[clause.document_id]) for clause in corpus.clauses]
    passages = encode_texts(corpus.clauses, encoder)
    seconds = perf_counter() - started
    np.save(folder / "vectors.npy", passages.vectors)
    np.save(folder / "owners.npy", passages.owners.clause)
    (folder / "terms.txt").write_text("\n".join(map(" ".join, terms)), encoding="utf-8")
    ids = [clause.id for clause in corpus.clauses]
    about = {"documents": str(documents.resolve()), "model": model, "seconds": seconds, "ids": ids}
    (folder / _DONE).write_text(json.dumps(about), encoding="utf-8")


def read_material(folder: Path) -> Material:
    """What `make_material` kept."""
    about = json.loads((folder / _DONE).read_text(encoding="utf-8"))
    terms = [line.split(" ") if line else [] for line in (folder / "terms.txt").read_text("utf-8").split("\n")]
    vectors, owners = np.load(folder / "vectors.npy"), np.load(folder / "owners.npy")
    return Material(
        Path(about["documents"]), about["ids"], terms, vectors, owners, about["model"], float(about["seconds"])
    )
