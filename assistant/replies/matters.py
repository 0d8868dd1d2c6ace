"""Which clauses are about a matter: those judged likely to answer it that also speak of it in its words.

Each is judged by itself, as if nothing else had been found: what makes one answer stand out from the others is no
measure where all are wanted. The confidence is a probability, and the nearness a share of the nearest clause's, so that
both mean the same over any documents.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.confidence.judge import Judge
from assistant.question.chapters import Chapters
from assistant.question.question import Reading
from assistant.retrieval.result import Candidate, RetrievalResult
from assistant.retrieval.retrieve import Searches
from assistant.thresholds import Thresholds
from corpus.addresses.clause_references import ClauseReferences
from corpus.clause import Clause, Document
from index.index import Index
from index.query import Query
from index.retriever import Hit, Scope
from index.text.normalizer import normalize

_JUDGED = 150  # clauses of one matter: an answer's time is bounded however many are held


@dataclass(frozen=True, slots=True)
class OnMatter:
    """A clause that is about a matter, and how sure that is."""

    clause: Clause
    confidence: float  # 0..1


class Matters:
    """Finds the clauses about a matter in one index. Safe from several threads."""

    def __init__(self, index: Index, chapters: Chapters, judge: Judge, thresholds: Thresholds) -> None:
        self._index = index
        self._chapters = chapters
        self._judge = judge
        self._thresholds = thresholds

    def about(self, matter: str, reading: Reading, scope: Scope) -> list[OnMatter]:
        """The clauses in scope about the matter, which `reading` asks for, in no order."""
        [query] = self._index.read([matter])
        found = {one.clause.id: one for one in self._judged(query, reading, scope)}
        for clause in self._under_its_name(query, scope):
            found[clause.id] = OnMatter(clause, 1.0)
        return list(found.values())

    def _judged(self, query: Query, reading: Reading, scope: Scope) -> Iterable[OnMatter]:
        asked = replace(
            reading,
            text=query.text,
            meant=query.text,
            normal=query.normal,
            expected=(),
            references=ClauseReferences(),
            alone=query,
            in_context=None,
            refers_back=False,
        )
        candidate = Candidate(query, None, reading.places, scope)
        hits = [one for one in Searches(self._index, _JUDGED).hits(query, scope) if self._speaks_of(query, one)]
        results = [RetrievalResult(asked, candidate, query, False, [hit]) for hit in hits]
        cosines = [self._judge.signals(one).cosine for one in results]
        nearest = max(cosines, default=0.0)
        for result, cosine in zip(results, cosines, strict=True):
            confidence = self._judge.confidence(result)
            if confidence >= self._thresholds.on_matter and cosine >= self._thresholds.on_matter_nearness * nearest:
                yield OnMatter(result.hits[0].clause, confidence)

    def _speaks_of(self, query: Query, hit: Hit) -> bool:
        view = self._index.view(hit.clause)
        text = view.normal_with_records if self._index.has_records(hit.clause) else view.normal
        words = query.words
        mass = self._index.idf(words)
        named = [mass[i] for i, word in enumerate(words) if any(_holds(text, one) for one in _other_words(word, query))]
        return bool(sum(named) >= self._thresholds.on_matter_words * mass.sum() > 0)

    def _under_its_name(self, query: Query, scope: Scope) -> Iterable[Clause]:
        """The clauses of documents, and under headings, that are of this matter by name or for these people."""
        documents = {id_ for id_, name in self._names.items() if _names_all(query, name)}
        documents |= {one.id for one in self._index.corpus.documents if _is_for(query, one)}
        chapters = (one for id_ in self._names for one in self._chapters.of(id_) if _names_all(query, one.words))
        under = {clause.id for chapter in chapters for clause in chapter.clauses}
        for clause in filter(scope.admits, self._index.corpus.clauses):
            if clause.document_id in documents or clause.id in under:
                yield clause

    @cached_property
    def _names(self) -> dict[str, str]:
        """What each document is called, in normal form."""
        return {document.id: _name_of(document) for document in self._index.corpus.documents}


def _name_of(document: Document) -> str:
    return normalize(" ".join(filter(None, (document.title, document.title_en))))


def _is_for(query: Query, document: Document) -> bool:
    """Whether a document says that it is for these people, in these words."""
    who = normalize(document.audience or "")
    return bool(who and query.words) and all(_holds(who, word) for word in query.words)


def _names_all(query: Query, text: str) -> bool:
    return bool(query.words) and all(
        any(_holds(text, one) for one in _other_words(word, query)) for word in query.words
    )


def _other_words(word: str, query: Query) -> Sequence[str]:
    """The word, and what else the lexicon calls it or the term that it is part of."""
    return (word, *(other for one in query.expansions if word in one.found for other in one.words))


def _holds(text: str, word: str) -> bool:
    """Whether a text in normal form holds a word, in English the beginning of one: firm in firms."""
    if not word.isascii():
        return word in text
    stem = word[:-1] if word.endswith("s") and len(word) > 3 else word
    return bool(re.search(rf"\b{re.escape(stem)}", text))
