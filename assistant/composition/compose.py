"""From what was looked up to what is said: evidence, citations, blocks."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby, islice

from assistant.answer import Audience, Block, Citation, Reason, Related
from assistant.composition.answer_blocks import AnswerPlan, answer_blocks
from assistant.composition.citations import cite, relate
from assistant.composition.evidence import choose_evidence
from assistant.composition.first_line import read_first_line
from assistant.composition.refusal_blocks import RefusalPlan, refusal_blocks
from assistant.composition.terms import explained_terms
from assistant.confidence.judge import Judge
from assistant.glossary.glossary import Glossary
from assistant.messages import Messages
from assistant.question.history import ASSISTANT, Turn
from assistant.retrieval.elsewhere import answering_elsewhere, holds_only_for
from assistant.retrieval.result import RetrievalResult, share_of
from assistant.retrieval.retrieve import hits_to_cite, places_without_citation
from assistant.thresholds import Thresholds
from corpus.clause import Clause, Document
from index.index import Index
from index.retriever import Hit
from index.text.answer_types import AnswerType, missing_types


class Composer:
    """Finds words for results over one index. Safe from several threads."""

    def __init__(self, index: Index, judge: Judge, thresholds: Thresholds, glossary: Glossary) -> None:
        self._index = index
        self._glossary = glossary
        self._judge = judge
        self._thresholds = thresholds

    def answer(
        self, found: RetrievalResult, words: Messages, audience: Audience, history: Sequence[Turn] = ()
    ) -> tuple[tuple[Block, ...], tuple[Citation, ...]]:
        """The blocks of an answer and its citations; the result must have a hit that answers."""
        hits = self.cited(found)
        only = holds_only_for(found, [hit.clause for hit in hits], self._index.corpus)
        sure = partial(self._judge.confidence, found)
        blocks, citations = self.quoting(found, hits, words, audience, holds_for=only, confidence=sure)
        asked = found.reading.normal
        terms = explained_terms(citations, asked, history, self._glossary, words, audience=audience)
        return (*blocks, *terms), citations

    def quoting(
        self,
        found: RetrievalResult,
        hits: Sequence[Hit],
        words: Messages,
        audience: Audience,
        *,
        holds_for: tuple[str, ...] = (),
        confidence: Callable[[], float] | None = None,
    ) -> tuple[tuple[Block, ...], tuple[Citation, ...]]:
        """The same with these clauses quoted, whether or not they answer; `holds_for` are places to be named.

        `confidence` gives that of the answer; without it nobody knows that they answer, and no yes or no is said.
        """
        reading, clauses = found.reading, [hit.clause for hit in hits]
        margin = self._thresholds.evidence_margin
        evidence = [
            one
            for clause in clauses
            for one in choose_evidence(
                found.query, clause, self._index, margin, found.quoted_whole, places=found.places.named
            )
        ]
        citations = cite(evidence, {hit.clause.id: hit.score for hit in hits}, self._index.corpus)
        compared = found.places.covered if len(found.places.covered) > 1 else ()
        plan = AnswerPlan(
            which_clause="which_clause" in reading.intents,
            which_place="which_place" in reading.intents,
            first_line=read_first_line(found, citations, self._index, self._thresholds, confidence),
            missing_types=self._missing(reading.expected, citations),
            places_not_covered=found.places.missing,
            unplaced=self._unplaced(clauses),
            places_covered=bool(found.places.covered),
            holds_for=holds_for,
            abandoned_places=places_without_citation(found.candidate.abandoned_places, clauses),
            places_without_clause=places_without_citation(compared, clauses),
            overruled_places=found.places.overruled,
            asked_places=found.places.named,
            omitted_count=reading.references.omitted,
            absent=reading.references.absent,
            not_held=reading.references.not_held,
            audience=audience,
        )
        return answer_blocks(plan, citations, self._index.corpus, words), citations

    def _unplaced(self, clauses: Sequence[Clause]) -> tuple[Document, ...]:
        """The documents of those clauses of which it is unknown where they apply."""
        ids = dict.fromkeys(clause.document_id for clause in clauses if not clause.jurisdiction)
        return tuple(map(self._index.corpus.document, ids))

    def cited(self, found: RetrievalResult) -> list[Hit]:
        """The hits to cite; where nobody said which place is meant, other places' too that are as sure to answer."""
        cited = hits_to_cite(found, self._thresholds)
        if len(cited) > 1:
            return cited
        others = answering_elsewhere(found, self._thresholds, lambda hit: self._is_sure(found, hit))
        return [*cited, *others]

    def answering(self, found: RetrievalResult, hits: Iterable[Hit]) -> Iterator[Hit]:
        """Those of the hits behind the first that answer as well by themselves: sure, and not far below its score."""
        least = share_of(found.hits[0].score, self._thresholds.side_by_side)
        return (hit for hit in hits if hit.score >= least and self._is_sure(found, hit))

    def _is_sure(self, found: RetrievalResult, hit: Hit) -> bool:
        return self._judge.confidence(found, hit) >= self._thresholds.second_place

    def _missing(self, expected: Sequence[AnswerType], citations: Sequence[Citation]) -> tuple[AnswerType | None, ...]:
        """Of each cited clause the first thing that is asked for and that no quote of it states."""
        if not expected:
            return ()
        by_clause = groupby(citations, lambda citation: citation.clause_id)
        missing = [missing_types(expected, self._stated(clause_id, group)) for clause_id, group in by_clause]
        return tuple(one[0] if one else None for one in missing)

    def _stated(self, clause_id: str, citations: Iterable[Citation]) -> str:
        """What the quotes of one clause state, in normal form; of a row its cells under their heads."""
        clause = self._index.corpus.clause(clause_id)
        if clause.cells:
            return self._index.view(clause).stated
        return "。".join(one for citation in citations for one in self._index.sentences(citation.quote).normal)

    def refusal(
        self,
        found: RetrievalResult,
        reason: Reason,
        words: Messages,
        *,
        history: Sequence[Turn],
        audience: Audience,
        examples: Sequence[str] = (),
    ) -> tuple[Block, ...]:
        """The blocks of a refusal."""
        reading, references = found.reading, found.reading.references
        nearest, elsewhere = self._nearest(found)
        lacking = missing_types(reading.expected, self._index.view(nearest).stated) if nearest else ()
        plan = RefusalPlan(
            reason=reason,
            intents=reading.intents,
            covered=found.places.covered,
            missing=found.places.missing,
            everywhere=found.places.everywhere,
            absent=references.absent,
            not_held=references.not_held,
            nearest=nearest,
            lacking=lacking[0] if lacking else None,
            elsewhere=elsewhere,
            inside=self._inside(found),
            has_related=bool(found.hits or found.best_outside_scope),
            examples=tuple(examples),
            said_before=tuple(turn.content for turn in history if turn.role == ASSISTANT),
            audience=audience,
        )
        return refusal_blocks(plan, self._index.corpus, words)

    def _nearest(self, found: RetrievalResult) -> tuple[Clause | None, Clause | None]:
        """The nearest clause where it is near enough to be named, and another place's where it is clearly nearer.

        None that is not in force: a refusal does not quote, so that nothing would say so.
        """
        in_force = found.reading.in_force
        holds = [hit for hit in found.hits[:1] if in_force is None or hit.clause.document_id in in_force]
        best, outside = (holds[0] if holds else None), found.best_outside_scope
        nearest = best.clause if best and best.score >= self._thresholds.nearest_named else None
        if outside is None or (best and outside.score - best.score < self._thresholds.clearly_elsewhere):
            return nearest, None
        return nearest, outside.clause

    def _inside(self, found: RetrievalResult) -> tuple[tuple[Document, int], ...]:
        """The documents in scope with the numbers of their clauses there, for a refusal that names them."""
        reading = found.reading
        if not reading.references.absent:
            return ()
        admitted = filter(found.candidate.scope.admits, self._index.corpus.clauses)
        counts = Counter(clause.document_id for clause in admitted)
        return tuple(
            (document, counts[document.id]) for document in self._index.corpus.documents if counts[document.id]
        )

    def related(
        self, found: RetrievalResult, reason: Reason | None, citations: Sequence[Citation], limit: int
    ) -> tuple[Related, ...]:
        """At most `limit` clauses near the question that are not cited."""
        if reason is Reason.OUT_OF_SCOPE:
            return ()
        cited = {citation.clause_id for citation in citations}
        shown = list(islice((hit for hit in found.hits if hit.clause.id not in cited), limit))
        shows_others = reason is Reason.NOT_IN_DOCUMENTS or (reason and not found.places.strict)
        if shows_others and found.best_outside_scope:
            shown.insert(0, found.best_outside_scope)
        return relate(shown[:limit], self._index.corpus)
