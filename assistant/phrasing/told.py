"""What people are told: an answer, in other words where a language model is set. Without one nothing here is imported.

Only what somebody is told goes through here; what is measured, tried or retested asks the Assistant itself.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer
from assistant.question.history import Turn
from assistant.question.limits import check_question
from assistant.replies.question_back import picked
from assistant.service import Assistant
from assistant.settings import Settings

if TYPE_CHECKING:
    from assistant.phrasing.endpoint import Endpoint


def told(
    assistant: Assistant,
    question: str,
    *,
    history: Sequence[Turn] = (),
    **asked: Any,  # noqa: ANN401  (what `ask` takes)
) -> Answer:
    """What `Assistant.ask` answers to the same, phrased by the model of the settings where there is one.

    Raises what `ask` raises; whatever the model does, it costs no more than its time.
    """
    endpoint = model_of(assistant.settings)
    if endpoint is None:
        return assistant.recent.ask(question, history=history, **asked)
    answer = _asked(assistant, endpoint, question, history, **asked)
    from assistant.phrasing.phrasing import Phrasing  # noqa: PLC0415  (not without a model)

    corpus = assistant.corpus
    return Phrasing(endpoint).phrased(answer, lambda id_: corpus.document(corpus.clause(id_).document_id).text)


def model_of(settings: Settings) -> "Endpoint | None":
    """The model that the settings name; one for the whole process, so that all know whether it works."""
    if settings.model_url is None:
        return None
    return _open(
        settings.model_url, settings.model_name, settings.model_key, settings.model_seconds, settings.model_calls
    )


@cache
def _open(url: str, name: str, key: str | None, seconds: float, calls: int) -> "Endpoint":
    from assistant.phrasing.endpoint import Endpoint  # noqa: PLC0415

    return Endpoint(url, name, key, seconds, calls)


def _asked(
    assistant: Assistant,
    endpoint: "Endpoint",
    question: str,
    history: Sequence[Turn],
    **asked: Any,  # noqa: ANN401
) -> Answer:
    """The answer to the question, which a model may complete first by what was said before it."""
    if not assistant.settings.model_follow_ups or not history or picked(question, history):
        return assistant.recent.ask(question, history=history, **asked)
    from assistant.phrasing.follow_up import completed  # noqa: PLC0415

    check_question("question", question, assistant.settings.max_question, asked.get("language"))
    whole = completed(question, history[-assistant.settings.max_history :], endpoint)
    return replace(assistant.recent.ask(whole, history=history, **asked), question=question)
