"""A generation whose files are mapped: opened in seconds whatever its size, its pages shared by all processes."""

from pathlib import Path
from typing import Any

import numpy as np

from corpus.corpus import Corpus
from corpus.errors import IndexDamagedError
from corpus.packed.corpus import PackedCorpus
from corpus.packed.documents import PackedArrays, PackedDocuments
from corpus.packed.names import HashedNames
from corpus.packed.records import Records
from index.alignment import ClauseWords, TokenAlignment
from index.clause_table import table_of
from index.engines.ann import Ann
from index.engines.bm25 import BM25Weights
from index.engines.dense import PassageVectors
from index.engines.passages import PassageOwners
from index.faults import mismatch, unreadable
from index.identity import Identity, identity_of
from index.index import Index
from index.layer import TEXT, make_layer
from index.query import QueryReader
from index.store import check_identity, current_generation
from index.streaming.files import ArrayFiles, check_seals
from index.streaming.source import MAPPED, Source, SourceState

WALKED = 20_000  # clauses up to which a corpus is unpacked whole: then lists and pages show all of it, as of a folder


def open_stream(path: Path, source: Source, reader: QueryReader) -> Index:
    """The index that was built from a source, by `build_stream`.

    Raises IndexMissingError, IndexDamagedError (names the file), IndexMismatchError (names what differs),
    DocumentError.
    """
    generation = current_generation(path)
    while True:
        try:
            return _open(*generation, source, reader)
        except IndexDamagedError:
            if (latest := current_generation(path)) == generation:
                raise
            generation = latest  # two builds ended meanwhile, and the second removed what was being read


def _open(folder: Path, manifest: dict[str, Any], source: Source, reader: QueryReader) -> Index:
    built = Identity(**manifest["identity"])
    if manifest.get("form") != MAPPED:
        raise mismatch(folder, "一个文件夹的文件", "a folder of documents")
    check_identity(manifest["identity"], identity_of(built.corpus, reader.encoder, reader.lexicon), folder)
    check_source(SourceState(**manifest["source"]), source, folder)
    check_seals(folder, manifest["files"])
    return read_mapped(folder, built, reader)


def check_source(built: SourceState, source: Source, folder: Path) -> None:
    """Whether a source is still the one that was built from. Raises IndexMismatchError, DocumentError."""
    now = source.state()
    if not now.same_file(built) and now.digest != built.digest:
        raise mismatch(folder, "另一个文件", "another corpus")


def verify(path: Path) -> int:
    """Compare every byte of the generation in use with its seals; returns how many bytes there are.

    Raises what `open_stream` raises.
    """
    folder, manifest = current_generation(path)
    check_seals(folder, manifest["files"], whole=True)
    return sum(int(seal["bytes"]) for seal in manifest["files"].values())


def read_mapped(folder: Path, built: Identity, reader: QueryReader) -> Index:
    """The index in a folder, over mapped files."""
    files = ArrayFiles(folder)
    try:
        corpus = read_corpus(files)
        table = table_of(corpus)
        owners = PassageOwners(*(files.load(f"text.passage_{name}") for name in ("clause", "part", "field")))
        passages = PassageVectors(owners, files.load("text.vectors"))
        text = make_layer(TEXT, _weights(files), passages, table, reader, ann=_ann(files))
        return Index(
            reader, table=table, corpus=corpus, built_from=built, alignment=_alignment(files, len(table)), text=text
        )
    except (ValueError, KeyError, IndexError) as error:
        raise unreadable(folder, error) from error


def read_corpus(files: ArrayFiles) -> Corpus:
    """The documents of a generation: packed, or unpacked where they are few."""
    arrays = PackedArrays(
        Records(files.load("corpus.data"), files.load("corpus.starts")),
        files.load("corpus.firsts"),
        _names(files, "corpus.document_names"),
        _names(files, "corpus.clause_names"),
        _names(files, "corpus.names"),
        files.load("corpus.id_ranks"),
        files.load("corpus.jurisdiction"),
        tuple(map(tuple, files.load_json("corpus.jurisdictions"))),
    )
    packed = PackedDocuments(arrays, files.load_json("corpus.name_lengths"))
    corpus = PackedCorpus(packed)
    whole = packed.clauses <= WALKED
    return Corpus(tuple(corpus.documents), tuple(corpus.clauses)) if whole else corpus


def _names(files: ArrayFiles, name: str) -> HashedNames:
    return HashedNames(files.load(f"{name}_hashes"), files.load(f"{name}_numbers"))


def _weights(files: ArrayFiles) -> BM25Weights:
    terms = files.load("text.terms").tobytes().decode().split("\n")
    vocabulary = {term: t for t, term in enumerate(terms)}
    arrays: list[Any] = [files.load(f"text.{name}") for name in ("indptr", "clauses", "weights", "idf", "highest")]
    return BM25Weights(vocabulary, *arrays)


def _ann(files: ArrayFiles) -> Ann | None:
    names = ("ann", "ann_recall")
    return Ann.from_arrays({name: files.load(f"text.{name}") for name in names if files.holds(f"text.{name}")})


def _alignment(files: ArrayFiles, clauses: int) -> TokenAlignment:
    nothing = ClauseWords(
        np.zeros(clauses + 1, np.int64), np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.int32)
    )
    return TokenAlignment(files.load("words.vectors"), _words(files, "text"), nothing, _words(files, "context"))


def _words(files: ArrayFiles, name: str) -> ClauseWords:
    arrays = (files.load(f"words.{name}_{part}") for part in ("clauses", "sentences", "ids", "states"))
    return ClauseWords(*arrays)
