"""Where sentences begin and end: the one splitter."""

import re

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]*[”’」』）)》]*|[。！？!?]+[”’」』）)》]*")
_STRETCH = re.compile(r"[^。；;！？!?\n]+[。；;！？!?]*[”’」』）)》]*|[。；;！？!?]+[”’」』）)》]*")


def sentences(text: str, *, semicolons: bool = False) -> list[tuple[int, int]]:
    """The sentences of a text as half-open spans of characters, without the blanks around them, in order.

    A sentence ends behind 。！？ and the marks that close a quotation, or where its line ends; with `semicolons` also
    behind a semicolon. Every visible character lies in exactly one span.
    """
    spans: list[tuple[int, int]] = []
    for match in (_STRETCH if semicolons else _SENTENCE).finditer(text):
        words = match.group()
        if shown := words.strip():
            start = match.start() + words.index(shown)
            spans.append((start, start + len(shown)))
    return spans
