"""The asker inside a checkout: `python -P driver.py` with PYTHONPATH at the checkout, an index built, one core.

Every line of standard input is a JSON list of [question, [earlier question, …]]; the line that comes back is the list
of seconds that each took, or null for one that the assistant refused as input. The first line out says that it is
ready. It runs in older checkouts too, so it imports nothing but what they have.
"""

import json
import os
import sys
from collections.abc import Callable
from time import perf_counter

Ask = Callable[[str, list[str]], object]


def open_asker() -> Ask:
    """How this checkout is asked in process. Everything here that depends on its API stands in this function."""
    from assistant.service import Assistant, Turn  # noqa: PLC0415  (after the process is on its core)
    from assistant.settings import Settings  # noqa: PLC0415

    assistant = Assistant.open(Settings.from_environment())
    assistant.warm_up()
    return lambda question, earlier: assistant.ask(question, history=[Turn("user", text) for text in earlier])


def seconds_of(ask: Ask, question: str, earlier: list[str]) -> float | None:
    """How long one answer takes; None where the question is refused as input."""
    started = perf_counter()
    try:
        ask(question, earlier)
    except Exception as error:
        if type(error).__name__ != "InputError":
            raise
        return None
    return perf_counter() - started


def main() -> None:
    """Answer lines until the input ends."""
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    ask = open_asker()
    print("ready", flush=True)
    for line in sys.stdin:
        print(json.dumps([seconds_of(ask, question, earlier) for question, earlier in json.loads(line)]), flush=True)


if __name__ == "__main__":
    main()
