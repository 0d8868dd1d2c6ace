"""Fit the confidence model on labelled questions: `python -m eval.fitting.confidence`.

A question counts as answered right when its first clause is relevant. A logistic regression with the plain layer and
one without, with no weight below zero: every signal speaks for the clause or not at all. Figures are out of fold,
since a model always looks good on what it was fitted to.
"""

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack

from assistant.confidence.model import Signals, question_vector, signals, whole_text
from assistant.confidence.wording import WEIGHT, runs
from assistant.service import Assistant, Turn
from assistant.settings import Settings
from eval.measures.answers import auroc, calibration_error
from eval.measures.calibration import plot, reliability
from eval.questions.questionset import read_questions

NAMES = [field.name for field in fields(Signals)]
THRESHOLDS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7)
FOLDS = 5
PHRASING_PENALTY = 0.0003  # the same for a weight of the phrasing
LEAST_SEEN = 3  # questions that a run must stand in to get a weight
LIGHTEST = 0.005  # weight of a run below which it is left out
# Share of questions that the documents answer, in use. Our own hold about as many near misses, which would make every
# answer look unlikely; the bias is moved accordingly (Saerens, Latinne & Decaestecker, Neural Computation 2002).
PRIOR = 0.7
_ROOT = Path(__file__).parents[2]
PENALTY = 0.002  # of a squared weight, beside the mean loss of a question

_TITLE = "自有问题，折外 own questions, out of fold"

Floats = NDArray[np.float64]
Labels = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Samples:
    """Labelled questions; the signal `phrasing` in `values` is to be replaced by what `phrased` gives out of fold."""

    values: Floats  # [questions, signals]
    phrased: csr_matrix  # [questions, dimension + runs]: the question's vector, then its runs
    runs: list[str]
    right: Labels  # [questions] whether the first clause answers


def samples(assistant: Assistant, path: Path) -> Samples:
    """The questions whose first hit is to be judged."""
    rows: list[tuple[float, ...]] = []
    vectors: list[Floats] = []
    found_runs: list[Sequence[str]] = []
    right: list[bool] = []
    for question in read_questions(path, assistant.corpus):
        found = assistant.look_up(question.question, [Turn("user", text) for text in question.history])
        if found.hits and not found.asked.refusal and not found.asked.named.ids:
            rows.append(astuple(signals(found, assistant.index)))
            vectors.append(question_vector(found.asked.meant, assistant.index).astype(np.float64))
            found_runs.append(runs(found.asked.meant, whole_text(found, assistant.index)))
            right.append(found.hits[0].clause.id in question.relevant)
    seen = Counter(run for one in found_runs for run in one)
    known = sorted(run for run, times in seen.items() if times >= LEAST_SEEN)
    return Samples(
        np.array(rows), csr_matrix(hstack([csr_matrix(vectors), _columns(found_runs, known)])), known, np.array(right)
    )


def _columns(found: Sequence[Sequence[str]], known: Sequence[str]) -> csr_matrix:
    """[questions, runs], each row as long as `Phrasing.logit` makes it."""
    column = {run: number for number, run in enumerate(known)}
    cells = [
        (row, column[run], WEIGHT / np.sqrt(len(one))) for row, one in enumerate(found) for run in one if run in column
    ]
    rows, columns, values = zip(*cells, strict=True)
    return csr_matrix((values, (rows, columns)), shape=(len(found), len(known)))


def fit_phrasing(phrased: csr_matrix, right: Labels) -> Floats:
    """Weights [dimension + runs] of a penalised logistic regression of `right` on how questions are put."""
    sign = np.where(right, 1.0, -1.0)

    def loss(weights: Floats) -> tuple[float, Floats]:
        margin = sign * (weights[0] + phrased @ weights[1:])
        slope = -sign / (1 + np.exp(margin))
        penalty = PHRASING_PENALTY * np.r_[0.0, weights[1:]]
        gradient = np.r_[slope.mean(), phrased.T @ slope / len(sign)] + 2 * penalty
        return float(np.logaddexp(0, -margin).mean() + penalty @ weights), gradient

    found = minimize(loss, np.zeros(phrased.shape[1] + 1), jac=True, method="L-BFGS-B").x
    return np.asarray(found[1:])


def with_phrasing(one: Samples) -> Floats:
    """The signals, each question's `phrasing` under weights that were fitted without it."""
    folds = _folds(len(one.right))
    values = one.values.copy()
    for k in range(FOLDS):
        weights = fit_phrasing(one.phrased[folds != k], one.right[folds != k])
        values[folds == k, NAMES.index("phrasing")] = one.phrased[folds == k] @ weights
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


def prior_shift(right: Labels) -> float:
    """What to add to the bias of a model fitted to these labels, for questions of which PRIOR are answered."""
    share = right.mean()
    return float(np.log(PRIOR / (1 - PRIOR)) - np.log(share / (1 - share)))


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
    """Fit, report, and write assistant/confidence/model.json and docs/reliability.svg."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=Path, default=_ROOT / "eval" / "questions" / "own.jsonl")
    parser.add_argument("--output", type=Path, default=_ROOT / "assistant" / "confidence" / "model.json")
    parser.add_argument("--plot", type=Path, default=_ROOT / "docs" / "reliability.svg")
    arguments = parser.parse_args()
    settings = Settings.from_environment()
    assistant = Assistant.open(replace(settings, plain=True))
    bare = Assistant(assistant.index.without_plain(), settings)
    model: dict[str, Any] = {"encoder": assistant.index.encoder.fingerprint}
    for name, one in (("plain", assistant), ("bare", bare)):
        judged = samples(one, arguments.questions)
        values = with_phrasing(judged)
        predicted = out_of_fold(values, judged.right)
        _report(name, predicted, judged.right)
        if name == "plain":
            arguments.plot.write_text(plot(reliability(predicted, judged.right), _TITLE), encoding="utf-8")
        phrasing = np.round(fit_phrasing(judged.phrased, judged.right), 3)
        dimension = len(phrasing) - len(judged.runs)
        weights = fit(values, judged.right)
        weights[0] += prior_shift(judged.right)
        model[name] = {
            "weights": dict(zip(["bias", *NAMES], np.round(weights, 3).tolist(), strict=True)),
            "vector": phrasing[:dimension].tolist(),
            "runs": {
                run: weight
                for run, weight in zip(judged.runs, phrasing[dimension:].tolist(), strict=True)
                if abs(weight) >= LIGHTEST
            },
        }
        print(json.dumps(model[name]["weights"]))
    arguments.output.write_text(json.dumps(model, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
