"""What a tab sends of its conversation, read back into turns, and what it is given to keep.

It comes from the browser and may be anything: what is no history of ours is none, and of a long one the end counts.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from pydantic import TypeAdapter, ValidationError

from assistant.api.requests import TurnIn
from assistant.question.history import latest
from assistant.question.limits import RequestLimits
from assistant.service import Turn

_TURNS = TypeAdapter(list[TurnIn])


def read_history(sent: str, question: str, limits: RequestLimits) -> list[Turn]:
    """The latest turns, oldest first, as many as may stand before this question."""
    try:
        turns = _TURNS.validate_json(sent or "[]")
    except ValidationError:
        return []
    said = [Turn(turn.role, turn.content, tuple(turn.clause_ids)) for turn in turns]
    return latest(said, limits, room=limits.max_characters - len(question))


def to_keep(turns: Sequence[Turn], shown: Mapping[str, Sequence[str]]) -> str:
    """One exchange as the tab keeps it: its turns, and how the page of each language shows it."""
    return json.dumps({"turns": [asdict(turn) for turn in turns], "shown": shown}, ensure_ascii=False)
