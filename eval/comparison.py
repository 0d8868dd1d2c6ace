"""Two runs over the same questions: figures before and after, whether they differ, and which questions turned."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval.measures.answers import FIGURES, Outcome, figures
from eval.measures.significance import PERMUTATIONS, SEED, paired_tests
from eval.saved import AskedQuestion, SavedRun

ANSWERS = "answers"
_PAIRED = {"coverage": True, "answered_right": True, "false_answers": False}  # figure → of answerable questions
_Pair = tuple[AskedQuestion, AskedQuestion]


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure over the common questions. Without tests where it is no mean over questions."""

    of: str  # a leg, or "answers"
    measure: str
    n: int  # questions it is a mean of
    before: float | None
    after: float | None
    student: float | None = None  # chances, see `paired_tests`
    fisher: float | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """What one run did with a question."""

    status: str | None
    cited: tuple[str, ...]  # where no answers were composed, the first result
    confidence: float | None


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """A question that is right in one run only, or for which other clauses are cited."""

    id: str
    question: str
    relevant: tuple[str, ...]
    before: Side
    after: Side


@dataclass(frozen=True, slots=True)
class Comparison:
    """What `--against` says. Everything but the counts is over the questions that both runs have."""

    index_versions: tuple[str, str]  # before, after
    encoders: tuple[str, str]
    common: int
    only_before: int
    only_after: int
    reworded: int  # the same id, another question: not compared
    relabelled: int  # compared, though the right answers differ
    figures: tuple[FigureChange, ...]
    gained: tuple[QuestionChange, ...]  # right now and not before
    lost: tuple[QuestionChange, ...]
    cited_otherwise: tuple[QuestionChange, ...]  # as right as before
    permutations: int = PERMUTATIONS
    seed: int = SEED

    def to_dict(self) -> dict[str, Any]:
        """The object under `against` in the JSON."""
        return asdict(self)


def compare(before: SavedRun, after: SavedRun) -> Comparison:
    """The second run beside the first one, over the questions that have the same id and the same words in both."""
    old, new = ({one.id: one for one in run.results} for run in (before, after))
    same_id = [(old[id_], new[id_]) for id_ in new if id_ in old]
    pairs = [(was, now) for was, now in same_id if was.question == now.question]
    turned = [(_is_right(was), _is_right(now), was, now) for was, now in pairs]
    return Comparison(
        index_versions=(before.index_version, after.index_version),
        encoders=(before.encoder, after.encoder),
        common=len(pairs),
        only_before=len(old) - len(same_id),
        only_after=len(new) - len(same_id),
        reworded=len(same_id) - len(pairs),
        relabelled=sum(set(was.relevant) != set(now.relevant) for was, now in pairs),
        figures=(*_leg_figures(pairs), *_answer_figures(pairs)),
        gained=tuple(_change(was, now) for before, after, was, now in turned if after and not before),
        lost=tuple(_change(was, now) for before, after, was, now in turned if before and not after),
        cited_otherwise=tuple(
            _change(was, now) for before, after, was, now in turned if before == after and _shown(was) != _shown(now)
        ),
    )


def _is_right(asked: AskedQuestion) -> bool:
    """Whether the answer was right; of a run without answers, whether the first result of its last leg was."""
    if asked.right is not None or asked.legs is None:
        return bool(asked.right)
    return list(asked.legs.values())[-1]["success@1"] == 1


def _shown(asked: AskedQuestion) -> tuple[str, ...]:
    return asked.cited if asked.status else asked.found[:1]


def _change(was: AskedQuestion, now: AskedQuestion) -> QuestionChange:
    before, after = (Side(one.status, _shown(one), one.confidence) for one in (was, now))
    return QuestionChange(now.id, now.question, now.relevant, before, after)


def _leg_figures(pairs: Iterable[_Pair]) -> Iterable[FigureChange]:
    both = [(was.legs, now.legs) for was, now in pairs if was.legs and now.legs]
    if not both:
        return
    first_was, first_now = both[0]
    keys = [(leg, name) for leg, values in first_now.items() for name in values if name in first_was.get(leg, {})]
    old, new = (np.array([[one[side][leg][name] for leg, name in keys] for one in both]) for side in (0, 1))
    yield from _tested(keys, old, new)


def _tested(
    keys: Sequence[tuple[str, str]], old: NDArray[np.float64], new: NDArray[np.float64]
) -> Iterable[FigureChange]:
    means = zip(keys, old.mean(axis=0), new.mean(axis=0), paired_tests(old, new), strict=True)
    for (of, name), before, after, chance in means:
        yield FigureChange(of, name, len(old), float(before), float(after), chance.student, chance.fisher)


def _answer_figures(pairs: Iterable[_Pair]) -> Iterable[FigureChange]:
    """All figures of answers; those that are means over questions with tests."""
    both = [(_row(was.outcome), _row(now.outcome)) for was, now in pairs if was.outcome and now.outcome]
    if not both:
        return
    old, new = (np.array([one[side] for one in both]) for side in (0, 1))
    names = list(Outcome.__slots__)
    answerable = (old[:, names.index("answerable")] == 1) & (new[:, names.index("answerable")] == 1)
    unanswerable = (old[:, names.index("answerable")] == 0) & (new[:, names.index("answerable")] == 0)
    for name, before, after in zip(FIGURES, figures(old), figures(new), strict=True):
        chosen = answerable if _PAIRED.get(name) else unanswerable
        if name in _PAIRED and chosen.any():
            yield from _tested([(ANSWERS, name)], _column(name, old[chosen]), _column(name, new[chosen]))
        elif not (np.isnan(before) or np.isnan(after)):
            yield FigureChange(ANSWERS, name, len(both), float(before), float(after))


def _row(outcome: Mapping[str, float | None]) -> list[float]:
    return [np.nan if (value := outcome.get(name)) is None else float(value) for name in Outcome.__slots__]


def _column(figure: str, outcomes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shape [questions, 1]: the value whose mean is the figure."""
    names = list(Outcome.__slots__)
    if figure == "answered_right":
        return (outcomes[:, [names.index("cited_relevant")]] > 0).astype(np.float64)
    return outcomes[:, [names.index("answered")]]
