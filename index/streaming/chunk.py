"""A chunk: some documents as they go into an index, before other documents weigh on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corpus.addresses.names import names_of
from corpus.clause import Clause
from corpus.packed.packing import pack_document
from corpus.packed.records import records_of
from corpus.parsed import ParsedDocument, corpus_of
from index.alignment import Words, read_words
from index.clause_table import ClauseTable
from index.encoder.encoder import Encoder
from index.layer import encode_clauses
from index.layer_texts import LayerTexts


@dataclass(frozen=True, slots=True)
class Listing:
    """The documents and clauses of a chunk, and by what they are found."""

    data: NDArray[np.uint8]  # the packed documents, one behind the other
    starts: NDArray[np.int64]  # [documents + 1]
    clauses: NDArray[np.int64]  # [documents] how many clauses each has
    document_ids: tuple[str, ...]
    clause_ids: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]  # [documents] what each is called
    jurisdictions: tuple[tuple[str, ...], ...]  # the different ones
    jurisdiction: NDArray[np.int32]  # [clauses] rows of them


@dataclass(frozen=True, slots=True)
class Leaning:
    """Which clauses lean on one another (`dense.smooth_with_neighbours`), here and across the chunk's edges."""

    behind: NDArray[np.bool_]  # [clauses] whether each and the one behind it do; of the last one False
    first: tuple[str, ...]  # the headings above the first clause; none where it leans on nothing
    last: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some documents, packed, counted and encoded. Positions are those of its own clauses."""

    listing: Listing
    leaning: Leaning
    text: LayerTexts
    words: Words


def make_chunk(documents: Sequence[ParsedDocument], encoder: Encoder) -> Chunk:
    """The chunk of these documents, at least one. Raises ValueError where a text cannot be written."""
    corpus = corpus_of(documents)
    table = ClauseTable(corpus.clauses)
    packed = records_of(map(pack_document, documents))
    different = dict.fromkeys(clause.jurisdiction for clause in corpus.clauses)
    rows = {places: row for row, places in enumerate(different)}
    listing = Listing(
        packed.data,
        packed.starts,
        np.array([len(one.clauses) for one in documents], np.int64),
        tuple(one.document.id for one in documents),
        tuple(clause.id for clause in corpus.clauses),
        tuple(names_of(one.document) for one in documents),
        tuple(different),
        np.array([rows[clause.jurisdiction] for clause in corpus.clauses], np.int32),
    )
    return Chunk(listing, _leaning(corpus.clauses), encode_clauses(corpus, encoder), read_words(corpus, table))


def _leaning(clauses: Sequence[Clause]) -> Leaning:
    behind = np.zeros(len(clauses), bool)
    behind[:-1] = [bool(_under(one)) and _under(one) == _under(other) for one, other in pairwise(clauses)]
    first, last = (clauses[0], clauses[-1]) if clauses else (None, None)
    return Leaning(behind, _under(first) if first else (), _under(last) if last else ())


def _under(clause: Clause) -> tuple[str, ...]:
    """The headings under which a clause leans on its neighbours; none of a row of a table."""
    return () if clause.cells else clause.path
