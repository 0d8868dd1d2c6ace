"""The results of the saved questions, kept with a generation."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from assistant.publication.examined import Asked, read_results

QUESTIONS = "results.json"


def kept_results(generation: Path) -> Sequence[Asked]:
    """What became of the saved questions when it was published; none where that cannot be read."""
    with suppress(OSError, ValueError):
        return read_results((generation / QUESTIONS).read_text(encoding="utf-8"))
    return ()
