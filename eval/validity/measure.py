"""Questions on several days, each with the document that must answer on its day."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.answer import Answer, BlockKind, Status
from assistant.question.history import ASSISTANT, USER, Turn
from assistant.question.question import Law
from assistant.service import Assistant
from corpus.validity import SET_ASIDE
from eval.questions.rows import read_rows

HERE = Path(__file__).parent
TEXTS, QUESTIONS = HERE / "texts", HERE / "questions.jsonl"
_QUOTES = (BlockKind.QUOTE, BlockKind.LIST, BlockKind.LEAD, BlockKind.GIST)


@dataclass(frozen=True, slots=True)
class Question:
    """One question on one day. The document cited first must be among `documents`, and the answer must hold `says`."""

    id: str
    as_of: date
    question: str
    documents: tuple[str, ...]
    history: tuple[str, ...] = ()
    says: str = ""  # a pattern


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one question."""

    question: Question
    answer: Answer
    cited: tuple[str, ...]  # documents, in order
    cites_the_version: bool | None  # from the documents wanted, and beside them only from such as hold; None: no answer
    labelled: bool | None  # the first words of a text that does not hold follow a notice; None where all cited hold
    says: bool | None  # None where no words are wanted


def read_questions(path: Path = QUESTIONS) -> tuple[Question, ...]:
    """The questions of a file. Raises QuestionFileError."""
    return tuple(
        Question(
            id=row["id"],
            as_of=date.fromisoformat(row["as_of"]),
            question=row["question"],
            documents=tuple(row["documents"]),
            history=tuple(row.get("history", ())),
            says=row.get("says", ""),
        )
        for _, row in read_rows(path)
    )


def ask(question: Question, assistant: Assistant) -> Result:
    """Ask it on its day, behind its earlier questions."""
    law = Law(question.as_of)
    history: list[Turn] = []
    for earlier in question.history:
        before = assistant.ask(earlier, history=history, law=law)
        clauses = tuple(dict.fromkeys(one.clause_id for one in before.citations))
        history += [Turn(USER, earlier), Turn(ASSISTANT, before.text, clauses)]
    answer = assistant.ask(question.question, history=history, law=law)
    document_of = {one.number: assistant.corpus.clause(one.clause_id).document_id for one in answer.citations}
    cited = tuple(dict.fromkeys(document_of.values()))
    validities = assistant.corpus.validities
    aside = {id_ for id_ in cited if validities.of(id_, question.as_of).status in SET_ASIDE}
    return Result(
        question=question,
        answer=answer,
        cited=cited,
        cites_the_version=_is_from(cited, question.documents, aside) if answer.status is Status.ANSWERED else None,
        labelled=_is_labelled(answer, {n for n, id_ in document_of.items() if id_ in aside}) if aside else None,
        says=bool(re.search(question.says, answer.text)) if question.says else None,
    )


def _is_from(cited: Sequence[str], wanted: Collection[str], aside: Collection[str]) -> bool:
    return cited[0] in wanted and all(one in wanted or one not in aside for one in cited)


def _is_labelled(answer: Answer, numbers: set[int]) -> bool:
    """Whether a notice stands before the first words of a text that does not hold."""
    kinds = [
        block.kind
        for block in answer.blocks
        if block.kind is BlockKind.NOTICE or (block.kind in _QUOTES and not numbers.isdisjoint(block.citations))
    ]
    return bool(kinds) and kinds[0] is BlockKind.NOTICE


def share(results: Sequence[Result], of: Callable[[Result], bool | None]) -> tuple[int, int]:
    """How many are so, and of how many it can be said."""
    known = [value for one in results if (value := of(one)) is not None]
    return sum(known), len(known)
