"""By what the entries of a document are known: a digest of all that goes into each of them, and of nothing else.

A status, a source, a date of issue are not searched, so they are in no key; a lexicon matters for what may be asked
alone, so that a new word in it leaves what the clauses say as it was encoded.
"""

import hashlib
from typing import NamedTuple

from corpus.corpus import Corpus
from index.encoder.encoder import Encoder
from index.identity import FORMAT, content_of
from index.induced import fingerprint as forms_fingerprint
from index.lexicon.expansion import Lexicon
from index.text import statements, tokenizer

VERSION = "1"  # of what is put into the entries, beside the format of the index


class SegmentKeys(NamedTuple):
    """The keys of one document, 64 hexadecimal digits each."""

    said: str
    induced: str
    second: str  # empty without a second encoder


def segment_keys(one: Corpus, encoder: Encoder, lexicon: Lexicon, second: Encoder | None = None) -> SegmentKeys:
    """The keys of a document, which is a corpus of its own."""
    digest = hashlib.sha256()
    for item in content_of(one):
        digest.update(repr(item).encode("utf-8", "surrogatepass"))
    content, words = digest.hexdigest(), f"{tokenizer.fingerprint()} {statements.fingerprint()}"
    return SegmentKeys(
        _key("said", content, words, encoder.fingerprint),
        _key("induced", content, words, encoder.fingerprint, lexicon.fingerprint, forms_fingerprint()),
        _key("second", content, words, second.fingerprint) if second else "",
    )


def vectors_key(encoder: Encoder) -> str:
    """The key of the vectors of words, which no document has to itself."""
    return _key("vectors", encoder.fingerprint)


def _key(*made_from: str) -> str:
    return hashlib.sha256(repr((FORMAT, VERSION, *made_from)).encode()).hexdigest()
