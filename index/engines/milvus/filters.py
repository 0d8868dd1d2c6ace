"""What a search may return, in Milvus's filter language. Documents and places are numbers, so nothing is quoted."""

from collections.abc import Iterable
from functools import lru_cache

from corpus.corpus import Corpus
from index.engines.milvus.cut import Span
from index.retriever import Scope, places_of

NOTHING = "clause < 0"
_SCOPES = 16  # whose expressions are kept: each leg asks for the same one


class Numbers:
    """The documents and places of a corpus by number; equal for equal corpora."""

    def __init__(self, corpus: Corpus) -> None:
        self._documents = {document.id: number for number, document in enumerate(corpus.documents)}
        places = sorted({place for clause in corpus.clauses for place in places_of(clause)})
        self._places = {place: number for number, place in enumerate(places)}
        self._filter = lru_cache(_SCOPES)(self._expression)

    def document(self, id_: str) -> int:
        """Of a document of the corpus."""
        return self._documents[id_]

    def places(self, names: Iterable[str]) -> list[int]:
        """Of places of the corpus; others are left out."""
        return sorted(self._places[name] for name in names if name in self._places)

    def filter(self, scope: Scope) -> str:
        """The scope as an expression; empty where it leaves nothing out."""
        return self._filter(scope.documents, scope.jurisdictions)

    def _expression(self, documents: frozenset[str] | None, jurisdictions: frozenset[str] | None) -> str:
        parts = []
        if documents is not None:
            parts.append(self._among(documents))
        if jurisdictions is not None:
            found = self.places(jurisdictions)
            parts.append(f"array_contains_any(places, {found})" if found else NOTHING)
        return " and ".join(filter(None, parts))

    def _among(self, documents: Iterable[str]) -> str:
        """By the shorter list: those that are inside, or those that are not."""
        inside = sorted(self._documents[id_] for id_ in set(documents) if id_ in self._documents)
        if not inside:
            return NOTHING
        if 2 * len(inside) <= len(self._documents):
            return f"document in {inside}"
        outside = sorted(set(self._documents.values()).difference(inside))
        return f"document not in {outside}" if outside else ""


def in_span(span: Span, whole: Span) -> str:
    """A span of clauses as an expression; empty for the whole."""
    return "" if span == whole else f"clause >= {span.first} and clause < {span.end}"


def both(*parts: str) -> str:
    """What satisfies all of these expressions, of which some may be empty."""
    return " and ".join(filter(None, parts))
