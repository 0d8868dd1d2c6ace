"""Fit the confidence model on labelled questions: `python -m eval.calibrate`.

A question counts as answered right when its first clause is relevant. The logistic regression is fitted per
answer language; figures are out of fold, since a model always looks good on what it was fitted to.
"""

import argparse
import json
from dataclasses import asdict, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from assistant.confidence import Signals, signals
from assistant.service import Assistant, Turn
from assistant.settings import Settings
from assistant.understand import understand
from eval.answers import auroc, calibration_error
from eval.questionset import read_questions

NAMES = [field.name for field in fields(Signals)]
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7)


def samples(assistant: Assistant, path: Path) -> dict[str, tuple[NDArray[np.float64], NDArray[np.bool_]]]:
    """Per language: signals [questions, signals] and whether the first clause answers [questions]."""
    rows: dict[str, list[tuple[list[float], bool]]] = {}
    for question in read_questions(path, assistant.corpus):
        asked = understand(question.question, assistant.corpus, history=[Turn("user", t) for t in question.history])
        if asked.refusal or asked.reference:
            continue
        hits = assistant.index.search(asked.query, limit=assistant.settings.limit + 1, scope=asked.scope)
        if hits:
            values = list(asdict(signals(asked.query, hits, assistant.index)).values())
            rows.setdefault(asked.language, []).append((values, hits[0].clause.id in question.relevant))
    return {
        language: (np.array([values for values, _ in found]), np.array([right for _, right in found]))
        for language, found in sorted(rows.items())
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=Path, default=Path(__file__).parent / "questions" / "own.jsonl")
    parser.add_argument("--output", type=Path, default=Path(__file__).parents[1] / "assistant" / "confidence.json")
    arguments = parser.parse_args()
    assistant = Assistant.open(Settings.from_environment())
    model: dict[str, dict[str, float]] = {}
    for language, (values, right) in samples(assistant, arguments.questions).items():
        regression = LogisticRegression(C=10.0, max_iter=1000)
        folds = StratifiedKFold(5, shuffle=True, random_state=0)
        predicted = cross_val_predict(regression, values, right, cv=folds, method="predict_proba")[:, 1]
        print(f"{language}: {len(right)} questions, {right.mean():.2f} right, out of fold:")
        print(f"  AUROC {auroc(predicted, right):.3f}  ECE {calibration_error(predicted, right):.3f}")
        for threshold in THRESHOLDS:
            answered = predicted >= threshold
            shares = f"{answered[right].mean():.2f} of right, {answered[~right].mean():.2f} of wrong"
            print(f"  at {threshold}: answers {shares}")
        regression.fit(values, right)
        weights = dict(zip(NAMES, np.round(regression.coef_[0], 3).tolist(), strict=True))
        model[language] = {"bias": round(float(regression.intercept_[0]), 3)} | weights
    arguments.output.write_text(json.dumps(model, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(model, indent=2))


if __name__ == "__main__":
    main()
