"""The thresholds of the assistant, measured on labelled questions one at a time, the others as they are.

Only those are here that a question file can judge. What no label tells (how near a clause must come to be named in a
refusal) is chosen by reading answers, and its entry says so.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import tomlkit

from assistant.answer import Answer
from eval.fitting.adapter import AnswerUnder
from eval.measures.answers import score_answer
from eval.questions.questionset import LabelledQuestion

Answered = Sequence[tuple[LabelledQuestion, Answer]]
FACTS = ("meaning", "chosen_on", "figure")  # what an entry must say of its value
_EQUAL = 0.01  # figures closer than this are the same: about a standard error on some hundred questions


def right_outcomes(answered: Answered) -> float:
    """Share of questions that were answered with a right citation, or refused where nothing answers them."""
    scores = [score_answer(question, answer) for question, answer in answered]
    return float(np.mean([one.cited_relevant > 0 if one.answerable else not one.answered for one in scores]))


def citation_f1(answered: Answered) -> float:
    """Mean harmonic mean of the shares of cited clauses that are relevant, and of relevant ones that are cited."""
    shares = []
    for question, answer in answered:
        relevant, cited = set(question.relevant), {citation.clause_id for citation in answer.citations}
        shares.append(2 * len(relevant & cited) / (len(relevant) + len(cited)))
    return float(np.mean(shares))


def quotes_right(answered: Answered) -> float:
    """Mean of part accuracy and quote recall: quoting less alone is no gain, and neither is quoting all."""
    scores = [score_answer(question, answer) for question, answer in answered]
    parts, quotes = [one.part_match for one in scores], [one.quote_found for one in scores]
    return float((np.nanmean(parts) + np.nanmean(quotes)) / 2)


def _follow_up(question: LabelledQuestion) -> bool:
    return bool(question.history)


def _answerable(question: LabelledQuestion) -> bool:
    return question.answerable


def _in_parts(question: LabelledQuestion) -> bool:
    return bool(question.relevant_parts)


@dataclass(frozen=True, slots=True)
class Grid:
    """Values to try for one threshold, the questions it concerns, and the figure that decides; higher is better."""

    name: str
    values: tuple[float, ...]
    concerns: Callable[[LabelledQuestion], bool]
    figure: Callable[[Answered], float]


GRIDS = (
    Grid("stands_alone", (0.4, 0.5, 0.6, 0.7, 0.8), _follow_up, right_outcomes),
    Grid("stands_alone_margin", (0.0, 0.02, 0.05, 0.1, 0.2), _follow_up, right_outcomes),
    Grid("depends_on_history", (0.0, 0.03, 0.06, 0.1, 0.15), _follow_up, right_outcomes),
    Grid("second_place", (0.6, 0.7, 0.8, 0.9), _answerable, citation_f1),
    Grid("equally_good", (0.75, 0.8, 0.85, 0.9, 0.95), _answerable, citation_f1),
    Grid("side_by_side", (0.4, 0.5, 0.6, 0.7, 0.8), _answerable, citation_f1),
    Grid("near_elsewhere", (0.6, 0.7, 0.8, 0.9), _answerable, citation_f1),
    Grid("evidence_margin", (0.3, 0.45, 0.6, 0.75, 0.9), _in_parts, quotes_right),
)


@dataclass(frozen=True, slots=True)
class FittedThreshold:
    """A threshold with the best figure of its grid, and the figures of all values."""

    name: str
    value: float
    figures: Mapping[float, float]
    measure: str
    questions: int

    def __str__(self) -> str:
        values = ", ".join(f"{value:g}: {figure:.3f}" for value, figure in sorted(self.figures.items()))
        return f"{self.measure} over {self.questions} questions at {values}"


def fit_threshold(
    grid: Grid, current: float, questions: Sequence[LabelledQuestion], answer: AnswerUnder
) -> FittedThreshold | None:
    """The best value, of equal ones the nearest to the current one; None where the questions do not concern it."""
    asked = [question for question in questions if grid.concerns(question)]
    if not asked:
        return None
    figures = {
        value: grid.figure([(question, answer(question, {grid.name: value})) for question in asked])
        for value in sorted({*grid.values, current})
    }
    best = max(figures.values())
    value = min((one for one, figure in figures.items() if best - figure < _EQUAL), key=lambda one: abs(one - current))
    measure = grid.figure.__name__.replace("_", " ")
    return FittedThreshold(grid.name, value, figures, measure, len(asked))


def read_table(path: Path) -> tomlkit.TOMLDocument:
    """The file of thresholds, with its comments."""
    return tomlkit.parse(path.read_text(encoding="utf-8"))


def write_back(path: Path, fitted: Sequence[FittedThreshold], chosen_on: str) -> None:
    """Put values, figures and source into the file; everything else in it stays as it stands."""
    table = read_table(path)
    for one in fitted:
        entry: Any = table[one.name]
        entry["value"], entry["chosen_on"], entry["figure"] = one.value, chosen_on, str(one)
    path.write_text(tomlkit.dumps(table), encoding="utf-8")


def unsourced(table: Mapping[str, Any]) -> list[str]:
    """Names of the entries that do not say what they mean, what they were chosen on, or the figure there."""
    return [name for name, entry in table.items() if not all(str(entry.get(fact, "")).strip() for fact in FACTS)]
