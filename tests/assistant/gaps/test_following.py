"""A generation that holds what was written closes the loop: published, asked again, closed or given back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import Reason
from assistant.feedback.store import FeedbackStore
from assistant.gaps.book import open_book
from assistant.gaps.change import LexiconChange, RecordChange
from assistant.gaps.loop import Gaps
from assistant.gaps.states import State
from assistant.publication import draft, opening
from assistant.publication.publisher import Publisher
from assistant.service import Assistant
from corpus.library.library import Library
from index.encoder.encoder import Encoder
from tests.assistant.feedback.kept import answer_to
from tests.assistant.publication.shelf import FERRY, MARKET, put, settings_in

QUESTION = "老人坐摆渡船掏钱不"
RECORD = RecordChange(
    "ferry:2",
    {
        "name": "坐渡船的钱",
        "plain": "过渡每人两元，六十五岁以上老人免费。",
        "title_en": "Fares",
        "gist_en": "Crossing costs money; older people pay nothing.",
    },
    {
        "ask": [QUESTION, "坐渡船多少钱", "过渡收费吗", "老人过渡免费吗"],
        "ask_en": ["how much is the ferry", "is the ferry free"],
    },
)


class Office:
    def __init__(self, folder: Path, where: Path | str) -> None:
        self.settings = settings_in(folder)
        put(self.settings, "ferry", FERRY)
        put(self.settings, "market", MARKET.format(fee=5))
        self.assistant = self.publish()
        self.store = FeedbackStore(where)
        self.store.record(answer_to(QUESTION, Reason.NOT_IN_DOCUMENTS, answer_id="one"))
        self.gaps, self.other = self.server(), self.server()
        self.id = self.gaps.all()[0].id
        self.gaps.move(self.id, State.TAKEN, who="窗口甲")

    def server(self) -> Gaps:
        library = Library(self.settings.library_folder)
        return Gaps(open_book(self.store), lambda: self.assistant, library)

    def publish(self) -> Assistant:
        Publisher(self.settings).publish()
        self.assistant = Assistant.open(self.settings)
        return self.assistant

    def state(self) -> State:
        return self.gaps.gap(self.id)[0].state


@pytest.fixture
def office(tmp_path: Path, where: Path | str, monkeypatch: pytest.MonkeyPatch, encoder: Encoder) -> Iterator[Office]:
    for module in (draft, opening):
        monkeypatch.setattr(module, "load_encoder", lambda _model: encoder)
    made = Office(tmp_path, where)
    yield made
    made.store.close()


def test_what_is_published_is_asked_again_and_closed_by_one_server(office: Office) -> None:
    assert office.gaps.follow() == []
    office.gaps.keep(office.id, RECORD)
    assert office.gaps.follow() == []
    assert office.state() is State.WRITTEN
    office.publish()
    assert (office.gaps.follow(), office.other.follow()) == ([office.id], [])
    assert office.state() is State.CLOSED
    moves = [(one.before, one.after, one.who) for one in office.gaps.gap(office.id)[1]]
    assert moves[-3:] == [("written", "published", None), ("published", "retested", None), ("retested", "closed", None)]


def test_what_did_not_help_goes_back_with_the_list(office: Office) -> None:
    office.gaps.keep(office.id, LexiconChange("停渡", "收船"))
    office.publish()
    office.gaps.follow()
    assert office.state() is State.TAKEN
    assert office.gaps.gap(office.id)[1][-1].note == f"0/1；{QUESTION}"


def test_what_is_written_after_a_generation_was_built_waits_for_the_next(office: Office) -> None:
    office.gaps.keep(office.id, RECORD)
    Publisher(office.settings).publish()
    office.gaps.keep(office.id, RecordChange("ferry:2", {}, {"ask": ["渡船老人票多少钱"]}))
    office.assistant = Assistant.open(office.settings)
    assert office.gaps.follow() == []
    assert office.state() is State.WRITTEN


def test_a_draft_takes_what_is_encoded_and_leaves_nothing(office: Office) -> None:
    folder = office.settings.library_folder / "generations" / "segments"
    before = sorted(folder.iterdir())
    assert before
    seen = office.gaps.preview(office.id, RECORD)
    assert seen.effects[0].after.is_answered
    assert sorted(folder.iterdir()) == before
