"""Which clauses are about a matter, and which chapters.

A clause is about a matter where it is judged likely to answer it and speaks of it in its words, or where its heading
does; each is judged by itself, as if nothing else had been found: what makes one answer stand out from the others is no
measure where all are wanted. The confidence is a probability, and the nearness a share of the nearest clause's, so that
both mean the same over any documents. A chapter is about a matter where its heading holds its words; or where its
heading is nearer to it in meaning than any other of its document, and most of its clauses are about it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.confidence.judge import Judge
from assistant.question.chapters import Chapter, Chapters
from assistant.question.question import Reading
from assistant.retrieval.result import Candidate, RetrievalResult
from assistant.retrieval.retrieve import Searches
from assistant.thresholds import Thresholds
from corpus.addresses.clause_references import ClauseReferences
from corpus.clause import Clause, Document
from index.index import Index
from index.query import Query
from index.retriever import Hit, Scope
from index.text.normalizer import Normal, normalize
from index.text.tokenizer import segment

_JUDGED = 150  # clauses of one matter: an answer's time is bounded however many are held
_CHAPTERS = 64  # documents whose headings' vectors are kept
_STANDS_OUT = 2.0  # times as near as the next chapter of its document
_SHARE = 0.5  # of a chapter's clauses that must be about its matter, so that all are


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
        self._vectors = lru_cache(_CHAPTERS)(self._encode_headings)

    def about(self, matter: str, reading: Reading, scope: Scope) -> list[OnMatter]:
        """The clauses in scope about the matter, which `reading` asks for, in no order."""
        [query] = self._index.read([matter])
        judged = list(self._judged(query, reading, scope))
        found = {hit.clause.id: OnMatter(hit.clause, confidence) for hit, confidence in self._near(query, judged)}
        likely = {hit.clause.id for hit, confidence, _ in judged if confidence >= self._thresholds.on_matter}
        for clause in (*self._under_its_name(query, scope), *self._in_its_chapter(query, likely, scope)):
            found[clause.id] = OnMatter(clause, 1.0)
        return list(found.values())

    def chapters_called(self, words: str, documents: Iterable[str]) -> list[Chapter]:
        """The chapters of these documents whose headings hold the words, or else those that they mean."""
        [query] = self._index.read([words])
        ids = tuple(documents)
        named = [one for id_ in ids for one in self._chapters.of(id_) if _names_all(query, one.words)]
        return named or [one for id_ in ids if (one := self._nearest_chapter(query, id_))]

    def _judged(self, query: Query, reading: Reading, scope: Scope) -> Iterator[tuple[Hit, float, float]]:
        """The hits with their confidence and their nearness, -1..1."""
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
        for hit in Searches(self._index, _JUDGED).hits(query, scope):
            result = RetrievalResult(asked, candidate, query, False, [hit])
            yield hit, self._judge.confidence(result), self._judge.signals(result).cosine

    def _near(self, query: Query, judged: Sequence[tuple[Hit, float, float]]) -> Iterator[tuple[Hit, float]]:
        """Those that speak of the matter, with their confidence."""
        spoken = [one for one in judged if self._speaks_of(query, one[0].clause)]
        nearest = max((cosine for _, _, cosine in spoken), default=0.0)
        for hit, confidence, cosine in spoken:
            near = cosine >= self._thresholds.on_matter_nearness * nearest
            if self._is_headed(query, hit.clause):
                yield hit, max(confidence, self._thresholds.on_matter)
            elif near and confidence >= self._thresholds.on_matter:
                yield hit, confidence

    def _speaks_of(self, query: Query, clause: Clause) -> bool:
        view = self._index.view(clause)
        text = view.normal_with_records if self._index.has_records(clause) else view.normal
        mass = self._index.idf(query.words)
        named = [mass[i] for i, word in enumerate(query.words) if _says(text, word, query)]
        return bool(sum(named) >= self._thresholds.on_matter_words * mass.sum() > 0)

    def _is_headed(self, query: Query, clause: Clause) -> bool:
        """Whether its own heading, or what it is called in plain words, is of the matter."""
        record = self._index.corpus.plain.get(clause.id) if self._index.has_records(clause) else None
        names = filter(None, (clause.title, record and record.name))
        return any(_names_all(query, normalize(name)) for name in names)

    def _under_its_name(self, query: Query, scope: Scope) -> Iterable[Clause]:
        """The clauses of documents, and under headings, that are of this matter by name or for these people."""
        documents = {id_ for id_, name in self._names.items() if _names_all(query, name)}
        documents |= {one.id for one in self._index.corpus.documents if _is_for(query, one)}
        chapters = (one for id_ in self._names for one in self._chapters.of(id_) if _names_all(query, one.words))
        under = {clause.id for chapter in chapters for clause in chapter.clauses}
        for clause in filter(scope.admits, self._index.corpus.clauses):
            if clause.document_id in documents or clause.id in under:
                yield clause

    def _in_its_chapter(self, query: Query, likely: set[str], scope: Scope) -> Iterable[Clause]:
        """The clauses of chapters that stand out, by their headings and by their clauses, as being of the matter."""
        for id_ in dict.fromkeys(id_.partition(":")[0] for id_ in sorted(likely)):
            chapter = self._nearest_chapter(query, id_)
            if chapter and sum(one.id in likely for one in chapter.clauses) >= _SHARE * len(chapter.clauses):
                yield from filter(scope.admits, chapter.clauses)

    def _nearest_chapter(self, query: Query, document_id: str) -> Chapter | None:
        """The chapter whose heading is nearest in meaning, where it stands out from the others of its document."""
        chapters = self._chapters.outermost(document_id)
        if len(chapters) < 2:
            return None
        near = self._vectors(document_id) @ query.vector
        first, second = np.argsort(-near)[:2]
        stands_out = near[first] >= self._thresholds.on_matter_chapter and near[first] >= _STANDS_OUT * near[second]
        return chapters[first] if stands_out else None

    def _encode_headings(self, document_id: str) -> NDArray[np.float32]:
        """Vectors of a document's outermost headings, float32 [headings, dimension]."""
        words = [Normal(one.words) for one in self._chapters.outermost(document_id)]
        return self._index.encoder.encode_documents(words)

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
    return bool(query.words) and all(_says(text, word, query) for word in query.words)


def _says(text: str, word: str, query: Query) -> bool:
    """Whether a text in normal form holds a word of the query, or what else the lexicon calls it or its term."""
    if _holds(text, word):
        return True
    others = (other for one in query.expansions if word in one.found for other in one.words)
    return any(all(_holds(text, part) for part in _parts(other)) for other in others)


@lru_cache(4096)
def _parts(term: str) -> tuple[str, ...]:
    """The words of a term of the lexicon, which a heading need not hold side by side."""
    return segment(normalize(term)).words or (term,)


def _holds(text: str, word: str) -> bool:
    """Whether a text in normal form holds a word, in English the beginning of one: firm in firms."""
    if not word.isascii():
        return word in text
    stem = word[:-1] if word.endswith("s") and len(word) > 3 else word
    return bool(re.search(rf"\b{re.escape(stem)}", text))
