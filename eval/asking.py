"""Saved questions asked of an assistant: of many, two processes ask at the same time.

Asking is work for the processor alone and threads take turns at it, so only processes are faster: on two free cores 400
own questions took 3.2 s instead of 6.2 s. They are forked, for an assistant cannot be sent; therefore only where no
other thread runs, which might hold a lock for ever in the copy.
"""

import multiprocessing
import os
import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from threadpoolctl import threadpool_limits

from assistant.answer import Answer, Status
from assistant.publication.examined import Asked
from assistant.service import Assistant, Turn
from corpus.errors import InputError
from eval.measures.answers import is_right
from eval.questions.questionset import LabelledQuestion
from eval.questions.saved import Saved
from eval.run import places_of

_MANY = 200  # questions that are worth a second process
_AT_ONCE = 25  # questions that a process is handed
_BEGINNING = 60  # characters kept of a quote
_asked_by: list[Assistant] = []  # in a process that asks: the one it asks


def ask_all(assistant: Assistant, questions: Sequence[Saved]) -> tuple[Asked, ...]:
    """What becomes of each question, in their order."""
    processes = _processes(len(questions))
    if processes > 1:
        pieces = [questions[start : start + _AT_ONCE] for start in range(0, len(questions), _AT_ONCE)]
        context = multiprocessing.get_context("fork")
        try:
            with ProcessPoolExecutor(processes, context, _begin, (assistant,)) as pool:
                return tuple(one for piece in pool.map(_ask_piece, pieces) for one in piece)
        except BrokenProcessPool:  # one has been killed, for memory perhaps: then one after the other
            pass
    return tuple(ask(assistant, one) for one in questions)


def ask(assistant: Assistant, saved: Saved) -> Asked:
    """What becomes of one question. A place that the assistant does not know cannot be chosen, so none is."""
    question = saved.labelled
    history = tuple(Turn("user", text) for text in question.history)
    try:
        answer = assistant.ask(question.question, history=history, jurisdiction=places_of(assistant, question))
    except InputError as error:  # it is longer than questions may be, for example
        return _asked(saved, right=False, status="refused", said=str(error))
    cited = tuple(dict.fromkeys(citation.clause_id for citation in answer.citations))
    return _asked(saved, right=_is_right(question, answer), status=answer.status.value, cited=cited, said=_said(answer))


def _is_right(question: LabelledQuestion, answer: Answer) -> bool:
    if answer.status is not Status.ANSWERED:
        return not question.answerable
    return question.answerable and is_right(question, answer.citations[0])


def _said(answer: Answer) -> str:
    if answer.citations:
        return answer.citations[0].quote[:_BEGINNING]
    return answer.reason.value if answer.reason else "、".join(choice.label for choice in answer.choices)


def _asked(saved: Saved, *, right: bool, status: str, cited: Iterable[str] = (), said: str) -> Asked:
    one = saved.labelled
    return Asked(
        id=one.id,
        question=one.question,
        source=saved.path.name,
        wanted=saved.wanted,
        right=right,
        status=status,
        cited=tuple(cited),
        said=said,
        history=one.history,
        jurisdiction=one.jurisdiction,
    )


def _processes(questions: int) -> int:
    """How many ask; 1: this one."""
    can_fork = "fork" in multiprocessing.get_all_start_methods() and hasattr(os, "sched_getaffinity")
    if questions < _MANY or not can_fork or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0))


def _begin(assistant: Assistant) -> None:
    threadpool_limits(1)  # the threads of linear algebra do not outlive a fork
    _asked_by.append(assistant)


def _ask_piece(questions: Sequence[Saved]) -> list[Asked]:
    return [ask(_asked_by[0], one) for one in questions]
