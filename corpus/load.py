"""A corpus from a folder of documents, in any format, each with the facts and records that stand beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from corpus.corpus import Corpus
from corpus.errors import DocumentError
from corpus.readers.cache import SourceCache
from corpus.readers.folder import DocumentFile, find_files
from corpus.readers.many import Outcome, read_sources
from corpus.reading import ReadDocument, read_document, read_document_of
from corpus.rows import read_jsonl_corpus

__all__ = ["SHIPPED", "Corpus", "Loaded", "load_corpus", "load_folder", "read_document", "read_jsonl_corpus"]

SHIPPED = Path(__file__).parent / "documents"
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
        return Corpus(
            documents=tuple(read.document for read in self.documents),
            clauses=tuple(clause for read in self.documents for clause in read.clauses),
            diagnostics=tuple(warning for read in self.documents for warning in read.diagnostics),
            plain={key: record for read in self.documents for key, record in read.records.items()},
        )

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
    files = find_files(folder)
    if not files.documents and not files.failures:
        raise DocumentError(
            f"{folder}:1: 这里没有文件，请放入 docx、pdf、html、xlsx 或 txt 等文件。"
            "no document here; put docx, pdf, html, xlsx or txt files into the folder"
        )
    by_path = {file.path: file for file in files.documents}
    outcomes: dict[Path, ReadDocument | DocumentError] = {
        path: read for path, read in (known or {}).items() if path in by_path
    }
    left = [path for path in by_path if path not in outcomes]
    for path, source in read_sources(left, folder, kept or SourceCache(None)):
        outcomes[path] = _document(by_path[path], source)
        progress(len(outcomes), len(by_path))
    failures = list(files.failures)
    own: dict[str, ReadDocument] = {}
    for path in by_path:
        outcome = outcomes[path]
        if isinstance(outcome, DocumentError):
            failures.append(outcome)
        elif own.setdefault(outcome.document.id, outcome) is not outcome:
            failures.append(_same_id(path, own[outcome.document.id]))
    return Loaded(tuple(own[id_] for id_ in sorted(own)), tuple(failures), files.skipped)


def _document(file: DocumentFile, source: Outcome) -> ReadDocument | DocumentError:
    try:
        return source if isinstance(source, DocumentError) else read_document_of(file, source)
    except DocumentError as error:
        return error


def _same_id(path: Path, other: ReadDocument) -> DocumentError:
    id_ = other.document.id
    return DocumentError(
        f"{path}:1: 与 {other.file} 的编号相同（{id_}），请给其中一个改名。"
        f"{Path(other.file).name} has the same id {id_!r}; rename one of them"
    )
