"""The API as a server puts it together, with what a test does not name left at its default."""

from collections.abc import Sequence

from fastapi import FastAPI

from assistant.answer import Answer
from assistant.api.app import create_app
from assistant.feedback.recorded import Channel
from assistant.feedback.store import FeedbackStore
from assistant.operations.admission import Turns
from assistant.operations.metrics import Metrics
from assistant.question.limits import DEFAULT_LIMITS, RequestLimits
from assistant.service import Assistant, Turn


def make_app(
    assistant: Assistant,
    feedback: FeedbackStore | None = None,
    *,
    limits: RequestLimits = DEFAULT_LIMITS,
    cors_origins: Sequence[str] = (),
) -> FastAPI:
    """An app over `assistant` with counters of its own; without a store, nothing is kept."""
    store, metrics = feedback or FeedbackStore(None), Metrics()

    def on_answer(answer: Answer, history: Sequence[Turn]) -> None:
        metrics.count_answer(answer)
        store.record(answer, history, Channel.API)

    return create_app(
        assistant,
        feedback=store,
        metrics=metrics,
        on_answer=on_answer,
        turns=Turns(2, 64, metrics),
        limits=limits,
        cors_origins=cors_origins,
    )
