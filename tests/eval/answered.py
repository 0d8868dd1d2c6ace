"""Results made by hand: what two runs found and answered."""

from functools import cache

from assistant.answer import Answer, Citation, Reason, Status, Understood
from eval.questions.questionset import LabelledQuestion
from eval.results import QuestionResult
from eval.summary import Evaluation, summarise


def answer(*clause_ids: str, confidence: float = 0.8) -> Answer:
    """An answer that cites these clauses; a refusal where there are none."""
    citations = tuple(Citation(n, id_, None, "", "", (), "文", 0, 1, 1.0) for n, id_ in enumerate(clause_ids, 1))
    status = Status.ANSWERED if citations else Status.NO_ANSWER
    reason = None if citations else Reason.NOT_IN_DOCUMENTS
    timings = {"understand": 1.0, "retrieve": 2.0, "compose": 3.0, "total": 6.0}
    return Answer(
        "a", "问", "zh", status, reason, "", citations, (), confidence, Understood("问"), "v", (), timings_ms=timings
    )


def result(
    question: LabelledQuestion, found: tuple[str, ...], given: Answer | None, ask_ms: float = 6.0
) -> QuestionResult:
    """One question; both legs find the same."""
    return QuestionResult(question, {"bm25": found, "hybrid": found}, 1.0, given, ask_ms if given else None)


LOAN = LabelledQuestion("q 1", "贷款<怎么>申请", ("d:1",))
SEAL = LabelledQuestion("q2", "刻章要多少钱", ("d:2", "d:3"), tags=("hard",))
MOON = LabelledQuestion("q3", "月亮上怎么办证", (), tags=("hard",))
LATE = LabelledQuestion("问 4", "几天办好", ("d:4",))


@cache
def before() -> Evaluation:
    """The loan is answered wrong, the seal right, the moon refused, the last question refused."""
    return summarise(
        [
            result(LOAN, ("d:9", "d:1"), answer("d:9")),
            result(SEAL, ("d:2",), answer("d:2"), 40.0),
            result(MOON, ("d:5",), answer(confidence=0.2)),
            result(LATE, ("d:7", "d:8", "d:9", "d:4"), answer(confidence=0.3)),
        ],
        index_version="v1",
        encoder="e",
    )


@cache
def after() -> Evaluation:
    """The loan is right now, the seal refused, the moon answered, the last refused as before; and one is new."""
    return summarise(
        [
            result(LOAN, ("d:1",), answer("d:1", "d:9")),
            result(SEAL, ("d:9", "d:3", "d:2"), answer(confidence=0.4)),
            result(MOON, ("d:5",), answer("d:5")),
            result(LATE, ("d:4",), answer(confidence=0.3)),
            result(LabelledQuestion("new", "新问题", ("d:1",)), ("d:1",), answer("d:1")),
        ],
        index_version="v2",
        encoder="e",
    )
