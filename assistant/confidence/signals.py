"""The evidence that the best hit answers: how near it comes, how much of the question it holds, what it lacks."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.confidence.model import WordingModels
from assistant.question.question import Reading
from assistant.retrieval.result import RetrievalResult
from corpus.clause import Clause
from corpus.places.gazetteer import NATIONAL, lies_within
from index.index import Index
from index.query import Query
from index.reranking.model import load_model
from index.retriever import Hit
from index.text.answer_types import AnswerType, contains, missing_types

_LEAST_COSINE = 0.01  # avoids division by a cosine near zero
_BESIDE = 10  # hits that the first is compared with
_SEMANTIC_LEGS = ("dense", "plain_dense")


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for the best hit; each field, taken alone, grows with the likelihood that it answers."""

    cosine: float  # of the question and the best of the clause's texts and records, -1..1
    token_alignment: float  # mean over the question's words of the cosine with the nearest word of these
    idf_coverage: float  # share of the question's idf mass found in them, 0..1
    not_better_elsewhere: float  # 1, less what a clause of another place scores above it
    has_expected_type: float  # 0 where it asks for a kind of thing that the clause does not hold
    wording: float  # how much the question sounds like those that documents answer, as a logit
    type_sentence_similarity: float  # cosine of the sentence that holds it, beside the nearest sentence's, 0..1
    score: float  # of the hit, as it was ranked by
    stands_out: float  # logarithm of its share among the first hits, as the re-ranker was fitted: 0 where it is alone

    def named(self) -> dict[str, float]:
        """Each by its name."""
        return {name: getattr(self, name) for name in self.__slots__}


EVERY = frozenset(Signals.__slots__)


def signals(
    found: RetrievalResult,
    hit: Hit,
    index: Index,
    models: WordingModels,
    *,
    records: bool | None = None,
    counted: Container[str] = EVERY,
) -> Signals:
    """Signals for one hit of a result, as if it were the first; `records`: whether its records count, if not None.

    Of those that take their time only the `counted` ones are worked out, the others are 0.
    """
    reading, query, clause = found.reading, found.query, hit.clause
    view = index.view(clause)
    records = index.has_records(clause) if records is None else records
    whole = view.normal_with_records if records else view.normal
    tokens = view.tokens_with_records if records else view.tokens
    same = query is reading.unplaced  # what is asked, without what only says where
    alone = query if same else reading.alone or query
    matter = query.normal if same else reading.matter
    expected = reading.expected
    outside = found.best_outside_scope
    return Signals(
        cosine=cosine_of(hit),
        token_alignment=index.maxsim(query, clause, records=records) if "token_alignment" in counted else 0.0,
        idf_coverage=index.idf_share(frozenset(query.tokens), tokens) if "idf_coverage" in counted else 0.0,
        not_better_elsewhere=1 - (max(0.0, outside.score - hit.score) if outside else 0.0),
        has_expected_type=float(not missing_types(expected, view.stated)),
        wording=_wording(reading, matter, alone, whole, models=models, records=records),
        type_sentence_similarity=min((_similarity(one, clause, query, index) for one in expected), default=1.0),
        score=hit.score,
        stands_out=_share(hit, found.hits) if "stands_out" in counted else 0.0,
    )


def cosine_of(hit: Hit) -> float:
    """Of the question and the best of a clause's texts and records, -1..1."""
    said = (hit.legs.get(name) for name in _SEMANTIC_LEGS)
    return max((one.score for one in said if one), default=0.0)


def _wording(reading: Reading, matter: str, alone: Query, whole: str, *, models: WordingModels, records: bool) -> float:
    """The logit; where a document is named, how the question sounds says nothing against it: it asks of that text."""
    logit = models.of(records=records).logit(matter, alone.vector, whole)
    return max(logit, 0.0) if reading.references.documents else logit


def _similarity(answer_type: AnswerType, clause: Clause, query: Query, index: Index) -> float:
    """Cosine of the nearest sentence that holds the type, as a share of that of the nearest sentence."""
    view = index.view(clause)
    cosines = np.maximum(view.sentence_vectors @ query.vector, _LEAST_COSINE)
    holding = [float(c) for c, one in zip(cosines, view.sentences, strict=True) if contains(answer_type, one)]
    return max(holding, default=0.0) / float(cosines.max())


def _share(hit: Hit, hits: Sequence[Hit]) -> float:
    """Log of the softmax of the hit's score among those of the first `_BESIDE` hits and its own, at most 0.

    What another place rules on the same matter is no rival: it answers for that place.
    """
    own = hit.clause.jurisdiction
    rivals = [one for one in hits[:_BESIDE] if one.clause is not hit.clause and not _elsewhere(one.clause, own)]
    beside = np.array([0.0, *(one.score - hit.score for one in rivals)]) / load_model().temperature
    return -float(np.log(np.exp(beside).sum()))


def _elsewhere(clause: Clause, places: Sequence[str]) -> bool:
    """Whether a clause applies in other places alone, none of which lies in or around these."""
    if not clause.jurisdiction or not places or NATIONAL in (*clause.jurisdiction, *places):
        return False
    return not any(lies_within(a, b) or lies_within(b, a) for a in clause.jurisdiction for b in places)
