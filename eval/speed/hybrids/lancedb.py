"""lancedb's hybrid search: its full-text index over our terms, its vectors, its reciprocal rank fusion.

Once without a vector index, which compares every vector, as its documentation advises below some hundred thousand; once
with the index it makes otherwise, inverted lists over product codes, asked as it is by default. Threads are those of
its runtime, which are read from the environment before it is imported.
"""

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pyarrow as pa

from eval.speed.hybrids.material import Material
from eval.speed.hybrids.system import DEPTH, LIMIT, Search, Way
from index.encoder.encoder import Encoder
from index.text.normalizer import normalize
from index.text.tokenizer import tokenize

_TABLES = {"": "exact", "ivf": "ivf"}
_ROWS = 8192  # of a batch


def build(material: Material, folder: Path) -> None:
    """Both tables, with an index over the terms; one of them with an index over the vectors besides."""
    database = import_module("lancedb").connect(str(folder / "lancedb"))
    terms = import_module("lancedb.index").FTS(
        base_tokenizer="whitespace",
        max_token_length=None,
        lower_case=False,
        stem=False,
        remove_stop_words=False,
        ascii_folding=False,
    )
    for name in _TABLES.values():
        table = database.create_table(name, _batches(material), schema=_schema(material))
        table.create_index("terms", config=terms)
        if name != "exact":
            table.create_index("vector", config=import_module("lancedb.index").IvfPq(distance_type="dot"))
    (folder / "ids.json").write_text(json.dumps(material.ids), encoding="utf-8")


def _schema(material: Material) -> pa.Schema:
    vector = pa.list_(pa.float32(), material.vectors.shape[1])
    return pa.schema([("clause", pa.int32()), ("terms", pa.string()), ("vector", vector)])


def _batches(material: Material) -> Iterator[pa.RecordBatch]:
    schema = _schema(material)
    rows = list(material.rows())
    for start in range(0, len(rows), _ROWS):
        some, vectors = rows[start : start + _ROWS], material.vectors[start : start + _ROWS]
        columns = [
            pa.array([clause for clause, _ in some], pa.int32()),
            pa.array([" ".join(terms) for _, terms in some]),
            pa.FixedSizeListArray.from_arrays(pa.array(vectors.ravel()), vectors.shape[1]),
        ]
        yield pa.RecordBatch.from_arrays(columns, schema=schema)


def open_search(folder: Path, encoder: Encoder, way: Way) -> Search:
    """Open one of the tables."""
    ids = json.loads((folder / "ids.json").read_text(encoding="utf-8"))
    table = import_module("lancedb").connect(str(folder / "lancedb")).open_table(_TABLES[way.variant])
    fusion = import_module("lancedb.rerankers").RRFReranker()

    def search(question: str) -> list[str]:
        asked = table.search(query_type="hybrid", vector_column_name="vector", fts_columns="terms")
        asked = asked.vector(encoder.encode_queries([normalize(question)])[0]).text(" ".join(tokenize(question)))
        found = asked.distance_type("dot").rerank(fusion).limit(DEPTH).select(["clause"]).to_arrow()
        clauses = dict.fromkeys(found["clause"].to_pylist())
        return [ids[clause] for clause in clauses][:LIMIT]

    return search
