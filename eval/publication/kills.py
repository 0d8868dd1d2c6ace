"""`kill -9` of a publisher at random moments: which generation is in service afterwards, and is it whole."""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from assistant.publication.generations import Generations
from assistant.publication.publisher import Publisher
from assistant.service import Assistant
from assistant.settings import Settings
from corpus.library.place import CURRENT_FORMAT, DOCUMENTS, FORMAT, generations_folder

_TEXT = "曲靖市早市管理办法\n第一条 早市摊位费每天{fee}元，由市场管理处收取。\n第二条 早市上午十点收摊。\n"
_OPENED = 10  # after every so many kills the generation in service is opened and asked


@dataclass(frozen=True, slots=True)
class Kills:
    """What was found after all kills."""

    times: int
    ended: int  # publications that had ended before they were killed
    old: int  # kills that left the old generation in service
    new: int  # kills that left the new one
    damaged: int  # kills that left neither whole
    seconds: float  # of one publication that nobody disturbs


def kill_publishers(folder: Path, times: int, seed: int = 0, report: Callable[[str], None] = print) -> Kills:
    """Publish a small library again and again, and kill each publisher at a random moment. POSIX only."""
    settings, random_ = Settings(index=folder / "index", library=folder / "library", feedback=None), random.Random(seed)
    _change(settings, 0)
    Publisher(settings).publish()
    generations = Generations(generations_folder(settings.library_folder))
    _change(settings, 1)
    seconds = _run(settings, None)
    outcomes: Counter[str] = Counter()
    for number in range(times):
        before = generations.current()
        _change(settings, number + 2)
        outcomes["ended"] += _run(settings, random_.uniform(0, 1.2 * seconds)) > 0
        outcomes[_outcome(generations, before, settings, opened=number % _OPENED == 0)] += 1
        if (number + 1) % 20 == 0:
            report(f"{number + 1}/{times} {dict(outcomes)}")
    return Kills(times, outcomes["ended"], outcomes["old"], outcomes["new"], outcomes["damaged"], seconds)


def _change(settings: Settings, fee: int) -> None:
    home = settings.library_folder / DOCUMENTS / "market"
    home.mkdir(parents=True, exist_ok=True)
    (settings.library_folder / FORMAT).write_text(CURRENT_FORMAT, encoding="utf-8")
    (home / "market.txt").write_text(_TEXT.format(fee=fee), encoding="utf-8")


def _run(settings: Settings, kill_after: float | None) -> float:
    """Publish in a process of its own; its seconds, or a number below 0 where it was killed before its end."""
    started = time.perf_counter()
    child = os.fork()
    if child == 0:
        try:
            Publisher(settings).publish()
            os._exit(0)
        finally:
            os._exit(1)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return time.perf_counter() - started if os.waitstatus_to_exitcode(status) == 0 else -1.0


def _outcome(generations: Generations, before: object, settings: Settings, *, opened: bool) -> str:
    try:
        pointer = generations.current()
        assert pointer is not None
        generations.check(pointer)
        if opened:
            assert Assistant.open(settings).ask("早市摊位费多少钱").citations
    except Exception:
        return "damaged"
    return "old" if pointer == before else "new"
