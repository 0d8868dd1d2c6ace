"""A question asked from a field, answered from the clauses of that field alone."""

from functools import partial

from assistant.answer import Answer, Reason, Status
from assistant.guidance.guide import FieldHelp
from assistant.messages import Messages
from assistant.question.history import ASSISTANT, USER, Turn
from assistant.service import Assistant

# What is said to a message that is no question about a policy, wherever it is sent.
_WHEREVER = frozenset((Reason.EMERGENCY, Reason.GREETING, Reason.CONVERSATION, Reason.UNREADABLE))


def answer_here(question: str, about: FieldHelp, assistant: Assistant, words: Messages) -> Answer | None:
    """What the field's clauses answer; None where they do not, and the whole library may be asked.

    A question that names its matter must find them by itself: behind a field any question would sound like one about
    it. One that names none (要多久) is asked about the field. A field without clauses narrows nothing but the place.
    Raises InputError for a question that cannot be asked.
    """
    own = frozenset(one.clause.id for one in about.clauses)
    ask = partial(
        assistant.ask,
        question,
        jurisdiction=about.asked.places,
        documents=tuple(dict.fromkeys(one.clause.document_id for one in about.clauses)),
        language=words.code,
    )
    answer = ask()
    if answer.reason in _WHEREVER or _is_from(own, answer):
        return answer
    if not own:
        return None
    before = _spoken_of(about)
    if not assistant.look_up(question, before).reading.refers_back:
        return None
    answer = ask(history=before)
    return answer if _is_from(own, answer) else None


def _is_from(own: frozenset[str], answer: Answer) -> bool:
    """Whether it is answered, and from nothing but these clauses; from any where there are none."""
    cited = {citation.clause_id for citation in answer.citations}
    return answer.status is Status.ANSWERED and (not own or cited <= own)


def _spoken_of(about: FieldHelp) -> tuple[Turn, ...]:
    """The field as what was spoken of before."""
    first = about.clauses[0]
    return (
        Turn(USER, first.name or about.asked.label),
        Turn(ASSISTANT, first.quotes[0].quote, tuple(one.clause.id for one in about.clauses)),
    )
