"""An office's own labelled questions turned into a correction of the confidence."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit

from assistant.confidence.calibration import Calibration, logit
from assistant.confidence.model import fingerprint
from assistant.service import Assistant, Turn
from corpus.errors import InputError
from eval.measures.answers import calibration_error
from eval.questions.questionset import LabelledQuestion

FEWEST = 40  # questions, and a fifth of that of either kind: with fewer, chance decides
_KIND = FEWEST // 5
_FOLDS = 5
_PRIOR = 10.0  # questions that speak for no correction: some dozens of questions move it, a few do not

Floats = NDArray[np.float64]
Labels = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Figures:
    """How the confidence does on the questions, under one correction or none."""

    error: float  # expected calibration error of the first clause being right
    right: float  # share of answerable questions answered by the right first clause
    false_answers: float  # share of unanswerable questions answered


@dataclass(frozen=True, slots=True)
class Fitted:
    """A correction, and what it does to questions it was not fitted to."""

    calibration: Calibration
    before: Figures
    after: Figures


def calibrate(assistant: Assistant, questions: Sequence[LabelledQuestion]) -> Fitted:
    """Fit a correction to labelled questions, asked of an assistant that has none.

    Raises InputError where there are too few, or hardly any without an answer.
    """
    judged = [
        (
            question,
            assistant.look_up(
                question.question,
                [Turn("user", text) for text in question.history],
                jurisdiction=[question.jurisdiction] if question.jurisdiction else [],
            ),
        )
        for question in questions
    ]
    judged = [(question, found) for question, found in judged if 0 < found.confidence < 1]
    answerable = np.array([question.answerable for question, _ in judged], dtype=bool)
    _check(answerable)
    right = np.array([found.result.hits[0].clause.id in question.relevant for question, found in judged])
    logits = np.array([logit(found.confidence) for _, found in judged])
    fold = np.random.default_rng(0).permutation(len(right)) % _FOLDS
    corrected = np.zeros(len(right))
    for k in range(_FOLDS):
        slope, shift = _fit(logits[fold != k], right[fold != k])
        corrected[fold == k] = expit(slope * logits[fold == k] + shift)
    slope, shift = _fit(logits, right)
    threshold = assistant.settings.threshold
    return Fitted(
        Calibration(round(slope, 4), round(shift, 4), fingerprint(), len(right)),
        _figures(expit(logits), right, answerable, threshold),
        _figures(corrected, right, answerable, threshold),
    )


def _check(answerable: Labels) -> None:
    with_answer, without = int(answerable.sum()), int((~answerable).sum())
    if len(answerable) < FEWEST or min(with_answer, without) < _KIND:
        raise InputError(
            f"可用的问题太少：有答案的 {with_answer} 个，没有答案的 {without} 个；"
            f"至少要 {FEWEST} 个，每种不少于 {_KIND} 个。"
            f"Too few questions that are judged: {with_answer} with an answer, {without} without; give at least "
            f"{FEWEST}, and {_KIND} of each kind",
            field="questions",
        )


def _fit(logits: Floats, right: Labels) -> tuple[float, float]:
    """Slope and shift of the penalised maximum likelihood; without questions 1 and 0."""
    sign = np.where(right, 1.0, -1.0)

    def loss(found: Floats) -> float:
        slope, shift = found
        penalty = _PRIOR * ((slope - 1) ** 2 + shift**2 / 10)
        return float(np.logaddexp(0, -sign * (slope * logits + shift)).sum() + penalty)

    slope, shift = minimize(loss, np.array([1.0, 0.0]), bounds=[(0.05, None), (None, None)], method="L-BFGS-B").x
    return float(slope), float(shift)


def _figures(predicted: Floats, right: Labels, answerable: Labels, threshold: float) -> Figures:
    given = predicted >= threshold
    return Figures(
        calibration_error(predicted, right),
        float((given & right)[answerable].mean()),
        float(given[~answerable].mean()),
    )
