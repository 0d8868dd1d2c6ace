"""Whether a message tells that somebody is in danger, and which service is to be called first."""

from assistant.question.intents import intent

_LISTENS = "wants_to_die"
_SERVICES = ("needs_fire_service", "needs_ambulance", "needs_police")  # the first that is told of is called first


def danger_in(text: str) -> str:
    """The intent that tells of it, of a message in normal form; empty for a question about rules, or anything else."""
    if intent(_LISTENS).found_in(text):
        return _LISTENS
    if intent("asks_of_rules").found_in(text):
        return ""
    return next((name for name in _SERVICES if intent(name).found_in(text)), "")
