"""Policy texts as data: Document → Clause → Part, and the parser that makes them."""

from corpus.clause import Clause, Document, Part
from corpus.load import Corpus, load_corpus, read_jsonl_corpus
from corpus.parser.node import Diagnostic
from corpus.places.gazetteer import Place, find_places

__all__ = [
    "Clause",
    "Corpus",
    "Diagnostic",
    "Document",
    "Part",
    "Place",
    "find_places",
    "load_corpus",
    "read_jsonl_corpus",
]
