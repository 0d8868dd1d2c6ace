"""Measures of answers: what was answered, what was refused, and whether citations hold.

Each question becomes an `Outcome`; `figures` turns a table of them into the values named in `FIGURES`.
"""

from collections.abc import Iterable
from dataclasses import astuple, dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from assistant.answer import Answer, Citation, Status
from eval.measures.calibration import reliability
from eval.questions.questionset import LabelledQuestion
from eval.questions.quotes import holds_quote

FIGURES = (
    "coverage",
    "answered_right",
    "false_answers",
    "citation_precision",
    "quote_recall",
    "part_accuracy",
    "auroc",
    "auroc_right",
    "ece",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one question. nan where the question file gives nothing to compare with."""

    answerable: bool
    answered: bool
    confidence: float
    cited: int  # different clauses cited
    cited_relevant: int  # those of them that are right to cite
    first_relevant: bool  # citation [1] is right
    quote_found: float  # 1 where one citation holds the gold quote
    part_match: float  # shared parts / parts cited or gold (Jaccard)


def score_answer(question: LabelledQuestion, answer: Answer) -> Outcome:
    """Compare an answer with what the question file says is right.

    A citation is right when its clause is relevant; where the file gives the words that answer, when its own quote
    is of that document and holds them.
    """
    right = [is_right(question, citation) for citation in answer.citations]
    cited = {citation.clause_id for citation in answer.citations}
    cited_right = {citation.clause_id for citation, holds in zip(answer.citations, right, strict=True) if holds}
    return Outcome(
        answerable=question.answerable,
        answered=answer.status is Status.ANSWERED,
        confidence=answer.confidence,
        cited=len(cited),
        cited_relevant=len(cited_right),
        first_relevant=right[:1] == [True],
        quote_found=float(any(right)) if question.answers else _quote_found(question.quote, answer.citations),
        part_match=_part_match(set(question.relevant_parts), answer.citations),
    )


def is_right(question: LabelledQuestion, citation: Citation) -> bool:
    """Whether the citation is one of those that answer the question."""
    if not question.answers:
        return citation.clause_id in question.relevant
    document = citation.clause_id.partition(":")[0]
    return any(one.document == document and holds_quote(citation.quote, one.quote) for one in question.answers)


def _quote_found(quote: str, citations: Iterable[Citation]) -> float:
    gold = "".join(quote.split())  # line breaks inside a sentence are layout, not words
    if not gold:
        return np.nan
    return float(any(gold in "".join(citation.quote.split()) for citation in citations))


def _part_match(gold: set[str], citations: Iterable[Citation]) -> float:
    if not gold:
        return np.nan
    cited = {citation.part_id for citation in citations if citation.part_id}
    return len(cited & gold) / len(cited | gold)


def table(outcomes: Iterable[Outcome]) -> NDArray[np.float64]:
    """Outcomes as rows of shape [questions, fields of Outcome], the form `figures` works on."""
    return np.array([astuple(outcome) for outcome in outcomes], dtype=np.float64).reshape(-1, len(Outcome.__slots__))


def figures(outcomes: NDArray[np.float64]) -> NDArray[np.float64]:
    """The values of `FIGURES`, in that order; nan where one does not apply.

    - coverage: share of answerable questions that were answered. Higher is better.
    - answered_right: share of answerable questions that were answered with a right citation. Higher is better.
    - false_answers: share of unanswerable questions that were answered. Lower is better.
    - citation_precision: of all clauses cited, each counted once per answer, the share that is relevant;
      whatever a false answer cites is not.
    - quote_recall: of answered answerable questions with a gold quote, the share where one citation contains it,
      white space aside; a quote of `answers` is contained as `holds_quote` says.
    - part_accuracy: mean over answered questions with gold parts of |cited ∩ gold| / |cited ∪ gold|, the accuracy
      of Godbole & Sarawagi (PAKDD 2004) for sets of labels: citing every part does not pay.
    - auroc: probability that an answerable question gets a higher confidence than an unanswerable one, ties half
      (Fawcett, An introduction to ROC analysis, 2006).
    - auroc_right: the same of right answers, those given with a right citation, against unanswerable questions.
    - ece: expected calibration error of the confidence of given answers as the probability that citation [1]
      is right, ten bins of equal width (Guo et al., ICML 2017). Lower is better.
    """
    answerable, answered, confidence, cited, cited_relevant, first_relevant, quote, part = outcomes.T
    yes, given = answerable == 1, answered == 1
    right_or_none = (yes & (cited_relevant > 0)) | ~yes
    return np.array(
        [
            _mean(answered[yes]),
            _mean(cited_relevant[yes] > 0),
            _mean(answered[~yes]),
            cited_relevant[given].sum() / cited[given].sum() if cited[given].sum() else np.nan,
            _mean(quote[yes & given & ~np.isnan(quote)]),
            _mean(part[yes & given & ~np.isnan(part)]),
            auroc(confidence, yes),
            auroc(confidence[right_or_none], yes[right_or_none]),
            calibration_error(confidence[given], first_relevant[given] == 1),
        ]
    )


def _mean(values: NDArray[np.generic]) -> float:
    return float(values.mean()) if values.size else np.nan


def auroc(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Probability that a right one has a higher confidence than a wrong one, ties half; nan without both kinds."""
    if right.all() or not right.any():
        return np.nan
    ranks, count = rankdata(confidence), int(right.sum())  # Mann & Whitney's U, without sorting once for each threshold
    return float((ranks[right].sum() - count * (count + 1) / 2) / (count * (len(right) - count)))


def calibration_error(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Mean gap between confidence and share of right ones, over bins of equal width weighted by size; 0..1."""
    if not confidence.size:
        return np.nan
    return sum(one.n * abs(one.confidence - one.right) for one in reliability(confidence, right)) / confidence.size
