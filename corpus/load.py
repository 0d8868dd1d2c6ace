"""A corpus from a folder of documents, in any format, each with the facts and records that stand beside it."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from corpus.corpus import Corpus
from corpus.errors import DocumentError
from corpus.parsed import ParsedDocument, corpus_of
from corpus.readers.cache import SourceCache
from corpus.readers.folder import DocumentFile, FolderFiles, find_files
from corpus.readers.many import Outcome, read_sources
from corpus.reading import ReadDocument, read_document, read_document_of
from corpus.rows import read_jsonl_corpus

__all__ = ["SHIPPED", "Corpus", "Loaded", "load_corpus", "load_folder", "read_document", "read_jsonl_corpus"]

SHIPPED = Path(__file__).parent / "documents"
D = TypeVar("D", bound=ParsedDocument)
Progress = Callable[[int, int], None]  # called with how many files are read, and of how many


@dataclass(frozen=True)
class Loaded:
    """What a folder holds: the documents in order of their ids, and why the other files are not among them."""

    documents: tuple[ReadDocument, ...]
    failures: tuple[DocumentError, ...] = ()  # each names its file
    skipped: int = 0  # hidden files, locks and the like

    @cached_property
    def corpus(self) -> Corpus:
        """The documents that were read. Raises DocumentError where there is none."""
        if not self.documents:
            raise self.failure()
        return corpus_of(self.documents)

    @property
    def coverage(self) -> float:
        """Share of the visible characters of all texts that some clause holds, 0..1; 0 where there is no document."""
        sizes = [len("".join(read.document.text.split())) for read in self.documents]
        held = sum(size * read.coverage for size, read in zip(sizes, self.documents, strict=True))
        return held / sum(sizes) if sizes else 0.0

    def failure(self) -> DocumentError:
        """One error that names every file that was not read."""
        return DocumentError("\n".join(map(str, self.failures)))


def load_corpus(folder: Path | None = None, kept: SourceCache | None = None) -> Corpus:
    """The shipped documents, or those of a folder, in order of their ids; every file there must be readable.

    A document without a TOML file is read with the facts that its text states; `id.plain.yaml` holds its
    plain-language records, where somebody has written them. Raises DocumentError naming every file that is malformed,
    or that holds facts or records without their document.
    """
    loaded = load_folder(folder, kept)
    if loaded.failures:
        raise loaded.failure()
    return loaded.corpus


def load_folder(
    folder: Path | None = None,
    kept: SourceCache | None = None,
    progress: Progress = lambda _done, _of: None,
    known: Mapping[Path, ReadDocument] | None = None,
) -> Loaded:
    """The same, where a file that cannot be read does not stop the others.

    What was read is looked up in `kept`, and kept there; the documents in `known`, by their files, are taken as they
    are. Raises DocumentError where there is no file at all.
    """
    folder = SHIPPED if folder is None else folder
    files = files_in(folder)
    taken = {file.path: known[file.path] for file in files.documents if known and file.path in known}
    outcomes = {**taken, **read_others(files, folder, taken, kept, progress)}
    documents, failures = gathered(files, outcomes)
    return Loaded(documents, failures, files.skipped)


def files_in(folder: Path) -> FolderFiles:
    """The files of a folder. Raises DocumentError where there is none at all."""
    files = find_files(folder)
    if not files.documents and not files.failures:
        raise DocumentError(
            f"{folder}:1: 这里没有文件，请放入 docx、pdf、html、xlsx 或 txt 等文件。"
            "no document here; put docx, pdf, html, xlsx or txt files into the folder"
        )
    return files


def read_others(
    files: FolderFiles, folder: Path, taken: Container[Path], kept: SourceCache | None, progress: Progress
) -> dict[Path, ReadDocument | DocumentError]:
    """The documents of the files that are not taken already, and why others cannot be read."""
    left = {file.path: file for file in files.documents if file.path not in taken}
    before = len(files.documents) - len(left)
    outcomes: dict[Path, ReadDocument | DocumentError] = {}
    for path, source in read_sources(list(left), folder, kept or SourceCache(None)):
        outcomes[path] = _document(left[path], source)
        progress(before + len(outcomes), len(files.documents))
    return outcomes


def gathered(
    files: FolderFiles, outcomes: Mapping[Path, D | DocumentError]
) -> tuple[tuple[D, ...], tuple[DocumentError, ...]]:
    """The documents in order of their ids, and all failures; of two with one id the first counts."""
    failures = list(files.failures)
    own: dict[str, D] = {}
    for file in files.documents:
        outcome = outcomes[file.path]
        if isinstance(outcome, DocumentError):
            failures.append(outcome)
        elif own.setdefault(outcome.document.id, outcome) is not outcome:
            failures.append(_same_id(file.path, own[outcome.document.id]))
    return tuple(own[id_] for id_ in sorted(own)), tuple(failures)


def _document(file: DocumentFile, source: Outcome) -> ReadDocument | DocumentError:
    try:
        return source if isinstance(source, DocumentError) else read_document_of(file, source)
    except DocumentError as error:
        return error


def _same_id(path: Path, other: ParsedDocument) -> DocumentError:
    id_ = other.document.id
    return DocumentError(
        f"{path}:1: 与 {other.file} 的编号相同（{id_}），请给其中一个改名。"
        f"{Path(other.file).name} has the same id {id_!r}; rename one of them"
    )
