"""Somebody is in danger: the number to call stands before anything else, the fitting one first."""

from assistant.answer import Reason
from assistant.question.danger import danger_in
from assistant.replies.reply import Message, Reply, said


def answer_emergency(message: Message) -> Reply | None:
    """Whom to call at once: for one who wants to die the line that listens first."""
    danger, words = danger_in(message.reading.normal), message.words
    if not danger:
        return None
    numbers = "listen" if danger == "wants_to_die" else "call"
    return said(Reason.EMERGENCY, words(f"emergency.{danger}"), call=words(f"emergency.{numbers}"))
