"""Codes: one conversation each, for a day, found by nobody who tries; numbers until they are called."""

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assistant.database.database import Database
from assistant.feedback.store import FeedbackStore
from assistant.handover.brake import ALL, CLIENT, LIVING, LockedError, What
from assistant.handover.conversation import Conversation
from assistant.handover.keys import KeyFile
from assistant.handover.store import Handovers, open_handovers
from assistant.handover.telephone import read_telephone
from assistant.question.history import Turn
from assistant.settings import Settings
from corpus.errors import NotFoundError
from corpus.records.calendar import Calendar
from corpus.records.hours import Year
from corpus.records.quotes import Origin
from tests.assistant.feedback.kept import START, Clock
from tests.assistant.handover.handed import SAID, bytes_of, saying

NUMBER = read_telephone("138 0013 8000")
LANDLINE = read_telephone("0451-87654321")


def test_a_code_leads_to_what_was_said_and_tells_how_often_it_was_read(handovers: Handovers, clock: Clock) -> None:
    drawn = handovers.hand_over(saying(), "a")
    assert len(drawn.code) == 6
    assert drawn.code.isdecimal()
    assert (drawn.until, drawn.call) == (START + timedelta(hours=24), None)
    first = handovers.read(drawn.code, "agent")
    assert (first.conversation, first.readings, first.read, first.created) == (SAID, 0, None, START)
    clock.now += timedelta(minutes=3)
    again = handovers.read(drawn.code, "agent")
    assert (again.readings, again.read) == (1, START)


def test_a_code_is_good_for_24_hours_and_everything_behind_it_goes_then(
    handovers: Handovers, clock: Clock, where: Path | str
) -> None:
    code = handovers.hand_over(saying(), "a").code
    clock.now += timedelta(hours=24) - timedelta(seconds=1)
    assert "怎么注销抵押".encode() in bytes_of(where)
    handovers.read(code, "agent")
    clock.now += timedelta(seconds=1)
    with pytest.raises(NotFoundError, match=r"接手码.*No such code"):
        handovers.read(code, "agent")
    assert "怎么注销抵押".encode() not in bytes_of(where)


def test_the_purge_of_the_feedback_store_deletes_what_has_expired(
    handovers: Handovers, feedback: FeedbackStore, clock: Clock, where: Path | str
) -> None:
    handovers.hand_over(saying(), "a")
    handovers.hand_over(saying(Conversation(wanted="请回电话")), "a", telephone=NUMBER)
    clock.now += timedelta(days=1)
    feedback.purge()
    assert "怎么注销抵押".encode() not in bytes_of(where)
    assert [one.conversation.wanted for one in handovers.calls()] == ["请回电话"]
    clock.now += timedelta(days=8)
    feedback.purge()
    assert "请回电话".encode() not in bytes_of(where)


def test_of_two_living_codes_none_is_the_same(feedback: FeedbackStore, keys: KeyFile, clock: Clock) -> None:
    assert feedback.database is not None
    numbers = iter([7, 7, 7, 8, 7])
    handovers = Handovers(feedback.database, keys, clock, lambda: next(numbers))
    assert [handovers.hand_over(saying(), "a").code for _ in range(2)] == ["000007", "000008"]
    clock.now += timedelta(hours=24)
    assert handovers.hand_over(saying(), "a").code == "000007"


def test_with_its_ticket_a_tab_adds_to_what_it_handed_over(handovers: Handovers, clock: Clock) -> None:
    drawn = handovers.hand_over(saying(Conversation(wanted="退税")), "a")
    clock.now += timedelta(hours=1)
    again = handovers.hand_over(saying(), "a", telephone=NUMBER, ticket=drawn.ticket)
    assert (again.code, again.until) == (drawn.code, drawn.until)
    found = handovers.read(drawn.code, "agent")
    assert (found.conversation.turns, found.conversation.wanted) == (SAID.turns, "退税")
    assert found.call
    assert found.call.telephone == NUMBER
    kept = handovers.hand_over(saying(), "a", ticket=drawn.ticket)
    assert kept.call == found.call
    assert handovers.hand_over(saying(), "a", withdraw=True, ticket=drawn.ticket).call is None
    assert handovers.calls() == []
    assert handovers.hand_over(saying(), "a", ticket="no ticket of ours").code != drawn.code


def test_a_number_can_be_withdrawn_when_its_code_has_expired_and_however_often_codes_were_drawn(
    handovers: Handovers, clock: Clock, where: Path | str
) -> None:
    drawn = handovers.hand_over(saying(), "a", telephone=NUMBER)
    clock.now += timedelta(hours=25)
    for _ in range(CLIENT[What.DRAW][0].most):
        handovers.hand_over(saying(), "a")
    again = handovers.hand_over(saying(Conversation()), "a", ticket=drawn.ticket, withdraw=True)
    assert (again.call, handovers.calls()) == (None, [])
    assert again.until == clock.now + timedelta(hours=24)
    assert handovers.read(again.code, "agent").conversation == SAID
    assert b"gAAAA" not in bytes_of(where)  # how all that is encrypted begins


def test_where_nothing_was_said_since_what_was_stays_without_the_number(handovers: Handovers) -> None:
    said = Conversation((Turn("user", "打我座机 87654321"),), ("打我座机 87654321",), "哈尔滨")
    drawn = handovers.hand_over(saying(said), "a")
    handovers.hand_over(saying(Conversation()), "a", telephone=LANDLINE, ticket=drawn.ticket)
    hidden = "打我座机 〔电话号〕"
    assert handovers.read(drawn.code, "agent").conversation == Conversation(
        (Turn("user", hidden),), (hidden,), "哈尔滨"
    )


# ---- nobody finds a code by trying


def test_five_wrong_codes_lock_a_client_for_ten_minutes(handovers: Handovers, clock: Clock) -> None:
    code = handovers.hand_over(saying(), "a").code
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for _ in range(CLIENT[What.GUESS][0].most):
        with pytest.raises(NotFoundError):
            handovers.read(wrong, "thief")
        clock.now += timedelta(minutes=1)
    for tried in (wrong, code):
        with pytest.raises(LockedError) as locked:
            handovers.read(tried, "thief")
        assert locked.value.seconds == 5 * 60 + 1
    handovers.read(code, "agent")
    clock.now += timedelta(minutes=5)
    handovers.read(code, "thief")


def test_a_right_code_takes_no_wrong_one_back(handovers: Handovers) -> None:
    own = handovers.hand_over(saying(), "thief").code
    wrong = f"{(int(own) + 1) % 1_000_000:06}"
    for _ in range(CLIENT[What.GUESS][0].most):
        handovers.read(own, "thief")
        with pytest.raises(NotFoundError):
            handovers.read(wrong, "thief")
    with pytest.raises(LockedError):
        handovers.read(own, "thief")


def test_of_ten_thousand_guesses_from_as_many_addresses_none_hits(tmp_path: Path, keys: KeyFile, clock: Clock) -> None:
    """0.1 a day would hit in expectation if all codes were given out; ten are: 100 × 10 / 1,000,000 = 0.001."""
    guess = random.Random(16)
    handovers = Handovers(Database(tmp_path / "many.sqlite3"), keys, clock, lambda: guess.randrange(1_000_000))
    codes = [handovers.hand_over(saying(), str(number)).code for number in range(10)]
    looked_up = locked = 0
    for number in range(10_000):
        clock.now += timedelta(seconds=8)  # 22 hours in all
        try:
            handovers.read(f"{guess.randrange(1_000_000):06}", f"10.0.{number >> 8}.{number & 255}")
        except NotFoundError:
            looked_up += 1
        except LockedError:
            locked += 1
    assert (looked_up, locked) == (ALL.most, 10_000 - ALL.most)
    with pytest.raises(LockedError):
        handovers.read(codes[0], "agent")


def test_workers_count_together(handovers: Handovers, feedback: FeedbackStore, keys: KeyFile, clock: Clock) -> None:
    assert feedback.database is not None
    workers = [handovers, Handovers(feedback.database, keys, clock)]
    for number in range(CLIENT[What.GUESS][0].most):
        with pytest.raises(NotFoundError):
            workers[number % 2].read("123456", "thief")
    for worker in workers:
        with pytest.raises(LockedError):
            worker.read("123456", "thief")


def test_codes_cannot_be_drawn_without_end(handovers: Handovers, clock: Clock) -> None:
    for _ in range(CLIENT[What.DRAW][0].most):
        handovers.hand_over(saying(), "a")
    with pytest.raises(LockedError):
        handovers.hand_over(saying(), "a")
    handovers.hand_over(saying(), "b")
    clock.now += timedelta(minutes=10)
    handovers.hand_over(saying(), "a")


def test_one_client_cannot_take_all_codes(handovers: Handovers, clock: Clock) -> None:
    for _ in range(LIVING // 5):
        handovers.hand_over(saying(), "a")
        clock.now += timedelta(seconds=30)
    with pytest.raises(LockedError):
        handovers.hand_over(saying(), "a")
    handovers.hand_over(saying(), "b")


def test_no_more_codes_live_than_the_arithmetic_allows(handovers: Handovers, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ALL.most * LIVING / 1_000_000 <= 0.1
    monkeypatch.setattr("assistant.handover.store.LIVING", 3)
    for _ in range(3):
        drawn = handovers.hand_over(saying(), "a")
    with pytest.raises(LockedError) as locked:
        handovers.hand_over(saying(), "a")
    assert locked.value.seconds == 24 * 3600 + 1
    handovers.hand_over(saying(), "a", ticket=drawn.ticket)


def test_who_tried_is_kept_as_a_digest_and_for_a_day(handovers: Handovers, clock: Clock, where: Path | str) -> None:
    handovers.hand_over(saying(), "203.0.113.77")
    with pytest.raises(NotFoundError):
        handovers.read("123456", "203.0.113.77")
    assert b"203.0.113" not in bytes_of(where)
    clock.now += timedelta(days=1)
    handovers.calls()
    assert b"guess" not in bytes_of(where)


# ---- calls back


def test_a_call_is_on_the_list_of_the_next_working_day(handovers: Handovers, clock: Clock) -> None:
    off = frozenset({date(2026, 11, 23), date(2026, 11, 24)})
    calendar = Calendar([Year(2026, off, frozenset({date(2026, 11, 28)}), Origin("放假通知", date(2026, 11, 1)))])
    call = handovers.hand_over(saying(), "a", telephone=NUMBER, calendar=calendar).call
    assert call
    assert call.day == date(2026, 11, 25)
    assert call.until == datetime(2026, 12, 1, 16, tzinfo=UTC)  # 2 December, 0:00 in China
    clock.now = datetime(2026, 11, 27, 15, tzinfo=UTC)  # Friday evening
    call = handovers.hand_over(saying(), "b", telephone=NUMBER, calendar=calendar).call
    assert call
    assert call.day == date(2026, 11, 28)


def test_a_number_is_decrypted_for_the_list_and_stands_in_no_file(handovers: Handovers, where: Path | str) -> None:
    drawn = handovers.hand_over(saying(), "a", telephone=NUMBER)
    handovers.hand_over(saying(), "a", telephone=LANDLINE)
    _has_no_digit_of_the_numbers(where)
    first, second = handovers.calls()
    assert {one.call.telephone for one in (first, second) if one.call} == {NUMBER, LANDLINE}
    handovers.missed(first.id)
    again = handovers.owed(first.id).call
    assert again
    assert again.tries == 1
    assert bytes_of(where).count(b"gAAAA") >= 2  # how every encrypted number begins
    for one in (first, second):
        handovers.called(one.id)
    assert handovers.calls() == []
    assert b"gAAAA" not in bytes_of(where)
    _has_no_digit_of_the_numbers(where)
    for act in (handovers.called, handovers.missed, handovers.owed):
        with pytest.raises(NotFoundError, match="刷新页面"):
            act(first.id)
    assert handovers.read(drawn.code, "agent").conversation == SAID  # its day is not over


def test_a_number_that_nobody_answers_is_gone_from_every_file_seven_days_later(
    handovers: Handovers, clock: Clock, where: Path | str
) -> None:
    drawn = handovers.hand_over(saying(), "a", telephone=NUMBER)
    clock.now = datetime(2026, 11, 29, 15, 59, tzinfo=UTC)
    (owed,) = handovers.calls()
    assert owed.code is None
    with pytest.raises(NotFoundError):
        handovers.read(drawn.code, "agent")
    assert handovers.owed(owed.id).conversation == SAID
    clock.now += timedelta(minutes=1)
    assert handovers.calls() == []
    left = bytes_of(where)
    assert b"gAAAA" not in left
    assert "怎么注销抵押".encode() not in left


def test_a_lost_key_is_told_and_a_new_one_made(handovers: Handovers, tmp_path: Path) -> None:
    handovers.hand_over(saying(), "a", telephone=NUMBER)
    (tmp_path / "feedback.sqlite3.key").unlink()
    (lost,) = handovers.calls()
    assert lost.call
    assert lost.call.telephone is None
    handovers.hand_over(saying(), "a", telephone=LANDLINE)
    assert {one.call.telephone for one in handovers.calls() if one.call} == {None, LANDLINE}
    handovers.called(lost.id)
    assert len(handovers.calls()) == 1


def test_without_a_database_there_are_none(tmp_path: Path) -> None:
    settings = Settings(index=tmp_path / "index", feedback=None)
    assert open_handovers(FeedbackStore(None), settings) is None


def _has_no_digit_of_the_numbers(where: Path | str) -> None:
    """No seven digits in a row of either, as no date or code has."""
    everything = bytes_of(where)
    for digits in ("13800138000", "045187654321"):
        pieces = [digits[at : at + 7].encode() for at in range(len(digits) - 6)]
        assert [piece for piece in pieces if piece in everything] == []
