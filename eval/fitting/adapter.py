"""What fitting needs of the inside of the assistant; everything that depends on its types stands here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Answer
from assistant.confidence.model import Signals, question_vector, signals, whole_text
from assistant.confidence.wording import WEIGHT as NGRAM_WEIGHT
from assistant.confidence.wording import runs
from assistant.service import Assistant, Turn
from assistant.settings import Settings
from corpus.errors import InputError
from eval.questions.questionset import LabelledQuestion

__all__ = ["MODELS", "NGRAMS", "NGRAM_WEIGHT", "SIGNALS", "WORDING", "Sample", "assistants", "collect"]

SIGNALS = tuple(field.name for field in fields(Signals))
WORDING = "phrasing"  # the signal that comes from the wording model
NGRAMS = "runs"  # what the file calls the weights of n-grams
MODELS = ("plain", "bare")  # for clauses with and without plain-language records

AnswerUnder = Callable[[LabelledQuestion, Mapping[str, float]], Answer]  # question, thresholds that differ → answer


@dataclass(frozen=True, slots=True)
class Sample:
    """One question whose first hit is to be judged."""

    signals: Mapping[str, float]
    vector: NDArray[np.float64]  # [dimension] of the question
    ngrams: Sequence[str]
    right: bool  # whether the first clause is relevant


def assistants(settings: Settings) -> Mapping[str, Assistant]:
    """Name of a model → the assistant that it is fitted with."""
    assistant = Assistant.open(settings)
    return dict(zip(MODELS, (assistant, Assistant(assistant.index.without_plain(), settings)), strict=True))


def collect(assistant: Assistant, questions: Sequence[LabelledQuestion]) -> list[Sample]:
    """The samples of all questions that are answered by what is found and not by a number or a refusal."""
    samples = []
    for question in questions:
        found = assistant.look_up(question.question, [Turn("user", text) for text in question.history])
        if not found.hits or found.asked.refusal or found.asked.named.ids:
            continue
        text = found.asked.meant
        samples.append(
            Sample(
                signals=asdict(signals(found, assistant.alignment)),
                vector=question_vector(text, assistant.alignment).astype(np.float64),
                ngrams=runs(text, whole_text(found, assistant.alignment)),
                right=found.hits[0].clause.id in question.relevant,
            )
        )
    return samples


def answer_under(assistant: Assistant) -> AnswerUnder:
    """Answers under thresholds that differ from the shipped ones. Raises InputError where they cannot be set."""

    def answer(question: LabelledQuestion, thresholds: Mapping[str, float]) -> Answer:
        if thresholds:
            raise InputError("the thresholds of this assistant are constants; fit them where thresholds.toml is read")
        return assistant.ask(question.question, history=[Turn("user", text) for text in question.history])

    return answer
