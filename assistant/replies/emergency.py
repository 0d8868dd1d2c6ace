"""Somebody is in danger: the numbers to call stand before anything else."""

from assistant.answer import Reason
from assistant.question.intents import intent
from assistant.replies.reply import Message, Reply, said


def answer_emergency(message: Message) -> Reply | None:
    """Whom to call at once: for one who wants to die the line that listens first."""
    text = message.reading.normal
    if intent("wants_to_die").found_in(text):
        return said(Reason.EMERGENCY, message.words("emergency.stay"), call=message.words("emergency.listen"))
    if intent("emergency").found_in(text):
        return said(Reason.EMERGENCY, message.words("emergency.now"), call=message.words("emergency.call"))
    return None
