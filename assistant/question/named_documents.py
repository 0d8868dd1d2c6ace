"""Which documents a question names: by title or number, or loosely by what it says of them.

Chinese words are those of a title, some left out; English ones are compared with the titles by meaning. Where a name
fits several texts, those in force are meant, unless it says a year or that an older one is.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.question.loose_names import LooseName, loose_names
from corpus.addresses.document_numbers import own_number
from corpus.addresses.headings import abridges
from corpus.addresses.names import DocumentName, squeeze
from corpus.clause import Document
from corpus.places.gazetteer import load_gazetteer
from corpus.text.characters import fold
from corpus.validity import is_draft
from index.encoder.encoder import Vectors
from index.index import Index
from index.text.normalizer import normalize

MOST = 3  # documents that one loose name may mean: one that fits more names none
_REMEMBERED = 4096  # documents, whose titles' vectors are kept
_LEAST = 6  # characters of a name without a place
_ALIKE = 0.4  # cosine of Chinese words that are none of a title with one that means the same
_LEAST_ALIKE, _NEARLY = 0.15, 0.1  # cosine of English words with a title; how far below the best another may be


class NamedDocuments:
    """Finds the documents of one index that a question names. Safe from several threads."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._corpus = index.corpus
        self._title_vectors = lru_cache(_REMEMBERED)(self._encode_titles)

    def find(self, text: str, set_aside: Collection[str] = ()) -> list[DocumentName]:
        """The documents named, in order, without overlap; numbers of others too. `set_aside` are not in force."""
        folded = fold(text)
        names = [
            replace(name, documents=_in_force(name.documents, set_aside))
            for name in self._corpus.address_book.names.find(folded)
        ]
        for loose in loose_names(folded):
            if all(loose.end <= one.start or one.end <= loose.start for one in names):
                documents = self._meant(loose, set_aside)
                if 0 < len(documents) <= MOST:
                    names.append(DocumentName(loose.start, loose.end, documents, folded[loose.start : loose.end]))
        return sorted(names, key=lambda one: one.start)

    def nearest(self, said: str, documents: Sequence[Document], least: float = _LEAST_ALIKE) -> list[Document]:
        """Those of the documents whose titles are nearest in meaning to some words; none where all are far."""
        if not documents:
            return []
        vector = self._index.encoder.encode_queries([normalize(said)])[0]
        alike = {one.id: max(float(title @ vector) for title in self._title_vectors(one)) for one in documents}
        best = max(alike.values(), default=0.0)
        return [one for one in documents if alike[one.id] >= max(least, best - _NEARLY)]

    def _encode_titles(self, one: Document) -> Vectors:
        """The vectors of a document's title, and of the English one where there is one."""
        return self._index.encoder.encode_documents([title for title in (one.title, one.title_en) if title])

    def _meant(self, loose: LooseName, set_aside: Collection[str]) -> tuple[str, ...]:
        """The ids of the documents that a loose name may mean; none where it says too little or none fits."""
        fitting = [one for one in self._corpus.browsable.documents if _fits(one, loose)]
        first = [one for one in fitting if loose.year or (one.id in set_aside) == loose.old]
        first = [one for one in first if not is_draft(one)] or first
        ids = self._on_its_matter(loose, first)
        if not ids and len(first) < len(fitting):
            ids = self._on_its_matter(loose, fitting)
        if loose.matter:
            return ids if loose.place or len(loose.matter + loose.genre) >= _LEAST else ()
        return ids if (loose.place and (loose.points or len(ids) == 1)) or loose.year else ()

    def _on_its_matter(self, loose: LooseName, documents: Sequence[Document]) -> tuple[str, ...]:
        """The ids of those of the documents that are about what a loose name says."""
        if loose.matter and loose.english:
            documents = self.nearest(loose.matter, documents)
        elif loose.matter:
            held = [one for one in documents if abridges(loose.matter + loose.genre, squeeze(one.title))]
            documents = held or (self.nearest(loose.matter, documents, _ALIKE) if loose.place else [])
        return tuple(one.id for one in documents)


def _in_force(ids: tuple[str, ...], set_aside: Collection[str]) -> tuple[str, ...]:
    return tuple(id_ for id_ in ids if id_ not in set_aside) or ids


def _fits(document: Document, loose: LooseName) -> bool:
    """Whether a document is of the place, the year and the kind that a loose name says."""
    if loose.place and loose.place not in document.jurisdiction and not _is_titled(document, loose.place):
        return False
    if loose.year and loose.year not in _years(document):
        return False
    if loose.number and loose.number != _number(document):
        return False
    return not loose.genre or loose.genre in document.title


def _is_titled(document: Document, place: str) -> bool:
    found = load_gazetteer().place_of(document.title)
    return found is not None and found.name == place


def _number(document: Document) -> int | None:
    own = own_number(squeeze(document.number)) if document.number else None
    return own.value if own else None


def _years(document: Document) -> set[int]:
    """The years by which it is called: of its issue, of its number, of its first day in force."""
    days = [day.year for day in (document.issued, document.effective) if day]
    number = document.number or ""
    return {*days, *(int(number[at : at + 4]) for at in range(len(number) - 3) if number[at : at + 4].isdecimal())}
