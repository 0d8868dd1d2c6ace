"""A corpus from files: a folder of texts with their facts and records, or rows of JSONL."""

import gzip
import json
import os
import re
import stat
from pathlib import Path

from corpus.clause import Clause, Document
from corpus.corpus import Corpus
from corpus.errors import DocumentError
from corpus.metadata import Metadata, read_metadata
from corpus.parser.clauses import read_clauses
from corpus.parser.node import Diagnostic
from corpus.parser.outline import parse_outline
from corpus.readers.normal_form import normalise_text
from corpus.readers.text import read_text
from corpus.records.record import PlainRecord, read_records

__all__ = ["SHIPPED", "Corpus", "load_corpus", "read_document", "read_jsonl_corpus"]

_ARTICLE = re.compile(r"(.+?)第[一二三四五六七八九十百千零〇\d]+条(?:之[一二三四五六七八九十]+)?")
_PLAIN = ".plain.yaml"
SHIPPED = Path(__file__).parent / "documents"


def load_corpus(folder: Path | None = None) -> Corpus:
    """The shipped documents, or those of a folder: each `id.txt` with its facts in `id.toml`, in order of their ids.

    A text without a TOML file is read with every fact unknown and the title printed in it; `id.plain.yaml` holds its
    plain-language records, where somebody has written them. Raises DocumentError naming file and line when a file is
    malformed, or facts or records stand there without their text.
    """
    folder = SHIPPED if folder is None else folder
    paths = sorted(folder.glob("*.txt"), key=lambda path: path.stem)
    for beside in sorted((*folder.glob("*.toml"), *folder.glob(f"*{_PLAIN}"))):
        text = beside.with_name(beside.name.removesuffix(_PLAIN).removesuffix(".toml") + ".txt")
        if not text.exists():
            raise DocumentError(f"{beside}:1: no {text.name} beside it; add the text or remove the file")
    if not paths:
        raise DocumentError(f"{folder}:1: no document here; put *.txt files with their *.toml into the folder")
    taken: dict[str, Path] = {}
    for path in paths:
        if not _is_text(path.name):
            raise DocumentError(f"{folder}:1: the name of {path.name!r} is not UTF-8; rename the file")
        if (other := taken.setdefault(document_id(path), path)) is not path:
            raise DocumentError(f"{path}:1: {other.name} has the same id {document_id(path)!r}; rename one of them")
    read = [read_document(path) for path in paths]
    plain: dict[str, PlainRecord] = {}
    for path, (document, clauses, _) in zip(paths, read, strict=True):
        if os.path.lexists(records := path.with_suffix(_PLAIN)):
            plain |= read_records(records, document.id, clauses)
    return Corpus(
        documents=tuple(document for document, _, _ in read),
        clauses=tuple(clause for _, clauses, _ in read for clause in clauses),
        diagnostics=tuple(warning for _, _, warnings in read for warning in warnings),
        plain=plain,
    )


def _is_text(name: str) -> bool:
    """Whether a file's name is UTF-8: bytes that are not stand in it as lone surrogates, which no answer can repeat."""
    return name.encode(errors="ignore").decode() == name


def document_id(path: Path) -> str:
    """The id of a document in a file: its name without the ending; a colon, which ends a document's id, becomes -."""
    return re.sub("[:：]", "-", path.stem)


def read_document(path: Path) -> tuple[Document, tuple[Clause, ...], tuple[Diagnostic, ...]]:
    """One text file with the TOML file beside it, its clauses, and the warnings. Raises DocumentError."""
    text = read_text(path, path.parent)
    facts = path.with_suffix(".toml")
    metadata = read_metadata(facts) if os.path.lexists(facts) else Metadata()
    outline = parse_outline(text, title=metadata.title, file=str(path))
    document = Document(
        id=document_id(path),
        title=metadata.title or outline.title(text) or document_id(path),
        text=text,
        number=metadata.number,
        issuer=metadata.issuer,
        jurisdiction=metadata.jurisdiction,
        issued=metadata.issued,
        status=metadata.status,
        source=metadata.source,
        title_en=metadata.title_en,
        attachment_en=metadata.attachment_en,
    )
    return document, read_clauses(document, outline.root, metadata), outline.diagnostics


def read_jsonl_corpus(path: Path) -> Corpus:
    """A corpus of `{id, title, text}` rows (JSONL, or gzipped as .gz), one document and one clause each.

    A title such as 公路法第七十一条 puts the clause under 公路法. Other keys are ignored.
    Raises DocumentError naming file and line on a malformed row or an id that comes twice.
    """
    documents: dict[str, Document] = {}
    clauses: list[Clause] = []
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise DocumentError(f"{path}:1: not an ordinary file; give a file of rows")
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    document = _row(line, f"{path}:{number}")
                    if document.id in documents:
                        raise DocumentError(f"{path}:{number}: id {document.id!r} comes twice; give each row its own")
                    documents[document.id] = document
                    clauses.append(_whole(document))
    except (OSError, EOFError) as error:
        raise DocumentError(f"{path}:1: cannot be read ({error}); check the path and that the file is whole") from error
    if not documents:
        raise DocumentError(f"{path}:1: the file holds no row; put one JSON object a line into it")
    return Corpus(tuple(documents.values()), tuple(clauses))


def _row(line: bytes, where: str) -> Document:
    try:
        row = json.loads(line)
        values = [row[key] for key in ("id", "title", "text")]
    except (ValueError, KeyError, TypeError) as error:
        raise DocumentError(f'{where}: not a row ({error}); write {{"id": …, "title": …, "text": …}}') from error
    if not all(isinstance(value, str) for value in values) or not values[0]:
        raise DocumentError(f"{where}: id, title and text must be texts, and id not empty; correct the row")
    return Document(id=values[0], title=values[1], text=normalise_text(values[2]))


def _whole(document: Document) -> Clause:
    text, article = document.text, _ARTICLE.fullmatch(document.title)
    path = (article[1],) if article else ()
    return Clause(document.id, document.id, document.title, document.title, path, text, 0, len(text))
