"""A clause as those who judge it read it: normal forms, tokens, sentences with vectors."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from corpus.clause import Clause
from corpus.corpus import Corpus
from index.encoder.encoder import Encoder
from index.encoder.vectors import Vectors
from index.rows import Cell, read_cells
from index.text.normalizer import normalize
from index.text.tokenizer import segment

_SENTENCE = re.compile(r"[^。；;!?！？\n]+")


@dataclass(frozen=True, slots=True, eq=False)
class Sentences:
    """The sentences of a text without their marks."""

    written: tuple[str, ...]  # as they stand, without blanks around them
    normal: tuple[str, ...]
    vectors: Vectors  # float32 [sentences, dimension], unit rows or zero

    def rows(self) -> Iterator[tuple[str, str, Vectors]]:
        """Each sentence as it stands, in normal form, and its vector [dimension]."""
        return zip(self.written, self.normal, self.vectors, strict=True)


class ClauseView:
    """One clause; each field is worked out when first asked for and kept. Safe from several threads."""

    def __init__(self, clause: Clause, corpus: Corpus, encoder: Encoder, *, records: bool) -> None:
        """`records` says whether the clause's plain-language records are looked at."""
        self.clause = clause
        self._records = corpus.records(clause) if records else ()
        self._encoder = encoder

    @cached_property
    def normal(self) -> str:
        """The normal form of title and text."""
        return normalize(f"{self.clause.title}\n{self.clause.text}")

    @cached_property
    def normal_with_records(self) -> str:
        """The same with every line of the records."""
        lines = [text for record in self._records for _, text in record.lines()]
        return normalize("\n".join([self.clause.title, self.clause.text, *lines])) if lines else self.normal

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Of a row of a table its cells under their heads; of any other clause none."""
        return read_cells(self.clause)

    @cached_property
    def stated(self) -> str:
        """What it states, in normal form: title and text, of a row its cells under their heads."""
        return ";".join(cell.under_head for cell in self.cells) or self.normal

    @cached_property
    def tokens(self) -> frozenset[str]:
        """The different tokens of title and text."""
        return frozenset(segment(self.normal).tokens)

    @cached_property
    def tokens_with_records(self) -> frozenset[str]:
        """The same with the records."""
        return frozenset(segment(self.normal_with_records).tokens) if self._records else self.tokens

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The normal forms of the title, of a row of what it states, and of every sentence."""
        title = self.stated if self.cells else normalize(self.clause.title)
        return (title, *map(normalize, sentences_of(self.clause.text)))

    @cached_property
    def sentence_vectors(self) -> Vectors:
        """float32 [sentences, dimension]."""
        return self._encoder.encode_documents(self.sentences)


def read_sentences(text: str, encoder: Encoder) -> Sentences:
    """The sentences of any text with their vectors."""
    written = tuple(sentence.strip() for sentence in sentences_of(text))
    normal = tuple(map(normalize, written))
    return Sentences(written, normal, encoder.encode_documents(normal))


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, and what semicolons and lines separate, without these marks; none is blank."""
    return [sentence for sentence in _SENTENCE.findall(text) if sentence.strip()]
