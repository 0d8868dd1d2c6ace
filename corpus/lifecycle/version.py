"""One version of a document with all that hangs on it, wherever it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.clause import Clause, Document
from corpus.records.record import PlainRecord

if TYPE_CHECKING:
    from corpus.corpus import Corpus
    from corpus.reading import ReadDocument


@dataclass(frozen=True)
class Version:
    """A document with all its clauses in order, and its plain-language records by clause or part id."""

    document: Document
    clauses: tuple[Clause, ...]
    records: Mapping[str, PlainRecord] = field(default_factory=dict)


def version_read(read: "ReadDocument") -> Version:
    """The version in a file that was read."""
    return Version(read.document, read.clauses, read.records)


def version_held(corpus: "Corpus", document_id: str) -> Version:
    """The version that a corpus holds. Raises NotFoundError."""
    document = corpus.document(document_id)
    clauses = corpus.clauses_of(document_id)
    records = {record.id: record for clause in clauses for record in corpus.records(clause)}
    return Version(document, clauses, records)
