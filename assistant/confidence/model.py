"""How likely the best clause answers the question: a logistic model over evidence one can look at.

Fused scores only order clauses of one question. Whether the best of them answers is decided on how near it comes, on
how much of the question it says, on whether it holds the kind of thing that is asked for, and on whether another
place's text would come nearer. The weights in `model.json` are fitted by `python -m eval.fitting.confidence` on this
project's own questions, for clauses with and without plain-language records.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.confidence.wording import Phrasing
from assistant.question.answer_types import Kind, asked_kinds, lacking, states
from assistant.retrieval.retrieve import Found
from corpus.clause import Clause
from corpus.load import Corpus
from index.index import Index
from index.layer import DENSE_LEGS
from index.query import Query

_LEAST_COSINE = 0.01  # so that a ratio of cosines has a meaning


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for the best hit; each field, taken alone, grows with the likelihood that it answers."""

    cosine: float  # of the question and the best of the clause's texts and records, -1..1
    counterparts: float  # mean over the question's words of the cosine with the nearest word of these
    words: float  # share of the question's idf mass found in them, 0..1
    here: float  # 1, less what a clause of another place scores above it
    no_kind: float  # 1 where the question asks for no particular kind of thing
    kind_held: float  # 0 where it asks for a kind of thing that the clause does not hold
    phrasing: float  # how much the question sounds like those that documents answer, as a logit
    kind_near: float  # how near the sentence that holds it comes to the question, beside the nearest sentence, 0..1


def in_plain_words(found: Found, index: Index) -> bool:
    """Whether the first hit, which must be there, is known by its plain-language records as well."""
    return index.has_records(found.hits[0].clause)


def whole_text(found: Found, index: Index) -> str:
    """What the first hit says, with its records where they are looked at."""
    return index.view(found.hits[0].clause).normal_with_records


def signals(found: Found, index: Index) -> Signals:
    """Signals for the first hit, which must be there."""
    best = found.hits[0]
    query, meant = index.read([found.asked.query, found.asked.meant])
    view = index.view(best.clause)
    model = _phrasing(in_plain_words(found, index))
    cosines = (best.legs[name].score for name in DENSE_LEGS if name in best.legs)
    kinds = asked_kinds(found.asked.meant)
    return Signals(
        cosine=max(cosines, default=0.0),
        counterparts=index.maxsim(query, best.clause, records=True),
        words=index.idf_share(frozenset(query.tokens), view.tokens_with_records),
        here=1 - (max(0.0, found.elsewhere.score - best.score) if found.elsewhere else 0.0),
        no_kind=float(not kinds),
        kind_held=float(not lacking(found.asked.meant, said(best.clause))),
        phrasing=model.logit(meant.normal, meant.vector, view.normal_with_records),
        kind_near=min((_nearness(kind, best.clause, query, index) for kind in kinds), default=1.0),
    )


def question_vector(question: str, index: Index) -> NDArray[np.float32]:
    """The question alone, without what was said before it; a unit vector [dimension]."""
    return index.read([question])[0].vector


@cache
def _phrasing(plain: bool) -> Phrasing:
    model = _model()[_name(plain)]
    return Phrasing(np.array(model["vector"], dtype=np.float32), model["runs"])


def _name(plain: bool) -> str:
    return "plain" if plain else "bare"


def said(clause: Clause, corpus: Corpus | None = None) -> str:
    """What a clause says, and with its corpus what its plain-language records say of it."""
    records = corpus.records(clause) if corpus else ()
    return "\n".join([clause.title, clause.text, *(text for record in records for _, text in record.lines())])


def _nearness(kind: Kind, clause: Clause, query: Query, index: Index) -> float:
    """Cosine of the question with the nearest sentence that holds the kind, as a share of that of the nearest one."""
    view = index.view(clause)
    cosines = np.maximum(view.sentence_vectors @ query.vector, _LEAST_COSINE)
    holding = [float(cosine) for cosine, one in zip(cosines, view.sentences, strict=True) if states(kind, one)]
    return max(holding, default=0.0) / float(cosines.max())


@cache
def _model() -> Mapping[str, Any]:
    text = resources.files("assistant.confidence").joinpath("model.json").read_text(encoding="utf-8")
    model: Mapping[str, Any] = json.loads(text)
    return model


def probability(evidence: Signals, *, plain: bool) -> float:
    """Calibrated probability that the clause answers, 0..1; a model each for clauses with records and without."""
    weights = _model()[_name(plain)]["weights"]
    logit: float = weights["bias"] + sum(weights[name] * value for name, value in asdict(evidence).items())
    return 1 / (1 + math.exp(-logit))
