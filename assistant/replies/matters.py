"""Which clauses are about a matter, and which chapters.

A clause is about a matter where it is judged likely to answer it and speaks of it in its words, or where its heading
does; each is judged by itself, as if nothing else had been found: what makes one answer stand out from the others is no
measure where all are wanted. The confidence is a probability, and the nearness a share of the nearest clause's, so that
both mean the same over any documents. A chapter is about a matter where its heading holds its words; or where its
heading is nearer to it in meaning than any other of its document, and most of its clauses are about it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from assistant.confidence.judge import Judge
from assistant.confidence.signals import cosine_of
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
from index.text.tokenizer import is_word, segment

_JUDGED = 150  # clauses of one matter: an answer's time is bounded however many are held
_CHAPTERS = 64  # documents whose headings' vectors are kept
_STANDS_OUT = 2.0  # times as near as the next chapter of its document
_SHARE = 0.5  # of a chapter's clauses that must be about its matter, so that all are


Ways = tuple[tuple[str, ...], ...]  # of saying a word: of each the words that must all be there


@dataclass(frozen=True, slots=True)
class OnMatter:
    """A clause that is about a matter, and how sure that is."""

    clause: Clause
    confidence: float  # 0..1


@dataclass(frozen=True, slots=True)
class _Matter:
    """A matter as it is looked up, with the ways to say each of its words."""

    query: Query
    ways: tuple[Ways, ...]  # by word of the query

    def is_named_by(self, text: str) -> bool:
        """Whether a text in normal form holds every word."""
        return bool(self.ways) and all(_holds_any(text, ways) for ways in self.ways)


class _Judged:
    """A hit with how near it is and how likely it answers by itself, told when first asked for."""

    def __init__(self, hit: Hit, judge: Callable[[], float]) -> None:
        self.hit = hit
        self.clause = hit.clause
        self._judge = judge

    @cached_property
    def confidence(self) -> float:
        return self._judge()

    @cached_property
    def cosine(self) -> float:
        """-1..1."""
        return cosine_of(self.hit)


class Matters:
    """Finds the clauses about a matter in one index. Safe from several threads."""

    def __init__(self, index: Index, chapters: Chapters, judge: Judge, thresholds: Thresholds) -> None:
        self._index = index
        self._chapters = chapters
        self._judge = judge
        self._thresholds = thresholds
        self._vectors = lru_cache(_CHAPTERS)(self._encode_headings)

    def about(self, words: str, reading: Reading, scope: Scope) -> list[OnMatter]:
        """The clauses in scope about the matter of these words, which `reading` asks for, in no order."""
        matter = self._read(words)
        if words.isascii() and (chinese := _in_chinese(matter.query)):
            both = (*self._about(matter, reading, scope), *self._about(self._read(chinese), reading, scope))
            return list({one.clause.id: one for one in both}.values())
        return self._about(matter, reading, scope)

    def _about(self, matter: _Matter, reading: Reading, scope: Scope) -> list[OnMatter]:
        judged = list(self._judged(matter.query, reading, scope))
        found = {hit.clause.id: OnMatter(hit.clause, sure) for hit, sure in self._near(matter, judged)}
        for clause in (*self._under_its_name(matter, scope), *self._in_its_chapter(matter.query, judged, scope)):
            found[clause.id] = OnMatter(clause, 1.0)
        return list(found.values())

    def likely(self, words: str, reading: Reading, scope: Scope) -> list[OnMatter]:
        """The clauses in scope that are likely to answer a question in these words, those that hold most first."""
        matter = self._read(words)
        judged = list(self._judged(matter.query, reading, scope))
        nearest = max((one.cosine for one in judged), default=0.0)
        likely: list[tuple[float, OnMatter]] = []
        for one in judged:
            said = self._share_said(matter, one.clause)
            if self._is_near(one, nearest if said >= self._thresholds.on_matter_words else one.cosine, nearest):
                likely.append((said, OnMatter(one.clause, one.confidence)))
        return [one for _, one in sorted(likely, key=lambda pair: -pair[0])]

    def chapters_called(self, words: str, documents: Iterable[str]) -> list[Chapter]:
        """The chapters of these documents whose headings hold the words, or else those that they mean."""
        matter, ids = self._read(words), tuple(documents)
        named = [one for id_ in ids for one in self._chapters.of(id_) if matter.is_named_by(one.words)]
        return named or [one for id_ in ids if (one := self._nearest_chapter(matter.query, id_))]

    def _read(self, words: str) -> _Matter:
        [query] = self._index.read([words])
        return _Matter(query, tuple(tuple(self._ways(word, query)) for word in query.words))

    def _ways(self, word: str, query: Query) -> Iterator[tuple[str, ...]]:
        """The word itself, what the lexicon calls it or the term that it is part of, and what else people call that."""
        yield from {(word,), _parts(word)}
        for other in (other for one in query.expansions if word in one.found for other in one.words):
            yield _parts(other)
            for said in (said for one in self._index.lexicon.said(normalize(other)) for said in one.words):
                yield (said,)

    def _judged(self, query: Query, reading: Reading, scope: Scope) -> Iterator[_Judged]:
        """The hits, each judged by itself when it is first asked how."""
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
            yield _Judged(hit, partial(self._judge.confidence, result))

    def _near(self, matter: _Matter, judged: Sequence[_Judged]) -> Iterator[tuple[Hit, float]]:
        """Those that speak of the matter, with their confidence."""
        spoken = [one for one in judged if self._speaks_of(matter, one.clause)]
        nearest = max((one.cosine for one in spoken), default=0.0)
        for one in spoken:
            if self._is_headed(matter, one.clause):
                yield one.hit, max(one.confidence, self._thresholds.on_matter)
            elif self._is_near(one, one.cosine, nearest):
                yield one.hit, one.confidence

    def _is_near(self, judged: _Judged, cosine: float, nearest: float) -> bool:
        return cosine >= self._thresholds.on_matter_nearness * nearest and self._is_likely(judged)

    def _is_likely(self, judged: _Judged) -> bool:
        return judged.confidence >= self._thresholds.on_matter

    def _speaks_of(self, matter: _Matter, clause: Clause) -> bool:
        return self._share_said(matter, clause) >= self._thresholds.on_matter_words

    def _share_said(self, matter: _Matter, clause: Clause) -> float:
        """Share of the weight of the matter's words that the clause holds, 0..1."""
        view = self._index.view(clause)
        text = view.normal_with_records if self._index.has_records(clause) else view.normal
        mass = self._index.idf(matter.query.words)
        said = sum(share for share, ways in zip(mass, matter.ways, strict=True) if _holds_any(text, ways))
        return float(said / (mass.sum() or 1.0))

    def _is_headed(self, matter: _Matter, clause: Clause) -> bool:
        """Whether its own heading, or what it is called in plain words, is of the matter."""
        record = self._index.corpus.plain.get(clause.id) if self._index.has_records(clause) else None
        names = (clause.title, record.name if record else "")
        return any(matter.is_named_by(normalize(name)) for name in names if name)

    def _under_its_name(self, matter: _Matter, scope: Scope) -> Iterable[Clause]:
        """The clauses of documents, and under headings, that are of this matter by name or for these people."""
        documents = {id_ for id_, names in self._names.items() if any(map(matter.is_named_by, names))}
        chapters = (one for id_ in self._names for one in self._chapters.of(id_) if matter.is_named_by(one.words))
        under = {clause.id for chapter in chapters for clause in chapter.clauses}
        for clause in filter(scope.admits, self._index.corpus.browsable.clauses):
            if clause.document_id in documents or clause.id in under:
                yield clause

    def _in_its_chapter(self, query: Query, judged: Sequence[_Judged], scope: Scope) -> Iterable[Clause]:
        """The clauses of chapters that stand out, by their headings and by their clauses, as being of the matter."""
        by_id = {one.clause.id: one for one in judged}
        for document_id in dict.fromkeys(one.clause.document_id for one in judged):
            chapter = self._nearest_chapter(query, document_id)
            inside = [by_id[one.id] for one in chapter.clauses if one.id in by_id] if chapter else []
            if chapter and sum(map(self._is_likely, inside)) >= _SHARE * len(chapter.clauses):
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
    def _names(self) -> dict[str, tuple[str, ...]]:
        """What each document is called, and whom it is for, in normal form."""
        return {
            one.id: tuple(map(normalize, filter(None, _names_of(one))))
            for one in self._index.corpus.browsable.documents
        }


def _names_of(document: Document) -> tuple[str | None, ...]:
    return document.title, document.title_en, document.audience


def _in_chinese(query: Query) -> str:
    """A matter in English as the lexicon puts it; "" where it does not know every word."""
    known = {word for one in query.expansions for word in one.found.split()}
    terms = [one.words[0] for one in query.expansions]
    return "".join(terms) if known.issuperset(query.words) and not any(map(str.isascii, terms)) else ""


def _holds_any(text: str, ways: Ways) -> bool:
    """Whether a text in normal form holds a word in any way of saying it."""
    return any(all(_holds(text, part) for part in parts) for parts in ways)


@lru_cache(4096)
def _parts(term: str) -> tuple[str, ...]:
    """The words of a term of the lexicon, which need not stand side by side: 不动产登记 is in 不动产抵押权注销登记."""
    pieces = segment(normalize(term)).words or (term,)
    return tuple(part for piece in pieces for part in _halves(piece))


def _halves(word: str) -> tuple[str, ...]:
    cuts = range(2, len(word) - 1) if not word.isascii() else ()
    return next(((word[:at], word[at:]) for at in cuts if is_word(word[:at]) and is_word(word[at:])), (word,))


def _holds(text: str, word: str) -> bool:
    """Whether a text in normal form holds a word, in English the beginning of one: firm in firms."""
    if not word.isascii():
        return word in text
    stem = word[:-1] if word.endswith("s") and len(word) > 3 else word
    return bool(re.search(rf"\b{re.escape(stem)}", text))
