"""What a message wants listed: which clauses of which documents and chapters, about which matters, in which places."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.question.chapters import (
    Chapter,
    Chapters,
    chapter_words,
    names_chapter_by_number,
    without_chapters,
)
from assistant.question.listing import Listing, may_list, opens_business, read_listing
from assistant.question.places import places_in, without_places
from assistant.question.question import Reading
from assistant.question.titles import named_by_title
from assistant.replies.matters import Matters
from assistant.replies.provisions import Provisions
from assistant.replies.reply import Message
from assistant.replies.subject import documents_meant
from corpus.clause import Document
from index.index import Index
from index.retriever import Scope

_OPENS_BUSINESS = "企业开办"  # what a shop of any kind may ask for is held under this
_MOST_DOCUMENTS = 3  # of which one chapter number is meant where no document is named


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a message wants listed."""

    listing: Listing
    documents: tuple[Document, ...]  # that are meant
    named: bool  # whether the message names them, by number or title
    by_number: bool  # whether a chapter is named by its number
    chapters: tuple[Chapter, ...]  # that are named
    matters: tuple[str, ...]  # none where everything is wanted
    scope: Scope
    places: tuple[str, ...]  # that are asked for

    def is_limited(self, reading: Reading) -> bool:
        """Whether the message itself says of what everything is wanted; what was said before may be another matter."""
        if self.matters or self.chapters or self.by_number or self.named:
            return True
        return bool(reading.own_places.covered if reading.in_context else self.places)


class WantedReader:
    """Reads what messages want listed. Safe from several threads."""

    def __init__(self, index: Index, chapters: Chapters, matters: Matters, provisions: Provisions) -> None:
        self._index = index
        self._chapters = chapters
        self._matters = matters
        self._provisions = provisions

    def __call__(self, message: Message) -> Wanted | None:
        """What is wanted; None where no list is."""
        reading = message.reading
        rest = without_places(reading.bare.normal)
        if not may_list(rest):
            return None
        scope, places = self._scope(message)
        documents, rest, titled = self._documents(message, rest, scope)
        chapters, rest, by_number = self._named_chapters(rest, documents)
        of_whole = titled or bool(reading.documents or places)
        listing = read_listing(rest, in_chapter=bool(chapters) or by_number, of_whole=of_whole)
        if listing is None:
            return None
        if titled:
            scope = replace(scope, documents=frozenset(one.id for one in documents))
        matters = listing.matters
        if opens_business(rest):
            matters = (*matters, _OPENS_BUSINESS)
        return Wanted(
            listing, documents, titled or bool(reading.documents), by_number, tuple(chapters), matters, scope, places
        )

    def _scope(self, message: Message) -> tuple[Scope, tuple[str, ...]]:
        """Where it may stand, and the places that are asked for; 皖 of a number asks for none."""
        reading = message.reading
        places = reading.places
        if reading.references.documents and not places.strict:
            places = places_in([reading.bare.text], self._index.corpus)
        return Scope(reading.admitted, places.jurisdictions, frozenset(places.covered)), places.covered

    def _documents(self, message: Message, rest: str, scope: Scope) -> tuple[tuple[Document, ...], str, bool]:
        """The documents meant, the message without their names, and whether their titles are named."""
        if not message.reading.documents:
            held = self._provisions.documents(scope)
            if name := named_by_title(rest, held, self._index.lexicon):
                return name.documents, f"{rest[: name.start]} {rest[name.end :]}", True
        in_force = {one.id for one in self._provisions.documents(scope)}
        meant = documents_meant(message, self._index.corpus)
        return tuple(one for one in meant if one.id in in_force) or meant, rest, False

    def _named_chapters(self, rest: str, documents: Sequence[Document]) -> tuple[Sequence[Chapter], str, bool]:
        """The chapters named, the message without their names, and whether they are named by a number."""
        ids = [document.id for document in documents]
        chapters = self._chapters.named(rest, ids)
        if chapters or names_chapter_by_number(rest):
            return chapters, without_chapters(rest, chapters), names_chapter_by_number(rest)
        said = chapter_words(rest)
        for words in said.words if said else ():
            if said and (chapters := self._matters.chapters_called(words, ids)):
                before = rest[: said.start].removesuffix(words)
                return chapters, f"{before} {rest[said.end :]}", False
        return (), rest, False
