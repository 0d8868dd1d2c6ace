"""The address of a comparison."""

from collections.abc import Sequence

from assistant.messages import Messages
from ui.page.languages import with_language

COMPARE_PATH = "/compare"


def compare_url(question: str, words: Messages, places: Sequence[str] = ()) -> str:
    """Where this question is answered side by side, for these places or for all that say something."""
    asked = (("q", question),) if question else ()
    return with_language(COMPARE_PATH, words, (*asked, *(("place", place) for place in places)))
