"""300 questions in 40 labelled clusters, and paraphrases that are held out: eval/questions/gaps.jsonl."""

import json
from dataclasses import dataclass
from pathlib import Path

QUESTIONS = Path(__file__).parent / "questions" / "gaps.jsonl"


@dataclass(frozen=True, slots=True)
class GapQuestion:
    """A labelled question; `clause` is the one of eval/gap_library that speaks of it, `held_out` a paraphrase."""

    id: str
    question: str
    cluster: str
    clause: str | None = None
    held_out: bool = False


def read_gap_questions(path: Path = QUESTIONS) -> list[GapQuestion]:
    """In file order."""
    return [GapQuestion(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
