"""A store with some hundred questions of ten weeks, of which some weeks, places and topics have very few."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import insert

from assistant.feedback.store import FeedbackStore
from assistant.feedback.table import FEEDBACK
from ui.cli.spreadsheet import write_csv

FIRST = datetime(2026, 8, 31, 3, tzinfo=UTC)  # a Monday
BY_WEEK = (90, 70, 3, 0, 60, 8, 110, 40, 2, 25)
PLACES = ("合肥",) * 5 + ("芜湖", "合肥 芜湖", "哈尔滨", None, None)
CLAUSES = ("harbin-66:26", "harbin-66:26 harbin-66:1", "anhui-2023-4:1.3", "gone:1", "harbin-66:2 anhui-2023-4:1.3")
REASONS = ("not_in_documents",) * 4 + ("place_not_covered", "out_of_scope", "greeting", "unreadable")
TOPICS = ("养犬登记", "迁坟补助", "路灯报修", "围墙多高")
VERDICTS = ("helpful", "helpful", "wrong", "outdated", "missing", "unhelpful")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FeedbackStore]:
    store = FeedbackStore(tmp_path_factory.mktemp("overview") / "feedback.sqlite3", days=0)
    assert store.database
    with store.database.transaction() as connection:
        connection.execute(insert(FEEDBACK), list(_rows(Random(15))))
    with store:
        yield store


def _rows(random: Random) -> Iterator[dict[str, Any]]:
    for week, count in enumerate(BY_WEEK):
        for _ in range(count):
            time = FIRST + timedelta(weeks=week, hours=random.randint(0, 6 * 24))
            yield _mark(random, time) if random.random() < 0.05 else _answer(random, time)


def _answer(random: Random, time: datetime) -> dict[str, Any]:
    status = random.choices(("answered", "no_answer", "clarify"), (6, 4, 1))[0]
    topic = random.choices(TOPICS, (60, 20, 8, 1))[0]
    follows = random.choices((None, "怎么落户"), (5, 1))[0]
    verdict = random.choice(VERDICTS) if random.random() < 0.3 else None
    return _row(
        time,
        question=f"{topic}？",
        topic=topic,
        follows=follows and f"{follows}？",
        follows_topic=follows,
        status=status,
        reason=random.choice(REASONS) if status == "no_answer" else None,
        clauses=random.choice(CLAUSES) if status == "answered" else None,
        places=random.choice(PLACES) if random.random() < 0.995 else "贵阳",
        verdict=verdict,
    )


def _mark(random: Random, time: datetime) -> dict[str, Any]:
    topic = random.choice(TOPICS)
    return _row(time, question=topic, topic=topic, clauses=random.choice(CLAUSES), verdict=random.choice(VERDICTS[2:5]))


def _row(time: datetime, **values: str | None) -> dict[str, Any]:
    empty = ("question", "topic", "follows", "follows_topic", "status", "reason", "clauses", "places", "verdict")
    return {"time": time, "index_version": "v1", **dict.fromkeys(empty), **values}


@pytest.fixture(scope="module")
def export(store: FeedbackStore, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `policyqa feedback export` writes."""
    file = tmp_path_factory.mktemp("export") / "feedback.csv"
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        write_csv(store.rows(), out)
    return file
