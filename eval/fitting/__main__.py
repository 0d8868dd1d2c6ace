"""Fit what is data in the assistant on this project's own questions: `python -m eval.fitting`.

Writes the confidence model (assistant/confidence/model.json) with a plot of its reliability (docs/reliability.svg),
and the thresholds that a question file can judge (assistant/thresholds.toml). Never to be run on the sets that the
figures are reported on.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.service import Assistant
from assistant.settings import Settings
from eval.fitting.adapter import MODELS, answer_under, assistants, collect
from eval.fitting.confidence import Floats, Labels, out_of_fold, to_arrays, to_table, with_wording
from eval.fitting.thresholds import GRIDS, fit_threshold, read_table, write_back
from eval.measures.answers import auroc, calibration_error
from eval.measures.calibration import plot, reliability
from eval.questions.questionset import LabelledQuestion, read_questions

ROOT = Path(__file__).parents[2]
OWN_QUESTIONS = ROOT / "eval" / "questions" / "own.jsonl"
_OPERATING_POINTS = (0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7)
_TITLE = "自有问题，折外 own questions, out of fold"


def main(
    questions: Annotated[Path, typer.Option(help="有标注的问题 · labelled questions")] = OWN_QUESTIONS,
    confidence: Annotated[bool, typer.Option(help="拟合把握模型 · fit the confidence model")] = True,
    thresholds: Annotated[bool, typer.Option(help="选取阈值 · choose the thresholds")] = True,
    root: Annotated[Path, typer.Option(help="写到哪个工作树 · the checkout to write into")] = ROOT,
) -> None:
    """在自有问题上拟合把握模型与阈值 · fit the confidence model and the thresholds on the own questions."""
    opened = assistants(replace(Settings.from_environment(), plain=True))
    labelled = read_questions(questions, opened[MODELS[0]].corpus)
    table = root / "assistant" / "thresholds.toml"
    if confidence:
        model: dict[str, Any] = {"encoder": opened[MODELS[0]].index.encoder.fingerprint}
        model |= {name: _fit_model(name, opened[name], labelled, root) for name in MODELS}
        _write(root / "assistant" / "confidence" / "model.json", model)
    if thresholds:
        # a model fitted just now counts from the next start on
        fit_thresholds(table, opened[MODELS[0]], labelled, _source(questions))


def _fit_model(name: str, assistant: Assistant, questions: Sequence[LabelledQuestion], root: Path) -> dict[str, Any]:
    samples = to_arrays(collect(assistant, questions))
    values = with_wording(samples)
    predicted = out_of_fold(values, samples.right)
    _report(name, predicted, samples.right)
    if name == MODELS[0]:
        picture = plot(reliability(predicted, samples.right), _TITLE)
        (root / "docs" / "reliability.svg").write_text(picture, encoding="utf-8")
    fitted = to_table(samples, values)
    print(json.dumps(fitted["weights"]))
    return fitted


def _report(name: str, predicted: Floats, right: Labels) -> None:
    print(f"{name}: {len(right)} questions, {right.mean():.2f} right; out of fold:")
    print(f"  AUROC {auroc(predicted, right):.3f}  ECE {calibration_error(predicted, right):.3f}")
    for point in _OPERATING_POINTS:
        answered = predicted >= point
        print(f"  at {point}: answers {answered[right].mean():.2f} of right, {answered[~right].mean():.2f} of wrong")


def fit_thresholds(table: Path, assistant: Assistant, questions: Sequence[LabelledQuestion], source: str) -> None:
    """Measure every grid and write the table back. Raises FileNotFoundError where there is no table."""
    known, fitted = read_table(table), []
    for grid in GRIDS:
        entry: Any = known[grid.name]
        if one := fit_threshold(grid, float(entry["value"]), questions, answer_under(assistant)):
            print(f"{one.name} = {one.value:g}  {one}", flush=True)
            fitted.append(one)
    write_back(table, fitted, source)


def _source(questions: Path) -> str:
    path = questions.resolve()
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name


def _write(path: Path, model: dict[str, Any]) -> None:
    path.write_text(json.dumps(model, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
