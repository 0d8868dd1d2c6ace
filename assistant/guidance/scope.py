"""A question asked from a field, answered from the clauses of that field alone."""

from assistant.answer import Answer, Reason, Status
from assistant.guidance.guide import FieldHelp
from assistant.messages import Messages
from assistant.question.history import ASSISTANT, USER, Turn
from assistant.service import Assistant

# What is said to a message that is no question about a policy, wherever it is sent.
_WHEREVER = frozenset((Reason.EMERGENCY, Reason.GREETING, Reason.CONVERSATION, Reason.UNREADABLE))


def answer_here(question: str, about: FieldHelp, assistant: Assistant, words: Messages) -> Answer | None:
    """What the field's clauses answer; None where they do not, and the whole library may be asked.

    A field without clauses narrows nothing but the place. Raises InputError for a question that cannot be asked.
    """
    own = {one.clause.id for one in about.clauses}
    documents = dict.fromkeys(one.clause.document_id for one in about.clauses)
    answer = assistant.ask(
        question,
        history=_spoken_of(about),
        jurisdiction=about.asked.places,
        documents=tuple(documents),
        language=words.code,
    )
    if answer.reason in _WHEREVER:
        return answer
    cited = {citation.clause_id for citation in answer.citations}
    here = answer.status is Status.ANSWERED and (not own or cited <= own)
    return answer if here else None


def _spoken_of(about: FieldHelp) -> tuple[Turn, ...]:
    """The field as what was spoken of before, so that 要多久 asks about it."""
    if not about.clauses:
        return ()
    first = about.clauses[0]
    return (
        Turn(USER, first.name or about.asked.label),
        Turn(ASSISTANT, first.quotes[0].quote, tuple(one.clause.id for one in about.clauses)),
    )
