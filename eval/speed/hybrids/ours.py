"""Ours, as it is served: built by `policyqa index` from the file itself, its files mapped.

All of it, and the fused legs alone without the re-ranking by words that no other system has.
"""

from pathlib import Path

from eval.speed.hybrids.material import Material
from eval.speed.hybrids.system import LIMIT, Search, Way
from index.encoder.encoder import Encoder, load_encoder
from index.index import Index
from index.lexicon.expansion import load_lexicon
from index.query import QueryReader
from index.streaming.building import build_stream
from index.streaming.opening import open_stream
from index.streaming.rows import RowsFile

_SOURCE = "documents"


def build(material: Material, folder: Path) -> None:
    """From the documents, terms and vectors once more, as `policyqa index` does it."""
    (folder / _SOURCE).write_text(str(material.documents), encoding="utf-8")
    build_stream(
        RowsFile(material.documents), folder / "index", load_encoder(material.model), model=material.model, workers=1
    )


def open_ours(folder: Path, encoder: Encoder) -> Index:
    """The index that was built."""
    documents = Path((folder / _SOURCE).read_text(encoding="utf-8"))
    return open_stream(folder / "index", RowsFile(documents), QueryReader(encoder, load_lexicon()))


def open_search(folder: Path, encoder: Encoder, way: Way) -> Search:
    """It takes one thread for one question, whatever is given."""
    index = open_ours(folder, encoder)
    searched = index.without_reranking() if way.variant else index

    def search(question: str) -> list[str]:
        return [hit.clause.id for hit in searched.search(question, limit=LIMIT)]

    return search
