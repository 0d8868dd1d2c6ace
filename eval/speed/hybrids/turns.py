"""All systems in one process, each question answered by each in turn: milliseconds, and what was found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import perf_counter

from eval.questions.questionset import LabelledQuestion
from eval.speed.approximation import Approximation, beside_exact
from eval.speed.hybrids.environment import in_fresh_process
from eval.speed.hybrids.ours import open_ours
from eval.speed.hybrids.system import LIMIT, Search, System, Way
from eval.summary import latency
from index.encoder.encoder import load_encoder

WARM_UP = 20
_SEED = 17


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked, how often, on how many cores."""

    questions: Sequence[LabelledQuestion]
    rounds: int
    threads: int


@dataclass(frozen=True, slots=True)
class Turns:
    """One system's."""

    milliseconds: Mapping[str, float]  # p50, p95, p99 of all rounds
    first_p50: float  # of the first round, where nobody has seen the question before
    recall: float | None  # recall@10; None where no question says what is relevant


def take_turns(systems: Sequence[System], work: Path, model: str | None, asking: Asking) -> dict[str, Turns]:
    """Name → what it took."""
    return in_fresh_process(asking.threads, _turns, systems, work, model, asking)


def approximation(work: Path, model: str | None, questions: Sequence[LabelledQuestion]) -> Approximation | None:
    """Ours beside the same over exact vectors."""
    return in_fresh_process(1, _approximation, work, model, questions)


def _approximation(work: Path, model: str | None, questions: Sequence[LabelledQuestion]) -> Approximation | None:
    return beside_exact(open_ours(work / "ours", load_encoder(model)), questions)


def _turns(systems: Sequence[System], work: Path, model: str | None, asking: Asking) -> dict[str, Turns]:
    encoder, questions = load_encoder(model), asking.questions
    searches = {
        one.name: one.builder().open_search(work / one.module, encoder, Way(asking.threads, one.variant))
        for one in systems
    }
    for question in questions[-WARM_UP:]:
        for search in searches.values():
            search(question.question)
    milliseconds: dict[str, list[float]] = {name: [] for name in searches}
    found: dict[str, list[list[str]]] = {name: [] for name in searches}
    random, order = Random(_SEED), list(searches)
    for _ in range(asking.rounds):
        for question in questions:
            random.shuffle(order)
            for name in order:
                answer, took = _timed(searches[name], question.question)
                milliseconds[name].append(took)
                found[name].append(answer)
    first = len(questions)
    return {
        name: Turns(
            latency(milliseconds[name]) or {},
            (latency(milliseconds[name][:first]) or {"p50": 0.0})["p50"],
            _recall(questions, found[name][:first]),
        )
        for name in searches
    }


def _timed(search: Search, question: str) -> tuple[list[str], float]:
    started = perf_counter()
    found = search(question)
    return found, (perf_counter() - started) * 1000


def _recall(questions: Sequence[LabelledQuestion], found: Sequence[Sequence[str]]) -> float | None:
    """Mean share of the relevant clauses among the first ten, over the questions that have such."""
    shares = [
        len(set(ids[:LIMIT]) & set(question.relevant)) / len(set(question.relevant))
        for question, ids in zip(questions, found, strict=True)
        if question.relevant
    ]
    return sum(shares) / len(shares) if shares else None
