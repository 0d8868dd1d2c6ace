"""What an index was built from: the content that a search sees, apart from the facts that it does not.

A status, a source, a date of issue may change without a new index; a title, a place or a word of a record may not.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus.clause import Clause
from corpus.corpus import Corpus
from index.encoder.encoder import Encoder
from index.induced import fingerprint as forms_fingerprint
from index.layer import INDUCED, RECORDS, TEXT
from index.lexicon.expansion import Lexicon
from index.text import statements, tokenizer

FORMAT = "7"  # of the files and of what is put into them


@dataclass(frozen=True, slots=True)
class Identity:
    """Two indexes with equal identities give equal hits, as long as the re-ranker's model is the same."""

    format: str
    corpus: str
    words: str  # tokenizer, lexicon and glossary
    forms: str  # of the questions of the induced layer, and of what sentences may state
    encoder: str
    layers: str  # that are looked at
    second: str = ""  # the second encoder, where there is one

    @property
    def version(self) -> str:
        """Twelve hexadecimal digits, shown as `index_version`."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:12]

    def without_records(self) -> "Identity":
        """Of the same index, searched by what the clauses say alone."""
        return self._without(RECORDS)

    def without_induced(self) -> "Identity":
        """Of the same index, searched by what somebody has written alone."""
        return self._without(INDUCED)

    def without_second(self) -> "Identity":
        """Of the same index, searched by one encoder alone."""
        return replace(self, second="")

    def _without(self, layer: str) -> "Identity":
        return replace(self, layers=" ".join(name for name in self.layers.split() if name != layer))


def identity(corpus: Corpus, encoder: Encoder, lexicon: Lexicon, second: Encoder | None = None) -> Identity:
    """The identity of an index of all layers over these."""
    digest = hashlib.sha256()
    for item in content_of(corpus):
        digest.update(repr(item).encode("utf-8", "surrogatepass"))
    words = f"{tokenizer.fingerprint()} {lexicon.fingerprint}"
    forms = f"{forms_fingerprint()} {statements.fingerprint()}"
    layers = " ".join((TEXT, RECORDS, INDUCED) if corpus.clauses_with_records else (TEXT, INDUCED))
    return Identity(
        FORMAT,
        digest.hexdigest()[:16],
        words,
        forms,
        encoder.fingerprint,
        layers,
        second.fingerprint if second else "",
    )


def identity_of(content: str, encoder: Encoder, lexicon: Lexicon) -> Identity:
    """The identity of an index of the text layer alone over a corpus of this digest, as a stream is built."""
    words = f"{tokenizer.fingerprint()} {lexicon.fingerprint}"
    forms = f"{forms_fingerprint()} {statements.fingerprint()}"
    return Identity(FORMAT, content, words, forms, encoder.fingerprint, TEXT)


def content_of(corpus: Corpus) -> Iterator[object]:
    """Everything of a corpus that is searched or filtered by, in order."""
    for document in corpus.documents:
        yield document.id, document.title
    for clause in corpus.clauses:
        yield _of_clause(clause)
        for record in corpus.records(clause):
            yield record.id, (*record.lines(), *(("not_ask", question) for question in record.not_ask))


def _of_clause(clause: Clause) -> tuple[object, ...]:
    parts = tuple((part.id, part.text) for part in clause.all_parts())
    return (
        clause.id,
        clause.document_id,
        clause.number,
        clause.title,
        clause.path,
        clause.text,
        clause.jurisdiction,
        parts,
    )
