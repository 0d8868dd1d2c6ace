"""An index from documents: of each what is kept or made anew, then what all of them together decide."""

from collections.abc import Callable

from corpus.corpus import Corpus
from corpus.segment_store import SegmentStore
from index.alignment import aligned
from index.clause_table import ClauseTable
from index.encoder.encoder import Encoder
from index.identity import identity
from index.index import Index
from index.induced_texts import with_spoken
from index.layer import INDUCED, layer_of_lines, records_layer, text_layer
from index.lexicon.expansion import Lexicon, load_lexicon
from index.query import QueryReader
from index.second import second_leg
from index.segments.segment import Makers, encode_segment, kept_segment
from index.segments.vectors import KeptEncoder


def build_index(
    corpus: Corpus,
    encoder: Encoder,
    lexicon: Lexicon | None = None,
    second: Encoder | None = None,
    segments: SegmentStore | None = None,
    *,
    encoded: Callable[[str], object] = lambda _document_id: None,
) -> Index:
    """Build everything in memory, with the shipped lexicon unless another is given; `store.save_index` writes it.

    Of documents that `segments` holds nothing is encoded; `encoded` is called with the id of each other one. The
    index is the same by value with a store and without one.
    """
    reader, table = QueryReader(encoder, lexicon or load_lexicon()), ClauseTable(corpus.clauses)
    makers = Makers(encoder, reader.lexicon, second)
    if segments is None:
        whole, vectors = encode_segment(corpus, table, makers), None
    else:
        whole, vectors = kept_segment(corpus, makers, segments, encoded), KeptEncoder(encoder, segments)
    of_texts: Encoder = vectors or encoder
    text = text_layer(whole.said.text, table, reader)
    induced = with_spoken(whole.induced, reader.lexicon, text.lexical.weights.rarity, of_texts)
    index = Index(
        reader,
        table=table,
        corpus=corpus,
        built_from=identity(corpus, encoder, reader.lexicon, second),
        alignment=aligned(whole.said.words, of_texts),
        text=text,
        records=records_layer(whole.said.records, table, reader),
        induced=layer_of_lines(INDUCED, induced, table, reader),
        second=second_leg(whole.second, corpus.clauses, table, second, reader) if second and whole.second else None,
    )
    if vectors:
        vectors.keep()
    return index
