"""Gaps as JSON, for programs and for the page."""

from collections.abc import Mapping
from typing import Any

from assistant.gaps.asked import Asked
from assistant.gaps.book import Gap, Move
from assistant.gaps.effect import Effect, Outcome
from assistant.gaps.loop import Preview, Retested

Table = dict[str, Any]


def gap_view(gap: Gap) -> Table:
    """One line of the list: times in UTC as ISO 8601 writes them, weeks by their Monday."""
    return {
        "id": gap.id,
        "state": gap.state,
        "example": gap.example,
        "count": gap.count,
        "questions": len(gap.questions),
        "kinds": _most_first(gap.kinds()),
        "places": _most_first(gap.places()),
        "weeks": {day.isoformat(): times for day, times in gap.weeks().items()},
        "owner": gap.owner,
        "target": gap.target,
        "created": gap.created.isoformat(),
        "changed": gap.changed.isoformat(),
        "last": gap.last.isoformat(),
    }


def whole_view(gap: Gap, history: list[Move], nearest: Mapping[str, str]) -> Table:
    """The same with its questions, what happened to it, and the clauses that are nearest to it."""
    moves = [{"time": one.time.isoformat(), "who": one.who, "from": one.before, "to": one.after} for one in history]
    return {
        **gap_view(gap),
        "asked": [_asked(one) for one in gap.questions],
        "history": [table | {"note": one.note} for table, one in zip(moves, history, strict=True)],
        "nearest": [{"id": id_, "label": words} for id_, words in nearest.items()],
    }


def preview_view(seen: Preview) -> Table:
    """Each question before and after, and the saved questions where they were asked."""
    saved = seen.saved
    return {
        "questions": [_effect(one) for one in seen.effects],
        "answered_before": sum(one.before.is_answered for one in seen.effects),
        "answered_after": sum(one.after.is_answered for one in seen.effects),
        "saved": saved and {"asked": saved.asked, "lost": list(saved.lost), "won": list(saved.won)},
    }


def retested_view(found: Retested) -> Table:
    """The share that is answered, 0..1, and what is left."""
    return {
        "state": found.state,
        "share": round(found.share, 4),
        "unanswered": list(found.unanswered),
        "questions": {question: _outcome(one) for question, one in found.outcomes.items()},
    }


def _asked(one: Asked) -> Table:
    return {
        "key": one.key,
        "question": one.question,
        "follows": one.follows,
        "count": one.count,
        "kinds": _most_first(one.kinds),
        "clauses": (one.clauses or "").split(),
        "last": one.last.isoformat(),
    }


def _effect(one: Effect) -> Table:
    return {
        "question": one.question,
        "follows": one.follows,
        "before": _outcome(one.before),
        "after": _outcome(one.after),
        "changed": one.before != one.after,
    }


def _outcome(one: Outcome) -> Table:
    return {
        "status": one.status,
        "reason": one.reason,
        "clauses": list(one.clauses),
        "label": one.label,
        "line": one.line,
    }


def _most_first(counted: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))
