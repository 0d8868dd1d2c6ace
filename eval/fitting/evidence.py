"""The model of what is quoted, fitted so that of the units of the right clause the one with the words that answer wins.

The features are those that the composition of an answer takes of the index, the fit is that of the ranking: each
question is one list, its clause's units stand for the clauses. Figures are out of fold by document.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.clause import Clause
from eval.fitting.adapter import choose_evidence, look_up, unit_features
from eval.fitting.corpora import FittingCorpus
from eval.fitting.ranking import PENALTY, FoundList, RankingData
from eval.questions.questionset import LabelledQuestion
from eval.questions.quotes import fold, holds_quote
from index.index import Index
from index.query import Query
from index.quotable import Unit
from index.reranking.model import RerankingModel

# What the model weighs, of what composition reads.
FEATURES = (
    "cosine",
    "idf_share",
    "record",
    "rules_whether",
    "sentence_cubed",
    "sentence_in_context",
    "sentence_stating",
    "words",
)
TEMPERATURE = 0.25  # scores are logits over four
FOLDS = 5  # of documents
_LEAST = 0.25  # of what the unit with most of the gold words holds, what another must hold to be right too


@dataclass(frozen=True, slots=True)
class Case:
    """A question beside the clause that answers it."""

    corpus: str
    weight: float  # of the question beside those of the others
    index: Index
    query: Query
    clause: Clause
    quotes: Sequence[str]  # words of the clause that answer, any of them
    margin: float  # how far below the best a unit may stay and still be quoted
    units: FoundList

    @property
    def divided(self) -> bool:
        """Whether there is something to choose from, and to choose."""
        return len(self.units.right) > 1 and bool(self.units.right.any())


@dataclass(frozen=True, slots=True)
class Quoted:
    """What a model makes of some cases; the first two higher is better, at the same length."""

    best_right: float  # share of divided clauses whose best unit holds gold words
    held: float  # share of all clauses whose quotes hold the words that answer
    length: float  # mean characters quoted of a clause

    def __str__(self) -> str:
        return f"best unit right {self.best_right:.3f}, quotes hold {self.held:.3f}, {self.length:.0f} characters"


def collect_cases(corpus: FittingCorpus) -> list[Case]:
    """Of every answerable question its first relevant clause; where gold words are known, and nothing is named."""
    assistant, cases = corpus.assistant, []
    for question in corpus.questions:
        if not question.relevant:
            continue
        clause = assistant.corpus.clause(question.relevant[0])
        quotes = _quotes(question, clause)
        found = look_up(assistant, question)
        if not quotes or found.quoted_whole:
            continue
        units = assistant.index.units(clause).all
        features = unit_features(found.query, clause, assistant.index)
        rows = [{n: float(features[n][i]) for n in FEATURES if n in features} for i in range(len(units))]
        listed = FoundList(rows, right_units(clause, units, quotes), clause.document_id)
        margin = assistant.thresholds.evidence_margin
        cases.append(Case(corpus.name, corpus.weight, assistant.index, found.query, clause, quotes, margin, listed))
    return cases


def _quotes(question: LabelledQuestion, clause: Clause) -> list[str]:
    """The gold words that this clause holds."""
    known = [one.quote for one in question.answers if one.document == clause.document_id]
    return [one for one in (*known, question.quote) if holds_quote(clause.text, one)]


def right_units(clause: Clause, units: Sequence[Unit], quotes: Sequence[str]) -> NDArray[np.bool_]:
    """Which units hold a good part of the longest stretch that the clause shares with a quote, bool [units]."""
    text, held = fold(clause.text), np.zeros(len(units))
    edges = np.array([[len(fold(clause.text[: at - clause.start])) for at in (u.start, u.end)] for u in units])
    for quote in quotes:
        shared = SequenceMatcher(None, text, fold(quote), autojunk=False).find_longest_match()
        inside = np.minimum(edges[:, 1], shared.a + shared.size) - np.maximum(edges[:, 0], shared.a)
        held = np.maximum(held, inside / max(shared.size, 1))
    return np.asarray((held > 0) & (held >= _LEAST * held.max()))


class EvidenceData:
    """The cases of several corpora, and models fitted to them."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self.cases = cases
        self._lists = RankingData([case.units for case in cases], [case.weight for case in cases])
        self._divided = np.array([case.divided for case in cases])
        sources = [(case.corpus, case.units.source) for case in cases]
        numbers = {source: number for number, source in enumerate(sorted(set(sources)))}
        self._folds = np.array([numbers[source] % FOLDS for source in sources])

    def fit(self, chosen: NDArray[np.bool_]) -> RerankingModel:
        """The model by the chosen cases, bool [cases], whose clauses are divided."""
        raw = self._lists.fit(chosen & self._divided) / self._lists.spread * TEMPERATURE
        weights = {name: round(float(weight), 3) for name, weight in zip(self._lists.names, raw, strict=True)}
        return RerankingModel(0.0, weights, TEMPERATURE)

    def out_of_fold(self) -> list[RerankingModel]:
        """For each case the model by the documents outside its fold."""
        models = [self.fit(self._folds != fold) for fold in range(FOLDS)]
        return [models[fold] for fold in self._folds]

    def measure(self, models: Sequence[RerankingModel]) -> Mapping[str, Quoted]:
        """Per corpus what comes of one model for each case."""
        rows = np.array([_measure(case, model) for case, model in zip(self.cases, models, strict=True)])
        origin = np.array([case.corpus for case in self.cases])
        return {
            name: Quoted(*np.nanmean(rows[origin == name], axis=0).tolist()) for name in dict.fromkeys(origin.tolist())
        }

    def to_table(self, figures: Mapping[str, Quoted]) -> dict[str, Any]:
        """The model by all cases as `evidence.json` holds it, with figures that were measured out of fold."""
        model = self.fit(np.ones(len(self.cases), dtype=bool))
        corpora = dict.fromkeys(f"{case.corpus} at a weight of {case.weight:g}" for case in self.cases)
        best = ", ".join(f"{name} {one.best_right:.2f}" for name, one in figures.items())
        return {
            "source": "listwise softmax over the units of the right clause, each question one list; fitted on the "
            f"corpora {', '.join(corpora)} (l2 {PENALTY:g})",
            "figure": f"best unit holds the words that answer, {FOLDS} folds of documents: {best}",
            "temperature": model.temperature,
            "weights": model.weights,
        }


def _measure(case: Case, model: RerankingModel) -> tuple[float, float, float]:
    """Whether the best unit is right, nan where it is alone; whether the quotes hold gold words; how long they are."""
    features = unit_features(case.query, case.clause, case.index)
    best = int(np.argmax(model.scores(features, len(case.units.right))))
    quoted = choose_evidence(case.query, case.clause, case.index, case.margin, model=model)
    texts = [case.clause.text[one.start - case.clause.start : one.end - case.clause.start] for one in quoted]
    return (
        float(case.units.right[best]) if case.divided else np.nan,
        float(any(holds_quote(text, quote) for text in texts for quote in case.quotes)),
        float(sum(map(len, texts))),
    )
