"""Fit the confidence model on labelled questions: `python -m eval.calibrate`.

A question counts as answered right when its first clause is relevant. A logistic regression with the plain layer and
one without, with no weight below zero: every signal speaks for the clause or not at all. Figures are out of fold,
since a model always looks good on what it was fitted to.
"""

import argparse
import json
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from assistant.confidence import Signals, question_vector, signals
from assistant.service import Assistant, Turn
from assistant.settings import Settings
from eval.answers import auroc, calibration_error
from eval.questionset import read_questions

NAMES = [field.name for field in fields(Signals)]
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7)
FOLDS = 5
PHRASING_PENALTY = 0.0003  # the same for a weight of the question's vector
PENALTY = 0.002  # of a squared weight, beside the mean loss of a question

Floats = NDArray[np.float64]
Labels = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Samples:
    """Labelled questions; the signal `phrasing` in `values` is to be replaced by what `vectors` give out of fold."""

    values: Floats  # [questions, signals]
    vectors: Floats  # [questions, dimension] of the questions alone
    right: Labels  # [questions] whether the first clause answers


def samples(assistant: Assistant, path: Path) -> Samples:
    """The questions whose first hit is to be judged."""
    rows: list[tuple[float, ...]] = []
    vectors: list[Floats] = []
    right: list[bool] = []
    for question in read_questions(path, assistant.corpus):
        found = assistant.look_up(question.question, [Turn("user", text) for text in question.history])
        if found.hits and not found.asked.refusal and not found.asked.named.ids:
            rows.append(astuple(signals(found, assistant.alignment)))
            vectors.append(question_vector(found.asked.meant, assistant.alignment).astype(np.float64))
            right.append(found.hits[0].clause.id in question.relevant)
    return Samples(np.array(rows), np.array(vectors), np.array(right))


def fit_phrasing(vectors: Floats, right: Labels) -> Floats:
    """Weights [dimension] of a penalised logistic regression of `right` on the questions' vectors."""
    sign = np.where(right, 1.0, -1.0)

    def loss(weights: Floats) -> tuple[float, Floats]:
        margin = sign * (weights[0] + vectors @ weights[1:])
        slope = -sign / (1 + np.exp(margin))
        penalty = PHRASING_PENALTY * np.r_[0.0, weights[1:]]
        gradient = np.r_[slope.mean(), vectors.T @ slope / len(sign)] + 2 * penalty
        return float(np.logaddexp(0, -margin).mean() + penalty @ weights), gradient

    found = minimize(loss, np.zeros(vectors.shape[1] + 1), jac=True, method="L-BFGS-B").x
    return np.asarray(found[1:])


def with_phrasing(one: Samples) -> Floats:
    """The signals, each question's `phrasing` under weights that were fitted without it."""
    folds = _folds(len(one.right))
    values = one.values.copy()
    for k in range(FOLDS):
        weights = fit_phrasing(one.vectors[folds != k], one.right[folds != k])
        values[folds == k, NAMES.index("phrasing")] = one.vectors[folds == k] @ weights
    return values


def _folds(questions: int) -> NDArray[np.int64]:
    return np.random.default_rng(0).permutation(questions) % FOLDS


def fit(values: Floats, right: Labels) -> Floats:
    """Weights [1 + signals], the bias first, of the penalised maximum likelihood with weights of 0 or more."""
    spread = values.std(axis=0) + 1e-9  # so that the penalty is the same for every signal
    design = np.column_stack([np.ones(len(values)), values / spread])
    sign = np.where(right, 1.0, -1.0)

    def loss(weights: Floats) -> tuple[float, Floats]:
        margin = sign * (design @ weights)
        penalty = PENALTY * weights * np.r_[0.0, np.ones(len(weights) - 1)]
        gradient = -(design * (sign / (1 + np.exp(margin)))[:, None]).mean(axis=0) + 2 * penalty
        return float(np.logaddexp(0, -margin).mean() + penalty @ weights), gradient

    bounds = [(None, None)] + [(0.0, None)] * values.shape[1]
    found: Floats = minimize(loss, np.zeros(design.shape[1]), jac=True, bounds=bounds, method="L-BFGS-B").x
    return np.asarray(found / np.r_[1.0, spread])


def predict(weights: Floats, values: Floats) -> Floats:
    """Probabilities [questions]."""
    return np.asarray(1 / (1 + np.exp(-(weights[0] + values @ weights[1:]))))


def out_of_fold(values: Floats, right: Labels) -> Floats:
    """Each question's probability under a model that was fitted without it."""
    fold = _folds(len(values))
    predicted = np.zeros(len(values))
    for k in range(FOLDS):
        predicted[fold == k] = predict(fit(values[fold != k], right[fold != k]), values[fold == k])
    return predicted


def _report(name: str, predicted: Floats, right: Labels) -> None:
    print(f"{name}: {len(right)} questions, {right.mean():.2f} right; out of fold:")
    print(f"  AUROC {auroc(predicted, right):.3f}  ECE {calibration_error(predicted, right):.3f}")
    for threshold in THRESHOLDS:
        answered = predicted >= threshold
        print(
            f"  at {threshold}: answers {answered[right].mean():.2f} of right, {answered[~right].mean():.2f} of wrong"
        )


def main() -> None:
    """Fit, report, and write assistant/confidence.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=Path, default=Path(__file__).parent / "questions" / "own.jsonl")
    parser.add_argument("--output", type=Path, default=Path(__file__).parents[1] / "assistant" / "confidence.json")
    arguments = parser.parse_args()
    settings = Settings.from_environment()
    assistant = Assistant.open(replace(settings, plain=True))
    bare = Assistant(assistant.index.without_plain(), settings)
    model: dict[str, Any] = {"encoder": assistant.index.encoder.fingerprint}
    judged = {"plain": samples(assistant, arguments.questions), "bare": samples(bare, arguments.questions)}
    model["phrasing"] = np.round(fit_phrasing(judged["plain"].vectors, judged["plain"].right), 3).tolist()
    for name, one in judged.items():
        values = with_phrasing(one)
        _report(name, out_of_fold(values, one.right), one.right)
        model[name] = dict(zip(["bias", *NAMES], np.round(fit(values, one.right), 3).tolist(), strict=True))
    arguments.output.write_text(json.dumps(model, indent=1) + "\n", encoding="utf-8")
    print(json.dumps({name: model[name] for name in judged}, indent=2))


if __name__ == "__main__":
    main()
