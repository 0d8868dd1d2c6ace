"""A store of marks for tests."""

from assistant.feedback.store import Verdict


class RecordedMarks:
    """Keeps what it is told, in order, unless it is switched off."""

    def __init__(self) -> None:
        self.kept: list[dict[str, str | None]] = []
        self.on = True

    def mark(self, *, question: str, clause_id: str | None, verdict: Verdict, index_version: str) -> bool:
        if not self.on:
            return False
        self.kept.append(
            {"question": question, "clause_id": clause_id, "verdict": verdict, "index_version": index_version}
        )
        return True
