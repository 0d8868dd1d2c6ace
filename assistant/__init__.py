"""policyqa's Python API: `from assistant import Assistant, Settings`.

The names are looked up when used, so that `import assistant` costs nothing and loads no engine.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.answer import Answer, Citation, Reason, Status
    from assistant.service import Assistant, Turn
    from assistant.settings import Settings

_HOME = {
    "Answer": "answer",
    "Assistant": "service",
    "Citation": "answer",
    "Reason": "answer",
    "Settings": "settings",
    "Status": "answer",
    "Turn": "service",
}
__all__ = ["Answer", "Assistant", "Citation", "Reason", "Settings", "Status", "Turn"]


def __getattr__(name: str) -> Any:  # noqa: ANN401  (PEP 562)
    if name in _HOME:
        return getattr(import_module(f"assistant.{_HOME[name]}"), name)
    raise AttributeError(f"module 'assistant' has no attribute {name!r}")
