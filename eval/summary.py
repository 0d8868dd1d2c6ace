"""From single questions to the figures of `policyqa eval`: overall, by tag, latency and misses."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from eval.measures.answers import FIGURES, Outcome, figures, is_right, score_answer, table
from eval.measures.bootstrap import Estimate, estimates
from eval.measures.calibration import Bin, reliability
from eval.measures.ranking import RANKING, per_question
from eval.measures.tradeoff import TradeoffPoint
from eval.questions.questionset import LabelledQuestion
from eval.results import SHOWN, QuestionResult, asked_question, cited, tradeoff_of
from eval.saved import SavedRun

PERCENTILES = {"p50": 50, "p95": 95, "p99": 99}
MISS_DEPTH = 3
_LANGUAGE = "language:"

Estimates: TypeAlias = Mapping[str, Estimate | None]


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures over some of the questions. Ranking measures look at its answerable questions only."""

    n: int
    legs: Mapping[str, Estimates]
    answers: Estimates


@dataclass(frozen=True, slots=True)
class Miss:
    """A question whose first results hold nothing relevant, or an unanswerable one that was answered.

    It is near where the first of `found` is a clause that the question file calls related.
    """

    id: str
    question: str
    relevant: tuple[str, ...]
    found: tuple[str, ...]  # the first results; for a false answer, what it cites
    near: bool


@dataclass(frozen=True, slots=True)
class WrongAnswer:
    """An answer that should not have been given, or none of whose citations is of a relevant clause."""

    id: str
    question: str
    relevant: tuple[str, ...]
    cited: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Everything one run of `policyqa eval` says."""

    index_version: str
    encoder: str
    overall: Figures
    by_tag: Mapping[str, Figures]  # tags as given, and language:zh, language:en …
    latency_ms: Mapping[str, Mapping[str, float] | None]
    misses: tuple[Miss, ...]
    wrong_answers: tuple[WrongAnswer, ...]
    reliability: tuple[Bin, ...]  # of the confidence of given answers as the chance that citation [1] is relevant
    tradeoff: tuple[TradeoffPoint, ...]
    run: SavedRun  # question by question
    results: tuple[QuestionResult, ...]  # all that was found and answered; not in the JSON

    def to_dict(self) -> dict[str, Any]:
        """The object of `policyqa eval --json`; answer figures are plain numbers, their intervals stand beside them."""
        return {
            "questions": self.overall.n,
            "index_version": self.index_version,
            "encoder": self.encoder,
            "legs": _plain_legs(self.overall),
            "by_tag": {tag: {"n": g.n, "legs": _plain_legs(g), **_plain_answers(g)} for tag, g in self.by_tag.items()},
            **_plain_answers(self.overall),
            "latency_ms": self.latency_ms,
            "misses": [asdict(miss) for miss in self.misses],
            "wrong_answers": [asdict(wrong) for wrong in self.wrong_answers],
            "reliability": [asdict(one) for one in self.reliability],
            "tradeoff": [asdict(one) for one in self.tradeoff],
            "results": [asdict(one) for one in self.run.results],
        }


def _plain_legs(group: Figures) -> dict[str, Any]:
    return {
        leg: {name: None if estimate is None else asdict(estimate) for name, estimate in values.items()}
        for leg, values in group.legs.items()
    }


def _plain_answers(group: Figures) -> dict[str, Any]:
    known = group.answers.items()
    return {
        "answers": {name: None if estimate is None else estimate.value for name, estimate in known},
        "answer_intervals": {
            name: None if estimate is None else [estimate.low, estimate.high] for name, estimate in known
        },
    }


def summarise(results: Sequence[QuestionResult], *, index_version: str, encoder: str) -> Evaluation:
    """Figures with 95 % intervals over all results and over each tag; `results` is not empty."""
    legs = tuple(results[0].found)
    ranking, outcomes = _ranking_table(results, legs), _outcome_table(results)
    rows = {tag: np.flatnonzero([tag in _tags(result.question) for result in results]) for tag in _all_tags(results)}
    return Evaluation(
        index_version=index_version,
        encoder=encoder,
        overall=_figures(ranking, outcomes, legs),
        by_tag={tag: _figures(ranking[chosen], outcomes[chosen], legs) for tag, chosen in rows.items()},
        latency_ms={
            "search": latency([result.search_ms for result in results]),
            "ask": latency([result.ask_ms for result in results if result.ask_ms is not None]),
        },
        misses=tuple(miss for result in results if (miss := _miss(result, legs))),
        wrong_answers=tuple(wrong for result in results if (wrong := _wrong(result))),
        reliability=_reliability(outcomes),
        tradeoff=tradeoff_of(results),
        run=SavedRun(
            index_version,
            encoder,
            tuple(asked_question(*one, legs) for one in zip(results, ranking.tolist(), outcomes.tolist(), strict=True)),
        ),
        results=tuple(results),
    )


def latency(milliseconds: Sequence[float]) -> dict[str, float] | None:
    """Percentiles p50, p95 and p99, in the unit given; None of nothing."""
    if not milliseconds:
        return None
    values = np.percentile(milliseconds, list(PERCENTILES.values()))
    return {name: round(float(value), 3) for name, value in zip(PERCENTILES, values, strict=True)}


def _tags(question: LabelledQuestion) -> tuple[str, ...]:
    return (*question.tags, *((f"{_LANGUAGE}{question.language}",) if question.language else ()))


def _all_tags(results: Sequence[QuestionResult]) -> list[str]:
    """Each once, in the order of the file, languages last."""
    tags = dict.fromkeys(tag for result in results for tag in _tags(result.question))
    return sorted(tags, key=lambda tag: tag.startswith(_LANGUAGE))


def _ranking_table(results: Sequence[QuestionResult], legs: Sequence[str]) -> NDArray[np.float64]:
    """Shape [results, legs × measures]; a row of nan for an unanswerable question.

    A row of zeros where the parser has lost every clause that answers: no ranking can be right.
    """
    values = np.full((len(results), len(legs) * len(RANKING)), np.nan)
    values[[result.question.answerable for result in results]] = 0
    rows = [row for row, result in enumerate(results) if result.question.relevant]
    relevant = [results[row].question.relevant for row in rows]
    for number, leg in enumerate(legs):
        columns = slice(number * len(RANKING), (number + 1) * len(RANKING))
        values[rows, columns] = per_question(relevant, [results[row].found[leg] for row in rows])
    return values


def _outcome_table(results: Sequence[QuestionResult]) -> NDArray[np.float64]:
    """Rows of outcomes in the order of the results; none at all where answers were not composed."""
    outcomes: list[Outcome] = [score_answer(result.question, result.answer) for result in results if result.answer]
    return table(outcomes) if outcomes else np.full((len(results), len(Outcome.__slots__)), np.nan)


def _figures(ranking: NDArray[np.float64], outcomes: NDArray[np.float64], legs: Sequence[str]) -> Figures:
    answerable = ranking[~np.isnan(ranking[:, 0])]
    by_leg = iter(estimates(lambda rows: _column_means(answerable[rows]), len(answerable)))
    return Figures(
        n=len(ranking),
        legs={leg: {measure.name: next(by_leg) for measure in RANKING} for leg in legs},
        answers=dict(
            zip(FIGURES, estimates(lambda rows: figures(outcomes[rows]), len(outcomes)), strict=True),
        ),
    )


def _column_means(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return values.mean(axis=0) if len(values) else np.full(values.shape[1], np.nan)


def _reliability(outcomes: NDArray[np.float64]) -> tuple[Bin, ...]:
    """Bins over the answers that were given."""
    names = list(Outcome.__slots__)
    given = outcomes[outcomes[:, names.index("answered")] == 1]
    return tuple(reliability(given[:, names.index("confidence")], given[:, names.index("first_relevant")] == 1))


def _wrong(result: QuestionResult) -> WrongAnswer | None:
    question, answer = result.question, result.answer
    if answer is None or not answer.citations or any(is_right(question, one) for one in answer.citations):
        return None
    return WrongAnswer(question.id, question.question, question.relevant, cited(answer), answer.confidence)


def _miss(result: QuestionResult, legs: Sequence[str]) -> Miss | None:
    question, answer = result.question, result.answer
    found = result.found[legs[-1]][:SHOWN]
    if question.answerable:
        missed = set(question.relevant).isdisjoint(found[:MISS_DEPTH])
    else:
        missed = answer is not None and bool(answer.citations)
        found = cited(answer) if answer is not None else found
    if not missed:
        return None
    near = bool(found) and found[0] in question.related
    return Miss(question.id, question.question, question.relevant, found, near)
