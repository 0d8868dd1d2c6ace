"""One document: from its file to its clauses, with everything that was found out on the way."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePath

from corpus.clause import Document
from corpus.drafts import Draft, drafts, with_drafts
from corpus.facts import read_facts
from corpus.metadata import Metadata, read_metadata
from corpus.parsed import ParsedDocument
from corpus.parser.clauses import read_clauses
from corpus.parser.node import Diagnostic, Kind, Outline
from corpus.parser.outline import parse_outline
from corpus.readers.folder import DocumentFile, document_file
from corpus.readers.registry import read_document_file, read_source, unexpected
from corpus.readers.source import Source
from corpus.records.record import read_records

# The facts that a document keeps as they are known.
_TAKEN = (
    "number", "issuer", "jurisdiction", "issued", "effective", "expires", "replaces", "replaced_by", "audience",
    "status", "source", "title_en", "attachment_en",
)  # fmt: skip
_RUNNING = 30  # characters of a line that is a sentence of the text, rather than a name or a date
# What is rightly in no clause: the head and the end of a text, and what leads in to it.
_APART = frozenset({
    Kind.TITLE, Kind.NUMBER, Kind.NOTE, Kind.CONTENTS, Kind.ADDRESSEE, Kind.PREAMBLE, Kind.TABLE_HEAD,
    Kind.ATTACHMENT_LIST, Kind.SIGNATURE, Kind.DATE, Kind.SOURCE,
})  # fmt: skip
_LINE = re.compile(r"[^\n]+")
_NOT_IN_IDS = re.compile(r"[:：\x00-\x1f\x7f]")


@dataclass(frozen=True)
class ReadDocument(ParsedDocument):
    """A document as it was read. `document` holds the facts that are used, `drafts` those that the text states."""

    source: Source
    outline: Outline
    drafts: tuple[Draft, ...] = ()
    path: Path | None = None  # where it was read from a file

    @cached_property
    def coverage(self) -> float:
        """Share of the visible characters of the text that some clause holds, 0..1."""
        text = self.document.text
        held = sum(len("".join(text[start:end].split())) for start, end in self._stretches())
        return held / len("".join(text.split()))

    @cached_property
    def outside(self) -> tuple[tuple[int, int], ...]:
        """The stretches of the text that no clause holds and that show something: head, signature, furniture."""
        ends = (0, *(end for _, end in self._stretches()))
        starts = (*(start for start, _ in self._stretches()), len(self.document.text))
        between = zip(ends, starts, strict=True)
        return tuple((start, end) for start, end in between if self.document.text[start:end].strip())

    @cached_property
    def unplaced(self) -> tuple[tuple[int, int], ...]:
        """The lines of running text in no clause, the head and the end of the text apart: nobody can cite them."""
        apart = sorted((node.start, node.end) for node in self.outline.root.walk() if node.kind in _APART)
        found: list[tuple[int, int]] = []
        for stretch in self.outside:
            for match in _LINE.finditer(self.document.text, *stretch):
                line = match[0].strip()
                start = match.start() + match[0].index(line)
                before = bisect_right(apart, start, key=lambda span: span[0])
                is_apart = before > 0 and start < apart[before - 1][1]
                if len(line) >= _RUNNING and line.endswith(("。", "；")) and not is_apart:
                    found.append((start, start + len(line)))
        return tuple(found)

    def warnings(self) -> tuple[str, ...]:
        """What a clerk should look at, beside the diagnostics; each begins with the file."""
        return tuple(f"{self.file}:1: {words}" for words in self.source.notices)

    def _stretches(self) -> list[tuple[int, int]]:
        """The spans of the clauses in order of the text, without what an earlier one holds already."""
        spans: list[tuple[int, int]] = []
        done = 0
        for clause in sorted(self.clauses, key=lambda one: one.start):
            if clause.end > done:
                spans.append((max(clause.start, done), clause.end))
                done = clause.end
        return spans


def document_id(path: PurePath) -> str:
    """The id of a document in a file: its name without the ending; a colon, which ends a document's id, becomes -.

    Nothing else goes into it: neither the folder, which may change, nor what other files there are, so that what
    cites the document stays right when a file is moved or another one added.
    """
    return _NOT_IN_IDS.sub("-", unicodedata.normalize("NFC", path.stem)).strip() or "-"


def read_document(path: Path) -> ReadDocument:
    """One file with the facts and records beside it. Raises DocumentError."""
    file = document_file(path)
    return read_document_of(file, read_source(read_document_file(path, path.parent), str(path)))


def read_document_of(file: DocumentFile, source: Source) -> ReadDocument:
    """The document whose file has been read, with the facts and records beside it. Raises DocumentError."""
    metadata = read_metadata(file.facts) if file.facts else Metadata()
    id_ = document_id(file.path)
    read = make_document(id_, source, metadata, str(file.path))
    records = read_records(file.records, id_, read.clauses) if file.records else {}
    return replace(read, records=records, path=file.path)


def make_document(id_: str, source: Source, metadata: Metadata, file: str) -> ReadDocument:
    """The document in what was read from a file; `metadata` wins over what the text states. Raises DocumentError."""
    try:
        outline = parse_outline(source.text, title=metadata.title, file=file, hints=source.lines)
        stated = drafts(read_facts(source, outline))
        known = with_drafts(metadata, stated)
        document = Document(
            id=id_,
            title=known.title or outline.title(source.text) or id_,
            text=source.text,
            **{name: getattr(known, name) for name in _TAKEN},
        )
        clauses = read_clauses(document, outline.root, known)
    except Exception as error:  # one text that the parser fails on must not take the others with it
        raise unexpected(file, error) from error
    read = ReadDocument(document, clauses, outline.diagnostics, source, outline, stated, file=file)
    return replace(read, diagnostics=(*read.diagnostics, *_unplaced(read)))


def _unplaced(read: ReadDocument) -> Iterator[Diagnostic]:
    """One warning for all lines that should be in a clause and are in none, at the first of them."""
    if count := len(read.unplaced):
        line = read.document.text.count("\n", 0, read.unplaced[0][0]) + 1
        yield Diagnostic(
            read.file,
            line,
            f"正文有 {count} 行不在任何条款里，引用不到，这是第一处；请核对附近的编号。"
            f"{count} lines of the text are in no clause and cannot be cited, this one first; check the numbers there",
        )
