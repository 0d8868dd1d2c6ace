"""What a clerk sees of a file before it is taken in: facts with their evidence, clauses, and what looks wrong.

Command line and page give the same: bytes and a name.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from corpus.clause import Document
from corpus.corpus import Corpus
from corpus.drafts import Draft
from corpus.errors import DocumentError
from corpus.library.versions import Versions, versions_of
from corpus.metadata import Metadata, parse_metadata
from corpus.parser.node import Severity
from corpus.readers.folder import CONDITIONS, FACTS, RECORDS, SERVICES, DocumentFile, is_litter
from corpus.readers.limits import read_file
from corpus.readers.registry import Format, detect, read_document_file, read_source
from corpus.readers.source import Source
from corpus.readers.text import read_text
from corpus.reading import ReadDocument, document_id, make_document
from corpus.records.profile import ProfileQuestion
from corpus.records.record import parse_records
from corpus.records.services import possible_conditions, read_profile_in

_PATH = re.compile(r".*[/\\]", re.DOTALL)
# Facts that every document has: what is said where one was neither read nor stated.
_EXPECTED = {
    "title": "没有读出标题，现用文件名代替；请填写。no title was read, so the file's name stands for it; state it",
    "jurisdiction": "没有读出适用地区，问任何地区都会查到它；请填写，全国有效的填“全国”。"
    "no place was read, so it is searched for every place; state it, 全国 where it is valid everywhere",
    "issuer": "没有读出发文机关；请核对后填写。no issuer was read; state it",
}
_LONGEST_NAME = 200  # bytes; a file system takes 255, and the names of what stands beside it are longer


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as received, with what somebody has written beside it."""

    name: str  # of the file; a folder before it is ignored
    data: bytes
    facts: str | None = None  # the content of a .toml
    records: bytes | None = None  # the content of a .plain.yaml
    conditions: bytes | None = None  # the content of an .apply.yaml
    shown: str = ""  # how errors name it, where not by its name
    source: Source | None = None  # what it holds, where it has been read

    @property
    def file_name(self) -> str:
        """The name without a folder, whichever system wrote it."""
        return _PATH.sub("", self.name)

    @property
    def where(self) -> str:
        """How errors name it."""
        return self.shown or self.file_name


def upload_of(file: DocumentFile, source: Source | None = None) -> Upload:
    """A file of the disk with what stands beside it; `source` is its content, where it has been read.

    Raises DocumentError where one of them cannot be read.
    """
    return Upload(
        name=file.path.name,
        data=read_document_file(file.path),
        facts=read_text(file.facts, file.path.parent) if file.facts else None,
        records=read_file(file.records, file.path.parent) if file.records else None,
        conditions=read_file(file.conditions, file.path.parent) if file.conditions else None,
        shown=str(file.path),
        source=source,
    )


@dataclass(frozen=True)
class Preview:
    """A document as it would be taken in."""

    upload: Upload
    format: Format
    read: ReadDocument
    metadata: Metadata  # what somebody has written down; the other facts are drafts
    versions: tuple[Versions, ...] = ()

    @property
    def drafts(self) -> tuple[Draft, ...]:
        """The facts that the text states."""
        return self.read.drafts

    @property
    def errors(self) -> tuple[str, ...]:
        """What must be corrected before the document is taken in."""
        found = [str(one) for one in self.read.diagnostics if one.severity is Severity.ERROR]
        if not self.read.clauses:
            found.append(f"{self.upload.where}:1: 没有条款，请检查文件内容。no clause was found; look at the file")
        return tuple(found)

    @property
    def missing(self) -> dict[str, str]:
        """The facts that every document has and that were neither read nor said to be unknown; what is said of each."""
        document = self.read.document
        is_titled = self.metadata.title or self.read.outline.title(document.text) or _has_sure(self.drafts, "title")
        known = {"title": is_titled, "jurisdiction": document.jurisdiction, "issuer": document.issuer}
        return {
            key: f"{self.upload.where}:1: {words}"
            for key, words in _EXPECTED.items()
            if not known[key] and key not in self.metadata.unknown
        }

    @property
    def warnings(self) -> tuple[str, ...]:
        """What a clerk should look at."""
        found = [str(one) for one in self.read.diagnostics if one.severity is not Severity.ERROR]
        return (*found, *self.read.warnings(), *self.missing.values())


def preview(
    upload: Upload, others: Iterable[Document] = (), profile: Sequence[ProfileQuestion] | None = None
) -> Preview:
    """Look at a file; `others` are the documents it may be a version of, `profile` is what its conditions may ask.

    Raises DocumentError if it, or something beside it, cannot be read. Without a profile the shipped one counts.
    """
    check_name(upload)
    where = upload.where
    without_ending = where.removesuffix(PurePath(where).suffix)  # as the files beside it are called
    id_ = document_id(PurePath(upload.file_name))
    metadata = Metadata() if upload.facts is None else parse_metadata(upload.facts, without_ending + FACTS)
    format_ = detect(upload.data, where)
    read = make_document(id_, upload.source or read_source(upload.data, where), metadata, where)
    if upload.records is not None:
        records = parse_records(upload.records, without_ending + RECORDS, id_, read.clauses)
        read = replace(read, records=records)
    if upload.conditions is not None:
        _check_conditions(upload.conditions, without_ending + CONDITIONS, read, profile)
    return Preview(upload, format_, read, metadata, versions_of(read.document, others))


def _check_conditions(data: bytes, path: str, read: ReadDocument, profile: Sequence[ProfileQuestion] | None) -> None:
    """Raises DocumentError that names every fault."""
    questions = {one.key: one for one in (read_profile_in(None) if profile is None else profile)}
    alone = Corpus((read.document,), read.clauses)
    _, faults = possible_conditions(data, path, read.document.id, alone, questions)
    if faults:
        raise DocumentError("\n".join(map(str, faults)))


def same_id(upload: Upload) -> DocumentError:
    """Two files that are looked at together would be one document."""
    id_ = document_id(PurePath(upload.file_name))
    return DocumentError(
        f"{upload.where}:1: 编号 {id_} 重复，请给其中一个文件改名。two files have the id {id_}; rename one of them"
    )


def _has_sure(found: Iterable[Draft], key: str) -> bool:
    return any(draft.key == key and draft.is_sure for draft in found)


def check_name(upload: Upload) -> None:
    """Raises DocumentError for a name that no document can have."""
    name = upload.file_name
    id_ = document_id(PurePath(name))
    is_ours = id_.lower() == SERVICES  # the folder beside the documents
    if not id_ or is_ours or is_litter(name) or len(name.encode("utf-8", "replace")) > _LONGEST_NAME:
        raise DocumentError(
            f"{upload.where}:1: 文件名不能用，请改名。a document cannot have this name; rename the file"
        )
