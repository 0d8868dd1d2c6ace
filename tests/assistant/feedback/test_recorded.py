"""What is kept of an answer beside its question: what it refers to, where, how sure, by what way, in which week."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from assistant.answer import Answer, Reason, Understood
from assistant.feedback.recorded import Channel
from assistant.feedback.store import FeedbackStore, Verdict
from assistant.feedback.table import week_of
from assistant.question.history import Turn
from tests.assistant.feedback.kept import Clock, answer_to

BEFORE = (Turn("user", "我13800138000，外地人能落户吗？"), Turn("assistant", "可以。"), Turn("user", "谢谢"))


def follow_up(question: str, reason: Reason | None = None) -> Answer:
    return replace(answer_to(question, reason), understood=Understood(question, ("合肥",), None, True))


def test_a_follow_up_is_kept_with_the_question_that_it_refers_to_masked(store: FeedbackStore) -> None:
    store.record(follow_up("要多久？"), BEFORE, Channel.CHAT)
    (row,) = store.rows()
    assert (row.follows, row.follows_topic) == ("我〔手机号〕，外地人能落户吗？", "我手机号外地人能落户吗")
    assert (row.question, row.topic) == ("要多久？", "要多久")
    assert (row.places, row.confidence, row.channel) == ("合肥", 0.5, "chat")


def test_a_question_that_stands_alone_refers_to_nothing(store: FeedbackStore) -> None:
    store.record(answer_to("要多久？"), BEFORE, Channel.API)
    store.record(answer_to("要多久？"))
    for row, channel in zip(store.rows(), ("api", None), strict=True):
        assert (row.follows, row.follows_topic, row.places, row.channel) == (None, None, None, channel)


def test_the_same_words_after_other_questions_are_other_gaps(store: FeedbackStore) -> None:
    lacking = Reason.NOT_IN_DOCUMENTS
    store.record(follow_up("要多久？", lacking), [Turn("user", "怎么落户")])
    store.record(follow_up("要多久？", lacking), [Turn("user", "怎么迁户口")])
    store.record(follow_up("要多久", lacking), [Turn("user", "怎么 落户？")])
    store.record(answer_to("要多久", lacking))
    assert [(gap.follows, gap.question, gap.count) for gap in store.gaps(10)] == [
        ("怎么 落户？", "要多久", 2),
        (None, "要多久", 1),
        ("怎么迁户口", "要多久？", 1),
    ]


def test_what_agents_mark_came_by_the_console(store: FeedbackStore) -> None:
    store.mark("落户", None, Verdict.MISSING, "v1")
    (row,) = store.rows()
    assert (row.channel, row.confidence) == ("console", None)


@pytest.mark.parametrize(
    ("moment", "monday"),
    [
        (datetime(2026, 11, 29, 15, 59, tzinfo=UTC), date(2026, 11, 23)),  # Sunday, one minute to midnight in China
        (datetime(2026, 11, 29, 16, 0, tzinfo=UTC), date(2026, 11, 30)),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), date(2026, 12, 28)),  # a week that two years share
    ],
)
def test_a_row_is_of_the_week_in_china_that_holds_its_time(
    store: FeedbackStore, clock: Clock, moment: datetime, monday: date
) -> None:
    clock.now = moment
    store.record(answer_to("首贷"))
    store.mark("首贷", None, Verdict.MISSING, "v1")
    store.judge("d" * 32, Verdict.WRONG)
    assert [row.week for row in store.rows()] == [monday] * 3
    assert week_of(moment) == monday
