"""What responders that look other questions up want of an assistant."""

from collections.abc import Sequence
from typing import Protocol

from assistant.question.history import Turn
from assistant.question.question import Law
from assistant.retrieval.result import Lookup
from index.index import Index


class LooksUp(Protocol):
    """An index with the look-ups over it, which raise InputError for bad input."""

    index: Index

    def look_up(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        jurisdiction: Sequence[str] = (),
        documents: Sequence[str] = (),
        law: Law | None = None,
    ) -> Lookup: ...
