"""How long the figures of the manager's page take over many rows: made up, seeded, and as uneven as real ones.

Few topics and clauses come often and most come seldom (Zipf), so that groups are of every size.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import Any, TypeVar

from sqlalchemy import insert

from assistant.database.database import Database
from assistant.feedback.statistics import Span, read_figures
from assistant.feedback.table import FEEDBACK, week_of
from eval.summary import latency

PLACES = ("哈尔滨", "安徽", "合肥", "芜湖", "滁州")
WEEKS = 26
_END = datetime(2026, 11, 29, 12, tzinfo=UTC)
_BATCH = 20_000
_TOPICS, _CLAUSES = 60_000, 400
_LETTERS = "怎么办理登记证明材料流程多久费用地址电话企业开办落户社保医保公积金贷款施工许可不动产"
_REFUSALS = ("not_in_documents",) * 3 + ("place_not_covered", "out_of_scope", "greeting")
_VERDICTS = ("helpful",) * 5 + ("unhelpful", "wrong", "outdated", "missing")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OverviewSpeed:
    """One span of all weeks: milliseconds by the clock, and of the processor at the least."""

    what: str
    rows: int
    milliseconds: dict[str, float]
    processor: float


def time_overview(
    where: Path | str, rows: int, rounds: int, seed: int, report: Callable[[str], None]
) -> list[OverviewSpeed]:
    """Fill an empty database with so many rows and count them, for all places and for one."""
    database = Database(where)
    report(f"正在写入 {rows} 行 writing rows")
    fill(database, rows, seed)
    span = Span.holding((_END - timedelta(weeks=WEEKS - 1)).date(), _END.date())
    found = []
    for place in (None, PLACES[2]):
        took = [_timed(partial(read_figures, database, span, place)) for _ in range(rounds)]
        wall = latency([one[0] * 1000 for one in took]) or {}
        found.append(OverviewSpeed(place or "all", rows, wall, round(min(one[1] for one in took) * 1000, 1)))
    database.close()
    return found


def fill(database: Database, rows: int, seed: int) -> None:
    """Rows of the last weeks, evenly spread over them."""
    random = Random(seed)
    topics = ["".join(random.choices(_LETTERS, k=random.randint(6, 24))) for _ in range(_TOPICS)]
    made = (_row(random, topics, number, rows) for number in range(rows))
    while batch := list(islice(made, _BATCH)):
        with database.transaction() as connection:
            connection.execute(insert(FEEDBACK), batch)


def _row(random: Random, topics: Sequence[str], number: int, rows: int) -> dict[str, Any]:
    time = _END - timedelta(weeks=WEEKS) + timedelta(weeks=WEEKS) * (number / rows)
    status = random.choices(("answered", "no_answer", "clarify"), (70, 25, 5))[0]
    topic = _seldom(random, topics)
    follows = _seldom(random, topics) if random.random() < 0.1 else None
    verdict = random.choice(_VERDICTS) if random.random() < 0.08 else None
    clauses = {f"d-{_seldom(random, range(_CLAUSES))}:1" for _ in range(random.randint(1, 3))}
    return {
        "time": time,
        "week": week_of(time),
        "answer_id": f"{random.getrandbits(128):032x}",
        "question": f"{topic}？",
        "topic": topic,
        "language": "zh",
        "status": status,
        "reason": random.choice(_REFUSALS) if status == "no_answer" else None,
        "clauses": " ".join(sorted(clauses)) if status == "answered" else None,
        "index_version": "0123456789abcdef",
        "verdict": verdict,
        "verdict_time": time if verdict else None,
        "confidence": random.random(),
        "places": " ".join(random.sample(PLACES, random.choice((0, 0, 1, 1, 1, 1, 2)))) or None,
        "follows": follows,
        "follows_topic": follows,
        "channel": random.choice(("chat", "api")),
    }


def _seldom(random: Random, among: Sequence[T]) -> T:
    """One of these, those that stand first far more often."""
    return among[min(int(random.paretovariate(0.7)) - 1, len(among) - 1)]


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and of the processor."""
    started, worked = perf_counter(), process_time()
    work()
    return perf_counter() - started, process_time() - worked
