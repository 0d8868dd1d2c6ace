"""A store of marks for tests."""

from uuid import uuid4

from assistant.feedback.store import Verdict


class RecordedMarks:
    """Keeps what it is told, by its id and in order, unless it is switched off; counts what it is given."""

    def __init__(self) -> None:
        self.kept: dict[str, dict[str, str | None]] = {}
        self.cited: list[str] = []
        self.on = True
        self.is_kept = True

    def mark(self, *, question: str, clause_id: str | None, verdict: Verdict, index_version: str) -> str | None:
        if not self.on:
            return None
        mark_id = uuid4().hex
        self.kept[mark_id] = {
            "question": question,
            "clause_id": clause_id,
            "verdict": verdict,
            "index_version": index_version,
        }
        return mark_id

    def take_back(self, mark_id: str) -> bool:
        return self.kept.pop(mark_id, None) is not None

    def most_cited(self, limit: int, days: int) -> list[str]:  # noqa: ARG002  (all that it was given are of today)
        return self.cited[:limit]
