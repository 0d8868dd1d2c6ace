"""What is lacking becomes gaps with states, owners and histories; closed ones that come back open again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.answer import Reason
from assistant.feedback.store import FeedbackStore, Verdict
from assistant.gaps.asked import Kind
from assistant.gaps.book import GapBook, open_book
from assistant.gaps.states import State
from corpus.errors import InputError, NotFoundError, SettingsError
from index.encoder.encoder import Encoder
from index.lexicon.expansion import load_lexicon
from index.query import Query, QueryReader
from tests.assistant.feedback.kept import Clock, answer_to

LACKING = Reason.NOT_IN_DOCUMENTS


class Office:
    """A store, a book over it, and a clock."""

    def __init__(self, where: Path | str, encoder: Encoder) -> None:
        self.clock = Clock()
        self.store = FeedbackStore(where, days=30, now=self.clock)
        assert self.store.database is not None
        self.book = GapBook(self.store.database, now=self.clock)
        self._reader = QueryReader(encoder, load_lexicon())

    def read(self, texts: Sequence[str]) -> list[Query]:
        return self._reader.read(list(texts))

    def refused(self, *questions: str) -> None:
        for question in questions:
            self.store.record(answer_to(question, LACKING, answer_id=question))

    def look(self) -> int:
        return self.book.refresh(self.read)


@pytest.fixture
def office(where: Path | str, encoder: Encoder) -> Office:
    return Office(where, encoder)


def test_refusals_are_put_together_and_counted(office: Office) -> None:
    office.refused("路灯坏了找谁修", "路灯坏了，找谁修？", "路灯不亮怎么报修", "护照几天能办好")
    assert office.look() == 3
    lamps, passport = office.book.gaps()
    assert (lamps.count, len(lamps.questions), lamps.example) == (3, 2, "路灯坏了，找谁修？")
    assert lamps.kinds() == {Kind.REFUSED: 3}
    assert lamps.weeks() == {date(2026, 11, 16): 3}
    assert lamps.state is State.OPEN
    assert passport.count == 1
    assert office.look() == 0


def test_marks_and_answers_that_are_not_sure_are_lacking_and_good_answers_are_not(office: Office) -> None:
    office.store.record(replace(answer_to("图书馆借书要押金吗", answer_id="sure"), confidence=0.9))
    office.store.record(replace(answer_to("广场舞几点要停", answer_id="unsure"), confidence=0.55))
    office.store.record(replace(answer_to("公交卡丢了怎么补", answer_id="wrong"), confidence=0.9))
    office.store.judge("wrong", Verdict.OUTDATED)
    office.store.record(answer_to("你好", Reason.GREETING, answer_id="greeting"))
    office.look()
    assert {gap.example: dict(gap.kinds()) for gap in office.book.gaps()} == {
        "广场舞几点要停": {"unsure": 1},
        "公交卡丢了怎么补": {"outdated": 1},
    }


def test_members_stay_and_a_new_question_joins(office: Office) -> None:
    office.refused("路灯坏了找谁修", "护照几天能办好")
    office.look()
    before = {gap.example: gap.id for gap in office.book.gaps()}
    office.refused("路灯坏了报修找谁", "路灯坏了报修找谁")
    assert office.look() == 1
    after = {question.question: gap.id for gap in office.book.gaps() for question in gap.questions}
    assert after["路灯坏了找谁修"] == after["路灯坏了报修找谁"] == before["路灯坏了找谁修"]
    assert after["护照几天能办好"] == before["护照几天能办好"]


def test_a_gap_goes_its_way_with_owner_and_history(office: Office) -> None:
    office.refused("路灯坏了找谁修")
    office.look()
    gap = office.book.gaps()[0]
    office.book.move(gap.id, State.TAKEN, who="窗口甲，电话13812345678")
    office.clock.now += timedelta(hours=1)
    office.book.move(gap.id, State.WRITTEN, who="窗口乙", note="第十三条", target="shequ:13")
    now = office.book.gap(gap.id)
    assert (now.state, now.target) == (State.WRITTEN, "shequ:13")
    assert now.owner is not None
    assert now.owner.startswith("窗口甲")
    assert "13812345678" not in now.owner
    assert [(one.before, one.after, one.note) for one in office.book.history(gap.id)] == [
        ("open", "taken", None),
        ("taken", "written", "第十三条"),
    ]
    with pytest.raises(InputError, match="No way from written to closed"):
        office.book.move(gap.id, State.CLOSED)


def test_a_closed_gap_opens_when_it_is_asked_again(office: Office) -> None:
    office.refused("路灯坏了找谁修")
    office.look()
    gap = office.book.gaps()[0]
    for state in (State.OUT_OF_SCOPE, State.CLOSED):
        office.book.move(gap.id, state)
    office.look()
    assert office.book.gap(gap.id).state is State.CLOSED
    office.clock.now += timedelta(days=1)
    office.refused("路灯坏了报修找谁")
    office.look()
    assert office.book.gap(gap.id).state is State.OPEN
    last = office.book.history(gap.id)[-1]
    assert (last.who, last.before, last.after) == (None, "closed", "open")
    assert last.note
    assert "asked again" in last.note


def test_what_the_store_forgets_is_forgotten_here(office: Office) -> None:
    office.refused("路灯坏了找谁修")
    office.look()
    gap = office.book.gaps()[0]
    office.book.move(gap.id, State.TAKEN, who="甲")
    office.clock.now += timedelta(days=31)
    office.refused("护照几天能办好")
    office.look()
    assert [one.example for one in office.book.gaps()] == ["护照几天能办好"]
    assert office.book.history(gap.id) == []
    with pytest.raises(NotFoundError, match="see the list of gaps"):
        office.book.gap(gap.id)


def test_they_are_listed_by_state_and_number(office: Office) -> None:
    office.refused("路灯坏了找谁修", "护照几天能办好", "护照几天能办好")
    office.look()
    first = office.book.gaps(limit=1)[0]
    assert first.example == "护照几天能办好"
    office.book.move(first.id, State.WANTED)
    assert [gap.id for gap in office.book.gaps(state=State.WANTED)] == [first.id]
    assert first.id not in [gap.id for gap in office.book.gaps(state=State.OPEN)]
    assert office.book.gaps(place="哈尔滨") == []


def test_without_feedback_there_are_no_gaps() -> None:
    with pytest.raises(SettingsError, match="set POLICYQA_FEEDBACK"):
        open_book(FeedbackStore(None))


def test_gaps_that_nobody_has_touched_are_put_together_anew_and_keep_their_ids(office: Office) -> None:
    office.refused("路灯坏了找谁修", "护照几天能办好")
    office.look()
    lamp, passport = (
        {gap.example: gap.id for gap in office.book.gaps()}[one] for one in ("路灯坏了找谁修", "护照几天能办好")
    )
    office.refused("路灯不亮怎么报修", "路灯坏了报修多久来", "护照办理要几天")
    assert office.look() == 3
    found = {gap.id: {one.question for one in gap.questions} for gap in office.book.gaps()}
    assert found == {
        lamp: {"路灯坏了找谁修", "路灯不亮怎么报修", "路灯坏了报修多久来"},
        passport: {"护照几天能办好", "护照办理要几天"},
    }


def test_what_is_taken_out_by_hand_stays_out(office: Office) -> None:
    office.refused("路灯坏了找谁修", "路灯不亮怎么报修")
    office.look()
    gap = office.book.gaps()[0]
    keys = {one.question: one.key for one in gap.questions}
    own = office.book.take_out(gap.id, keys["路灯不亮怎么报修"], who="窗口甲")
    office.refused("护照几天能办好")
    office.look()
    assert [one.question for one in office.book.gap(own).questions] == ["路灯不亮怎么报修"]
    assert [one.question for one in office.book.gap(gap.id).questions] == ["路灯坏了找谁修"]
    assert office.book.history(own)[0].who == "窗口甲"
    with pytest.raises(InputError, match="nothing but this question"):
        office.book.take_out(own, keys["路灯不亮怎么报修"])
    with pytest.raises(NotFoundError, match="not in the gap"):
        office.book.take_out(gap.id, keys["路灯不亮怎么报修"])


def test_gaps_are_merged_by_hand_unless_something_is_written_for_the_other(office: Office) -> None:
    office.refused("路灯坏了找谁修", "护照几天能办好")
    office.look()
    lamp, passport = office.book.gaps()
    office.book.move(passport.id, State.TAKEN)
    office.book.merge(lamp.id, passport.id)
    assert {one.question for one in office.book.gap(lamp.id).questions} == {"路灯坏了找谁修", "护照几天能办好"}
    assert [gap.id for gap in office.book.gaps()] == [lamp.id]
    with pytest.raises(InputError, match="Only another gap"):
        office.book.merge(lamp.id, lamp.id)


def test_of_two_who_move_a_gap_at_once_one_does(office: Office) -> None:
    office.refused("路灯坏了找谁修")
    office.look()
    gap = office.book.gaps()[0]
    other = open_book(office.store)
    late = other.gap(gap.id)
    assert office.book.move(gap.id, State.TAKEN)
    assert not office.book._database.write(lambda one: office.book._move(one, late, State.WANTED, None, None))
    assert office.book.gap(gap.id).state is State.TAKEN
