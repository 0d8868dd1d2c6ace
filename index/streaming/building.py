"""A generation on disk from a stream of documents. See the package for the data flow."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from corpus.errors import DocumentError, StoreError
from corpus.segment_store import SegmentFolder
from index.clause_table import table_of
from index.encoder.encoder import Encoder
from index.engines.ann import build_ann
from index.engines.bm25 import highest_weights
from index.generation import MANIFEST, write_file
from index.identity import identity_of
from index.layer import TEXT, probes
from index.lexicon.expansion import Lexicon, load_lexicon
from index.store import write_under
from index.streaming.encoding import Workshop, chunks_of, encode_batches
from index.streaming.files import ArrayFiles
from index.streaming.merging import Merge, encode_words, list_names
from index.streaming.opening import read_corpus
from index.streaming.source import MAPPED, Source, SourceState
from index.streaming.survey import survey

KEPT = "chunks"  # beside the generations


class Progress(Protocol):
    """Told how a build goes on."""

    def source(self, size: int) -> None:
        """How many bytes there are to read."""

    def read(self, position: int, documents: int) -> None:
        """So many bytes have been read, and so many more documents encoded; none where they were kept."""

    def step(self, chinese: str, english: str) -> None:
        """What is done next."""


class Silent:
    """Tells nobody."""

    def source(self, size: int) -> None: ...
    def read(self, position: int, documents: int) -> None: ...
    def step(self, chinese: str, english: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Built:
    """What a build has made."""

    folder: Path
    version: str
    documents: int
    clauses: int


def build_stream(
    source: Source,
    path: Path,
    encoder: Encoder,
    lexicon: Lexicon | None = None,
    *,
    model: str | None = None,
    workers: int = 1,
    progress: Progress | None = None,
) -> Built:
    """Build a generation under `path` and switch to it; `model` is by what a worker loads the same encoder.

    What was encoded stays until the build is done, so that one which is killed goes on where it was. Raises
    DocumentError, StoreError; the generation in use stays as it is.
    """
    told, state = progress or Silent(), source.state()
    told.source(state.size)
    shop = Workshop(SegmentFolder(path / KEPT), encoder, model, workers)
    keys = encode_batches(source.batches(), shop, told.read)
    if source.state() != state:
        raise DocumentError(
            "建立索引时文件被改动，请重新运行。the source changed while it was being read; run it again"
        )
    built: list[Built] = []

    def fill(folder: Path) -> str:
        done, sha256 = _fill(folder, keys, shop, told, lexicon=lexicon or load_lexicon(), state=state)
        built.append(done)
        return sha256

    write_under(path, fill)
    shop.kept.keep_only(())
    with suppress(OSError):
        shop.kept.folder.rmdir()
    return built[0]


def _fill(
    folder: Path, keys: list[str], shop: Workshop, told: Progress, *, lexicon: Lexicon, state: SourceState
) -> tuple[Built, str]:
    """Write all files of a generation, the manifest last; returns the manifest's SHA-256."""
    told.step("统计词语", "counting terms")
    found = survey(chunks_of(keys, shop))
    if not found.clauses or not found.terms:  # dots and dashes alone
        raise StoreError("没有可检索的条款，请检查文件。no clause to search; check the files")
    files = ArrayFiles(folder)
    told.step("合并", "merging")
    Merge(files, found, shop.encoder.dimension).all(chunks_of(keys, shop))
    told.step("编码词语", "encoding words")
    encode_words(files, found, shop.encoder)
    list_names(files, found)
    told.step("为快速检索作准备", "preparing fast search")
    recall = _prepare_search(files, shop.encoder)
    told.step("封存", "sealing")
    seals = files.seals()
    identity = identity_of(seals["corpus.data.npy"]["sha256"][:16], shop.encoder, lexicon)
    manifest = {
        "version": identity.version,
        "form": MAPPED,
        "identity": asdict(identity),
        "encoder": shop.encoder.name,
        "documents": found.documents,
        "clauses": found.clauses,
        "recall": recall,
        "source": asdict(state),
        "files": seals,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
    sha256 = str(write_file(folder / MANIFEST, text.encode())["sha256"])
    return Built(folder, identity.version, found.documents, found.clauses), sha256


def _prepare_search(files: ArrayFiles, encoder: Encoder) -> dict[str, dict[str, float]]:
    """The bounds of BM25 and, over many passages, the approximate index, both from mapped files; returns its recall."""
    files.save("text.highest", highest_weights(files.load("text.indptr"), files.load("text.weights")))
    ann = build_ann(files.load("text.vectors"), lambda: probes(table_of(read_corpus(files)), encoder))
    if ann is None:
        return {}
    for name, array in ann.to_arrays().items():
        files.save(f"text.{name}", array)
    return {TEXT: ann.describe()}
