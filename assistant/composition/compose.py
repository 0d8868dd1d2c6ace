"""From what was looked up to what is said: evidence, citations, blocks."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby, islice
from typing import NamedTuple

from assistant.answer import Audience, Block, Citation, Reason, Related
from assistant.composition.answer_blocks import AnswerPlan, answer_blocks
from assistant.composition.citations import cite, relate
from assistant.composition.evidence import choose_evidence
from assistant.composition.first_line import read_difference, read_first_line
from assistant.composition.refusal_blocks import RefusalPlan, refusal_blocks
from assistant.composition.sentences import quoted_sentences
from assistant.composition.stretches import is_sequence
from assistant.composition.terms import explained_terms, terms_of
from assistant.composition.whose_places import most_exact
from assistant.composition.whose_rule import Difference, practised_in
from assistant.confidence.judge import Judge
from assistant.glossary.glossary import Glossary
from assistant.messages import Messages
from assistant.question.history import ASSISTANT, Turn
from assistant.retrieval.elsewhere import answering_elsewhere, holds_only_for
from assistant.retrieval.result import Lookup, RetrievalResult, share_of
from assistant.retrieval.retrieve import hits_to_cite, places_without_citation
from assistant.retrieval.scope_article import excluding
from assistant.thresholds import Thresholds
from corpus.clause import Clause, Document
from index.index import Index
from index.retriever import Hit
from index.text.answer_types import AnswerType, missing_types

_NEAR = 5  # hits among which the steps of what the first one is about are looked for
_LOOKED_AT, _NEAR_MISS = 3, 0.12  # of refused clauses, with at least this confidence
_WHICH_PLACE = frozenset(("which_place", "whose_practice"))  # intents
_HARDEST = 2  # terms explained where simpler words are asked for


class Refusal(NamedTuple):
    """The blocks of a refusal, and the clause that it names as the nearest."""

    blocks: tuple[Block, ...]
    matter: Clause | None


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
        practised = self._practised(found, citations)
        plan = AnswerPlan(
            which_clause="which_clause" in reading.intents,
            which_place="which_place" in reading.intents or any(practised.values()),
            practised_in=practised,
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

    def _practised(self, found: RetrievalResult, citations: Sequence[Citation]) -> dict[str, tuple[str, ...]]:
        """By clause whose practice its quotes describe, where the question asks which place has it."""
        if found.reading.intents.isdisjoint(_WHICH_PLACE):
            return {}
        by_clause = groupby(citations, lambda citation: citation.clause_id)
        alone, index, named = found.reading.alone, self._index, set(most_exact(found.places.named))
        read = {key: practised_in(quoted_sentences(alone, group, index)) for key, group in by_clause}
        return {key: places for key, places in read.items() if named != set(places)}

    def hard_terms(self, clause: Clause, words: Messages) -> tuple[Block, ...]:
        """What the hardest words of a clause mean, where it does not say so itself."""
        return terms_of(clause, self._glossary, words, most=_HARDEST)

    def _unplaced(self, clauses: Sequence[Clause]) -> tuple[Document, ...]:
        """The documents of those clauses of which it is unknown where they apply."""
        ids = dict.fromkeys(clause.document_id for clause in clauses if not clause.jurisdiction)
        return tuple(map(self._index.corpus.document, ids))

    def cited(self, found: RetrievalResult) -> list[Hit]:
        """The hits to cite; where nobody said which place is meant, other places' too that are as sure to answer."""
        cited = hits_to_cite(found, self._thresholds)
        if article := self._excluding(found, cited[0]):
            return [article]
        if len(cited) > 1:
            return cited
        if steps := self._steps(found, cited[0]):
            return [steps, *cited]
        others = answering_elsewhere(found, self._thresholds, lambda hit: self._is_sure(found, hit))
        return [*cited, *others]

    def _excluding(self, found: RetrievalResult, first: Hit) -> Hit | None:
        """The article that lists the districts of the first clause's document, where the one asked for is none."""
        if found.reading.references.ids:
            return None
        article = excluding(first.clause, found.places.named, self._index.corpus)
        return Hit(article, first.score) if article else None

    def _steps(self, found: RetrievalResult, first: Hit) -> Hit | None:
        """Where somebody asks how, the clause of the same document that tells the steps, if it is as near."""
        if "how" not in found.reading.intents or found.reading.references.ids or is_sequence(first.clause.text):
            return None
        least = share_of(first.score, self._thresholds.side_by_side)
        same = (hit for hit in found.hits[1:_NEAR] if hit.clause.document_id == first.clause.document_id)
        return next((hit for hit in same if hit.score >= least and is_sequence(hit.clause.text)), None)

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
        lookup: Lookup,
        reason: Reason,
        words: Messages,
        *,
        history: Sequence[Turn],
        audience: Audience,
        examples: Sequence[str] = (),
    ) -> Refusal:
        """Why there is no answer, in words."""
        found, reading, references = lookup.result, lookup.reading, lookup.reading.references
        nearest, elsewhere = self._nearest(found)
        lacking = missing_types(reading.expected, self._index.view(nearest).stated) if nearest else ()
        plan = RefusalPlan(
            reason=reason,
            covered=found.places.covered,
            missing=found.places.missing,
            everywhere=found.places.everywhere,
            absent=references.absent,
            not_held=references.not_held,
            nearest=nearest,
            lacking=lacking[0] if lacking else None,
            elsewhere=elsewhere,
            near_miss=self._near_miss(lookup) if reason is Reason.NOT_IN_DOCUMENTS else None,
            inside=self._inside(found),
            has_related=bool(found.hits or found.best_outside_scope),
            examples=tuple(examples),
            said_before=tuple(turn.content for turn in history if turn.role == ASSISTANT),
            audience=audience,
        )
        return Refusal(refusal_blocks(plan, self._index.corpus, words), plan.matter)

    def _near_miss(self, lookup: Lookup) -> tuple[Clause, Difference] | None:
        """A clause near the question that is about other cases than the one asked about, and what it is about."""
        found, reading, margin = lookup.result, lookup.reading, self._thresholds.evidence_margin
        if reading.refusal is not None or reading.references.names_clause:
            return None
        near = (hit for hit in found.hits[:_LOOKED_AT] if self._confidence(lookup, hit) >= _NEAR_MISS)
        for position, hit in enumerate(near):
            evidence = choose_evidence(found.query, hit.clause, self._index, margin, places=found.places.named)
            citations = cite(evidence, {hit.clause.id: hit.score}, self._index.corpus)
            sentences = quoted_sentences(reading.alone, citations, self._index)
            difference = read_difference(found, citations, sentences, self._index)
            if difference is None or not difference.excludes_surely:
                continue
            asked = most_exact(found.places.named)
            if difference.key != "other" or (position == 0 and set(asked) == set(difference.asked_places)):
                return hit.clause, difference  # else one of the places asked about is where it is done
        return None

    def _confidence(self, lookup: Lookup, hit: Hit) -> float:
        """In one of the hits; that in the first is known."""
        return lookup.confidence if hit.clause is lookup.first else self._judge.confidence(lookup.result, hit)

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
        admitted = filter(found.candidate.scope.admits, self._index.corpus.browsable.clauses)
        counts = Counter(clause.document_id for clause in admitted)
        return tuple(
            (document, counts[document.id])
            for document in self._index.corpus.browsable.documents
            if counts[document.id]
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
