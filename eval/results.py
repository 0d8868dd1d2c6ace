"""One question, asked: what was found and answered, and what is kept of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from assistant.answer import Answer, Reason
from eval.measures.answers import Outcome, is_right
from eval.measures.ranking import RANKING
from eval.measures.tradeoff import Candidate, TradeoffPoint, tradeoff
from eval.questions.questionset import LabelledQuestion
from eval.saved import AskedQuestion

SHOWN = 5  # results that are kept of a question


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question, asked: what each leg found, best first, and the answer, where one was composed."""

    question: LabelledQuestion
    found: Mapping[str, tuple[str, ...]]  # leg → ids
    search_ms: float
    answer: Answer | None = None
    ask_ms: float | None = None


def asked_question(
    result: QuestionResult, ranking: Sequence[float], outcome: Sequence[float], legs: Sequence[str]
) -> AskedQuestion:
    """The question as the JSON keeps it; `ranking` and `outcome` are its rows of the tables."""
    question, answer = result.question, result.answer
    values = iter(ranking)
    by_leg = {leg: {measure.name: next(values) for measure in RANKING} for leg in legs}
    asked = AskedQuestion(
        id=question.id,
        question=question.question,
        answerable=question.answerable,
        relevant=question.relevant,
        found=result.found[legs[-1]][:SHOWN],
        legs=by_leg if question.answerable else None,
        ms={"search": round(result.search_ms, 3)},
    )
    if answer is None:
        return asked
    return replace(
        asked,
        ms={**asked.ms, "ask": round(result.ask_ms or 0.0, 3), **answer.timings_ms},
        status=str(answer.status),
        reason=answer.reason and str(answer.reason),
        right=_is_right(question, answer),
        cited=cited(answer),
        confidence=answer.confidence,
        outcome={
            one.name: None if np.isnan(value) else value for one, value in zip(fields(Outcome), outcome, strict=True)
        },
    )


def _is_right(question: LabelledQuestion, answer: Answer) -> bool:
    """Answered with a right citation; or not answered, where nothing answers."""
    if question.answerable:
        return any(is_right(question, one) for one in answer.citations)
    return not answer.citations


def tradeoff_of(results: Sequence[QuestionResult]) -> tuple[TradeoffPoint, ...]:
    """Over the answers given, and the refusals that another threshold of the confidence would have let through."""
    candidates = []
    for result in results:
        question, answer = result.question, result.answer
        if answer is not None and answer.citations:
            right = any(is_right(question, one) for one in answer.citations)
            candidates.append(Candidate(answer.confidence, question.answerable, right, given=True))
        elif answer is not None and answer.reason is Reason.NOT_IN_DOCUMENTS:
            first = list(result.found.values())[-1][:1]
            right = bool(first) and first[0] in question.relevant
            candidates.append(Candidate(answer.confidence, question.answerable, right, given=False))
    return tradeoff(candidates, sum(result.question.answerable for result in results))


def cited(answer: Answer) -> tuple[str, ...]:
    """The clauses cited, each once."""
    return tuple(dict.fromkeys(citation.clause_id for citation in answer.citations))
