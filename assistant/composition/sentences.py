"""The sentences of what is quoted, each with whose practice it describes and how near it is to the question."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Citation
from assistant.composition.modality import tried_in_places
from assistant.composition.whose_places import all_within, local_places, narrower, scope_of
from index.index import Index
from index.query import Query

_NUMBERING = re.compile(
    r"^(?:\d+[.．、]|[一二三四五六七八九十]+是|第[^\s　]{1,8}条(?:之[一二三四五六七八九十]{1,3}(?=\s))?)\s*"
)
_HEADING = 24  # characters up to which the first sentence of a point is its heading
_BARE_HEADING = 8  # the same of one without a number
_NAMED = 0.2  # what a sentence that holds all words of the question has before one that holds none
_LONGEST = 220  # characters that the words before a list may have with its entries


@dataclass(frozen=True, slots=True)
class QuotedSentence:
    """One sentence of a quote, without its mark."""

    number: int  # of the citation
    written: str  # as it stands, without the number of its point
    normal: str
    cosine: float  # with the question
    places: tuple[str, ...] = ()  # whose practice it describes, where that is narrower than where the clause applies
    excepted: tuple[str, ...] = ()  # places that it leaves out in so many words: 除某区外
    is_heading: bool = False  # of its point: it names the matter that the sentences behind it state
    recorded: float = 0.0  # cosine of the question with the records of its point, where there are any

    @property
    def of_matter(self) -> float:
        """How near it and its point are to what the question is about."""
        return self.cosine + self.recorded


def quoted_sentences(query: Query, citations: Iterable[Citation], index: Index) -> list[QuotedSentence]:
    """Those of the quotes, in their order.

    A sentence that names no place is about that of the one before it; where something is tried in some place, all of
    its quote is about that place.
    """
    found: list[QuotedSentence] = []
    for citation in citations:
        rows = list(index.sentences(citation.quote).rows())
        recorded = _recorded(query, citation, index)
        places = headed_by = narrower(citation.jurisdiction)
        headed = 0
        for position, (written, normal, vector) in enumerate(rows):
            text = _NUMBERING.sub("", written)
            scope = scope_of(text, citation.jurisdiction)
            longest = _HEADING if text != written else _BARE_HEADING
            is_heading = position == 0 and len(rows) > 1 and len(written) <= longest
            if scope is not None:
                places = local_places(scope, citation.jurisdiction)
                places = headed_by if all_within(places, headed_by) else places
            headed += is_heading
            left_out = scope.excepted if scope else ()
            found.append(
                QuotedSentence(
                    citation.number, text, normal, float(vector @ query.vector), places, left_out, is_heading, recorded
                )
            )
        of_this = found[len(found) - len(rows) :]
        if tried := next((one.places for one in of_this if one.places and tried_in_places(one.normal)), ()):
            found[-len(rows) :] = [replace(one, places=tried) for one in of_this]
        elif headed:
            found[-len(rows)] = replace(of_this[0], places=of_this[1].places)
    return found


def _recorded(query: Query, citation: Citation, index: Index) -> float:
    if citation.part_id is None:
        return 0.0
    clause = index.corpus.clause(citation.clause_id)
    position = next(n for n, part in enumerate(clause.all_parts()) if part.id == citation.part_id)
    return index.by_part(query, clause).get(position, 0.0)


def nearest(sentences: Sequence[QuotedSentence]) -> QuotedSentence | None:
    """The sentence nearest to the question; of equals the first."""
    return max(sentences, key=lambda one: one.cosine, default=None)


def nearest_in_words(sentences: Sequence[QuotedSentence], query: Query, index: Index) -> QuotedSentence | None:
    """The sentence that is nearest in meaning and holds the rare words of the question; headings are none."""
    words = {word for word in query.words if len(word) > 1 or not word.isascii()}
    spoken = [one for one in sentences if not one.is_heading]
    near = [one.cosine + _NAMED * index.idf_share(words, {w for w in words if w in one.normal}) for one in spoken]
    return spoken[near.index(max(near))] if near else None


def with_entries(one: QuotedSentence, sentences: Sequence[QuotedSentence], quote: str) -> str:
    """A sentence of a quote; one that announces a list with as many of its entries as are read at a glance."""
    start = quote.find(one.written)
    end = start + len(one.written)
    if start < 0 or not one.written.endswith((":", "：")):
        return one.written
    for other in sentences[sentences.index(one) + 1 :]:
        at = quote.find(other.written, end) if other.number == one.number else -1
        if at < 0 or at + len(other.written) - start > _LONGEST:
            break
        end = at + len(other.written)
    return quote[start:end]
