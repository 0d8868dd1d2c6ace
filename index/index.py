"""The index as the assistant sees it: both legs over one corpus, fused."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from corpus.load import Corpus
from index.encoder.encoder import Encoder
from index.engines import bm25, dense
from index.fusion import FusedRetriever
from index.layer import PLAIN, TEXT, Layer, build_plain, build_text
from index.lexicon import lexicon
from index.retriever import EVERYTHING, Hit, Scope
from index.scorer import Leg
from index.text import tokenizer

# BM25 to dense as chosen on training questions that the encoder had not seen; the plain layer as much as the text
# (on eval/questions, from half to more than twice as much is as good).
_LEGS = {bm25.NAME: 0.3, dense.NAME: 0.7}
WEIGHTS = {layer + leg: weight for layer in (TEXT, PLAIN) for leg, weight in _LEGS.items()}
FORMAT = "2"  # of the files and of what is put into them


@dataclass(frozen=True, slots=True)
class Identity:
    """What an index was built from; two indexes with equal identities give equal hits."""

    format: str
    corpus: str
    words: str  # tokenizer, lexicon and glossary
    encoder: str

    @property
    def version(self) -> str:
        """Twelve hexadecimal digits, shown as `index_version`."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:12]


def identity(corpus: Corpus, encoder: Encoder) -> Identity:
    """The identity that an index over this corpus and encoder has."""
    digest = hashlib.sha256()
    for item in (*corpus.documents, *corpus.clauses, *corpus.plain.values()):
        digest.update(repr(item).encode())
    return Identity(
        FORMAT, digest.hexdigest()[:16], f"{tokenizer.fingerprint()} {lexicon.fingerprint()}", encoder.fingerprint
    )


class Index:
    """The layers and the fusion of their legs. Satisfies `Retriever`.

    `plain` is None where no clause has a plain-language record, or where they are not to be looked at.
    """

    def __init__(
        self, corpus: Corpus, encoder: Encoder, built_from: Identity, text: Layer, plain: Layer | None = None
    ) -> None:
        self.corpus = corpus
        self.encoder = encoder
        self.identity = built_from
        self.text = text
        self.plain = plain
        self.legs: Mapping[str, Leg] = {**text.legs(), **(plain.legs() if plain else {})}
        self._fused = FusedRetriever(self.legs, WEIGHTS)

    @property
    def version(self) -> str:
        return self.identity.version

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The text, and the plain layer where it is looked at."""
        return (self.text, self.plain) if self.plain else (self.text,)

    def without_plain(self) -> "Index":
        """The same index, searched by what the clauses say alone."""
        return Index(self.corpus, self.encoder, self.identity, self.text)

    def search(self, query: str, *, limit: int, scope: Scope = EVERYTHING) -> list[Hit]:
        """Hits of all legs fused; `Hit.legs` tells what each leg said."""
        return self._fused.search(query, limit=limit, scope=scope)


def build_index(corpus: Corpus, encoder: Encoder) -> Index:
    """Build every leg in memory; `store.save_index` writes them down."""
    return Index(corpus, encoder, identity(corpus, encoder), build_text(corpus, encoder), build_plain(corpus, encoder))
