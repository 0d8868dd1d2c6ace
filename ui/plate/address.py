"""Addresses of plates."""

from urllib.parse import quote

from assistant.messages import Messages
from ui.page.languages import with_language

PLATES_PATH = "/plates"


def plate_url(id_: str, words: Messages) -> str:
    """The short address of a clause or part, in the language of `words`."""
    return with_language(f"/m/{quote(id_, safe=':~')}", words)


def plates_url(
    words: Messages, *, document: str = "", event: str = "", place: str = "", parts: bool = False, page: int = 1
) -> str:
    """The page of the plates of a document, an event, a place or what several of these have in common."""
    asked = {"document": document, "event": event, "place": place, "parts": "1" if parts else ""}
    pairs = [(name, value) for name, value in asked.items() if value]
    return with_language(PLATES_PATH, words, (*pairs, *((("page", str(page)),) if page > 1 else ())))
