"""A person please, a complaint, whom to call: the hotline at once, with the office that the last clause names."""

from collections.abc import Sequence

from assistant.answer import Audience, Reason
from assistant.question.talk import Act
from assistant.replies.reply import Message, Reply, said
from assistant.replies.talk.offices import offices_in, telephones_in
from corpus.clause import Clause

_KEYS = {Act.PERSON: "person", Act.COMPLAINT: "complaint", Act.CALL: "ask", Act.NUMBER: "ask"}


def hand_on(act: Act, message: Message, cited: Sequence[Clause]) -> Reply | None:
    """Whom to turn to, and the office of the clauses last cited; None for another act.

    An agent is the hotline, and is told what to do with the caller.
    """
    if act not in _KEYS:
        return None
    words, key = message.words, _KEYS[act]
    offices = dict.fromkeys(office for clause in cited for office in offices_in(clause))
    numbers = dict.fromkeys(number for clause in cited for number in telephones_in(clause))
    named = [words("talk.offices", offices=words.list(offices))] if offices else []
    named += [words("talk.numbers", numbers=words.list(numbers))] if numbers else []
    if message.audience is Audience.AGENT:
        return said(Reason.CONVERSATION, words(f"talk.{key}.agent"), *named)
    return said(Reason.CONVERSATION, words(f"talk.{key}.said"), *named, call=words(f"talk.{key}.call"))
