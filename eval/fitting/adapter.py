"""What fitting needs of the inside of the assistant; everything that depends on its types stands here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Answer
from assistant.composition.evidence import choose_evidence, unit_features
from assistant.composition.evidence import load_model as load_evidence_model
from assistant.confidence.signals import Signals
from assistant.confidence.wording import WEIGHT as NGRAM_WEIGHT
from assistant.confidence.wording import ngrams
from assistant.retrieval.result import RetrievalResult
from assistant.service import Assistant, Turn
from eval.questions.questionset import LabelledQuestion

__all__ = [
    "FEW",
    "MODELS",
    "NGRAMS",
    "NGRAM_WEIGHT",
    "SIGNALS",
    "WORDING",
    "Sample",
    "choose_evidence",
    "collect",
    "load_evidence_model",
    "look_up",
    "unit_features",
]

SIGNALS = tuple(field.name for field in fields(Signals))
WORDING = "wording"  # the signal that comes from the wording model
NGRAMS = "ngrams"  # what the file calls the weights of n-grams
FEW = "few_records"  # for clauses whose records hold few ways of asking
MODELS = ("with_records", "without_records")  # for clauses with and without plain-language records

AnswerUnder = Callable[[LabelledQuestion, Mapping[str, float]], Answer]  # question, thresholds that differ → answer


@dataclass(frozen=True, slots=True)
class Sample:
    """One question whose first hit is to be judged."""

    signals: Mapping[str, float]
    vector: NDArray[np.float64]  # [dimension] of the question
    ngrams: Sequence[str]
    answerable: bool  # whether the documents answer it
    right: bool  # whether the first clause is relevant


def look_up(assistant: Assistant, question: LabelledQuestion) -> RetrievalResult:
    """What is found for a question, in its conversation and for the place chosen beforehand."""
    places = [question.jurisdiction] if question.jurisdiction else []
    return assistant.look_up(question.question, _turns(question), jurisdiction=places).result


def collect(assistant: Assistant, questions: Sequence[LabelledQuestion]) -> list[Sample]:
    """The samples of all questions that are answered by what is found and not by a number or a refusal."""
    samples = []
    for question in questions:
        found = look_up(assistant, question)
        reading = found.reading
        if not found.hits or reading.refusal or reading.references.ids or found.place_not_covered:
            continue
        clause = found.hits[0].clause
        view, records = assistant.index.view(clause), assistant.index.has_records(clause)
        samples.append(
            Sample(
                signals=asdict(assistant.judge.signals(found)),
                vector=reading.alone.vector.astype(np.float64),
                ngrams=ngrams(reading.normal, view.normal_with_records if records else view.normal),
                answerable=question.answerable,
                right=clause.id in question.relevant,
            )
        )
    return samples


def answer_under(assistant: Assistant) -> AnswerUnder:
    """Answers of this assistant under thresholds of which some differ from its own."""

    @lru_cache(maxsize=1)  # one threshold after another is tried
    def with_thresholds(changed: tuple[tuple[str, float], ...]) -> Assistant:
        thresholds = replace(assistant.thresholds, **dict(changed))
        return Assistant(assistant.index, assistant.settings, thresholds)

    def answer(question: LabelledQuestion, thresholds: Mapping[str, float]) -> Answer:
        changed = with_thresholds(tuple(sorted(thresholds.items())))
        places = [question.jurisdiction] if question.jurisdiction else []
        return changed.ask(question.question, history=_turns(question), jurisdiction=places)

    return answer


def _turns(question: LabelledQuestion) -> list[Turn]:
    return [Turn("user", text) for text in question.history]
