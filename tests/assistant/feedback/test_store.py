"""What the store keeps, counts and forgets. The moment is given by the test."""

import gc
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Reason
from assistant.feedback.store import FeedbackStore, Gap, Verdict
from corpus.errors import SettingsError
from tests.assistant.feedback.kept import CITED, START, Clock, answer_to


def test_an_answer_is_one_row_with_its_question_masked_and_each_clause_once(store: FeedbackStore) -> None:
    store.record(answer_to("我13800138000，怎么办房产证？"))
    (row,) = store.rows()
    assert (row.time, row.answer_id, row.question) == (START, "a" * 32, "我〔手机号〕，怎么办房产证？")
    assert (row.language, row.status, row.reason, row.clauses, row.index_version) == (
        "zh",
        "answered",
        None,
        "harbin-66:26",
        "v1",
    )
    assert (row.verdict, row.verdict_reason, row.comment, row.verdict_time) == (None, None, None, None)


def test_a_refusal_is_kept_with_its_reason_and_no_clause(store: FeedbackStore) -> None:
    store.record(answer_to("深圳怎么办", Reason.PLACE_NOT_COVERED))
    (row,) = store.rows()
    assert (row.status, row.reason, row.clauses) == ("no_answer", "place_not_covered", None)


def test_a_verdict_joins_its_answer_masked_and_the_last_one_counts(store: FeedbackStore, clock: Clock) -> None:
    store.record(answer_to("首贷"))
    clock.now += timedelta(minutes=1)
    assert store.judge("a" * 32, Verdict.HELPFUL, "incomplete", "谢谢")
    assert store.judge("a" * 32, Verdict.WRONG, "打13800138000", "a@b.cn")
    (row,) = store.rows()
    assert (row.time, row.question, row.verdict_time) == (START, "首贷", clock.now)
    assert (row.verdict, row.verdict_reason, row.comment) == ("wrong", "打〔手机号〕", "〔邮箱〕")


def test_a_verdict_on_an_unknown_answer_is_kept_all_the_same(store: FeedbackStore) -> None:
    store.judge("b" * 32, Verdict.OUTDATED)
    (row,) = store.rows()
    assert (row.answer_id, row.question, row.verdict, row.time) == ("b" * 32, None, "outdated", START)


def test_a_mark_is_a_row_without_ananswer_to(store: FeedbackStore) -> None:
    mark = store.mark("抵押 13800138000", "harbin-66:26", Verdict.OUTDATED, "v1")
    (row,) = store.rows()
    assert row.status is None
    assert (row.answer_id, row.question, row.clauses, row.verdict) == (
        mark,
        "抵押 〔手机号〕",
        "harbin-66:26",
        "outdated",
    )
    assert (row.index_version, row.verdict_time) == ("v1", START)


def test_a_mark_that_is_taken_back_is_in_no_export_and_no_count(store: FeedbackStore) -> None:
    first = store.mark("采光权", None, Verdict.MISSING, "v1")
    second = store.mark("采光权", None, Verdict.MISSING, "v1")
    assert first is not None
    assert store.take_back(first)
    assert not store.take_back(first)
    assert [row.answer_id for row in store.rows()] == [second]
    assert [gap.count for gap in store.gaps(10)] == [1]


def test_only_marks_can_be_taken_back(store: FeedbackStore) -> None:
    store.record(answer_to("有答案"))
    store.judge("a" * 32, Verdict.WRONG)
    store.judge("b" * 32, Verdict.WRONG)  # on an answer that is not known
    assert not store.take_back("a" * 32)
    assert not store.take_back("b" * 32)
    assert len(list(store.rows())) == 2


def test_the_clauses_that_answers_cite_most_are_known_as_far_as_nobody_found_them_wrong(
    store: FeedbackStore, clock: Clock
) -> None:
    def answer(number: int, *clauses: str) -> None:
        cited = tuple(replace(CITED, clause_id=clause) for clause in clauses)
        store.record(replace(answer_to("问", answer_id=f"{number:032x}"), citations=cited))

    answer(0, "d:9")
    clock.now += timedelta(days=8)
    answer(1, "d:1")
    answer(2, "d:1", "d:2")
    answer(3, "d:2")
    answer(4, "d:2")
    answer(5, "d:3")
    store.judge(f"{5:032x}", Verdict.WRONG)
    store.mark("问", "d:4", Verdict.OUTDATED, "v1")
    assert store.most_cited(10, days=7) == ["d:2", "d:1"]
    assert store.most_cited(1, days=7) == ["d:2"]
    assert FeedbackStore(None).most_cited(10, days=7) == []


@given(st.text(st.characters(exclude_categories=["Nd", "Cs"], exclude_characters="@＠\0")))
def test_any_text_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    store = FeedbackStore(tmp_path_factory.mktemp("any") / "feedback.sqlite3")
    store.record(answer_to(text))
    store.judge("a" * 32, Verdict.WRONG, comment=f"评{text}")
    (row,) = store.rows()
    assert (row.question, row.comment) == (text, f"评{text}")


def test_what_no_database_takes_is_replaced(store: FeedbackStore) -> None:
    store.record(answer_to("首\0贷\ud800"))
    assert [row.question for row in store.rows()] == ["首\ufffd贷?"]


def test_rows_come_in_the_order_of_arrival(store: FeedbackStore) -> None:
    for number in range(2500):  # more than are read at once
        store.mark(str(number), None, Verdict.MISSING, "v1")
    assert [row.question for row in store.rows()] == [str(number) for number in range(2500)]


def test_gaps_are_counted_by_what_is_asked_not_by_how_it_is_written(store: FeedbackStore, clock: Clock) -> None:
    for question in ("怎么办？", "怎么办", "怎 麼 辦！", "How much?", "HOW MUCH", "还有呢"):
        clock.now += timedelta(hours=1)
        store.record(answer_to(question, Reason.NOT_IN_DOCUMENTS))
    assert store.gaps(10) == [
        Gap("怎 麼 辦！", 3, START + timedelta(hours=3), "not_in_documents"),
        Gap("HOW MUCH", 2, START + timedelta(hours=5), "not_in_documents"),
        Gap("还有呢", 1, START + timedelta(hours=6), "not_in_documents"),
    ]
    assert [gap.count for gap in store.gaps(2)] == [3, 2]


def test_only_what_the_documents_could_answer_is_a_gap(store: FeedbackStore) -> None:
    for reason in Reason:
        store.record(answer_to(f"问题 {reason}", reason))
    store.record(answer_to("有答案"))
    assert {gap.reason for gap in store.gaps(10)} == {"not_in_documents", "place_not_covered", "out_of_scope"}


def test_what_people_call_missing_is_a_gap_and_a_question_counts_once(store: FeedbackStore) -> None:
    store.mark("落户", None, Verdict.MISSING, "v1")
    store.mark("落户", "harbin-66:1", Verdict.WRONG, "v1")
    store.record(answer_to("落户？", answer_id="b" * 32))
    store.judge("b" * 32, Verdict.MISSING)
    store.record(answer_to("养老", Reason.NOT_IN_DOCUMENTS, "c" * 32))
    store.judge("c" * 32, Verdict.MISSING)
    store.record(answer_to("你好", Reason.GREETING, "d" * 32))
    store.judge("d" * 32, Verdict.MISSING)
    store.judge("e" * 32, Verdict.MISSING)  # on a question that is not known
    assert [(gap.question, gap.count, gap.reason) for gap in store.gaps(10)] == [
        ("落户？", 2, "missing"),
        ("养老", 1, "not_in_documents"),
    ]


def test_what_is_older_than_the_days_is_deleted_at_opening(where: Path | str) -> None:
    FeedbackStore(where, now=lambda: datetime.now(UTC) - timedelta(days=3)).record(answer_to("旧"))
    FeedbackStore(where).record(answer_to("新"))
    kept = FeedbackStore.open(where, 2)
    assert [row.question for row in kept.rows()] == ["新"]


def test_a_running_store_deletes_at_most_once_an_hour(store: FeedbackStore, clock: Clock) -> None:
    store.mark("一", None, Verdict.MISSING, "v1")
    clock.now = START + timedelta(days=30, minutes=-30)
    store.mark("二", None, Verdict.MISSING, "v1")
    clock.now += timedelta(minutes=59)
    store.mark("三", None, Verdict.MISSING, "v1")
    assert [row.question for row in store.rows()] == ["一", "二", "三"]
    clock.now += timedelta(minutes=1)
    store.mark("四", None, Verdict.MISSING, "v1")
    assert [row.question for row in store.rows()] == ["二", "三", "四"]


def test_with_no_days_everything_stays(where: Path | str, clock: Clock) -> None:
    store = FeedbackStore(where, days=0, now=clock)
    store.mark("旧", None, Verdict.MISSING, "v1")
    clock.now += timedelta(days=10_000)
    store.purge()
    assert len(list(store.rows())) == 1


def test_what_is_deleted_does_not_stay_in_the_file(tmp_path: Path, clock: Clock) -> None:
    file = tmp_path / "feedback.sqlite3"
    store = FeedbackStore(file, days=1, now=clock)
    store.mark("不该留下的话", None, Verdict.MISSING, "v1")
    clock.now += timedelta(days=2)
    store.purge()
    del store
    gc.collect()  # the last connection is closed, and the log beside the file with it
    assert [path.name for path in tmp_path.iterdir()] == [file.name]
    assert "不该留下的话".encode() not in file.read_bytes()


def test_a_store_switched_off_keeps_nothing_and_says_so(clock: Clock) -> None:
    store = FeedbackStore(None, now=clock)
    store.record(answer_to("首贷"))
    assert not store.judge("a" * 32, Verdict.WRONG)
    assert not store.mark("首贷", None, Verdict.MISSING, "v1")
    store.purge()
    with pytest.raises(SettingsError, match="POLICYQA_FEEDBACK"):
        store.rows()
    with pytest.raises(SettingsError, match="POLICYQA_FEEDBACK"):
        store.gaps(1)
