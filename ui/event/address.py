"""Addresses of life events."""

from assistant.messages import Messages
from ui.page.languages import with_language

EVENTS_PATH = "/event"


def events_url(words: Messages, question: str = "") -> str:
    """The page of all events, with those steps first that fit the question."""
    return with_language(EVENTS_PATH, words, (("q", question),) if question else ())


def event_url(id_: str, words: Messages, place: str = "", step: int | None = None) -> str:
    """The page of one event, with this place first, at this step from 1. The id is a slug."""
    asked = (("place", place),) if place else ()
    return with_language(f"{EVENTS_PATH}/{id_}", words, asked) + (f"#step-{step}" if step else "")
