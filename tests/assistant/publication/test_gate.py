"""A publication that breaks saved questions is refused with the list, and what is known to fail stops nothing."""

from dataclasses import replace

import pytest

from assistant.publication import audit
from assistant.publication.publisher import GateError, Publisher
from assistant.settings import Settings
from corpus.errors import InputError
from eval.gate import open_gate
from eval.questions.saved import QUESTIONS, SavedQuestions
from tests.assistant.publication.shelf import fee, published, put

BROKEN = """曲靖市早市管理办法
第一条 摊主应当保持摊位整洁。
第二条 垃圾由摊主自行带走。
"""


@pytest.fixture
def questions(library: Settings) -> SavedQuestions:
    """Two questions that are answered, and one that the library does not answer though it should."""
    saved = SavedQuestions(library.library_folder / QUESTIONS)
    Publisher(library).publish()
    saved.add("早市摊位费多少钱", ["market:1"])
    saved.add("早市几点收摊", ["market:2"])
    saved.add("渡船可以带自行车吗", ["ferry:1"])
    return saved


def _publisher(settings: Settings) -> Publisher:
    return Publisher(settings, open_gate(settings))


def test_two_that_break_stop_it_and_one_that_failed_before_does_not(
    library: Settings, questions: SavedQuestions
) -> None:
    assert len(questions.own()) == 3
    put(library, "market", BROKEN)
    with pytest.raises(GateError, match="Not published") as refused:
        _publisher(library).publish()
    examined = refused.value.examined
    assert examined is not None
    assert [change.now.question for change in examined.broken] == ["早市摊位费多少钱", "早市几点收摊"]
    assert [change.before.cited[:1] for change in examined.broken] == [("market:1",), ("market:2",)]
    assert (examined.known, published(library)) == (1, 1)
    assert "5元" in fee(library)


@pytest.mark.usefixtures("questions")
def test_with_a_reason_it_is_published_and_the_reason_recorded(library: Settings) -> None:
    put(library, "market", BROKEN)
    done = _publisher(library).publish(by="值班员", force="摊位费改由市场自定，新办法不再写明")
    assert (done.manifest.number, len(done.examined.broken)) == (2, 2)
    last = audit.events(library.library_folder)[-1]
    assert last["reason"] == "摊位费改由市场自定，新办法不再写明"
    assert last["broken"] == [change.now.id for change in done.examined.broken]
    put(library, "market", f"{BROKEN}第三条 早市不得占道。\n")
    assert _publisher(library).publish().examined.known == 3  # they are known by now


@pytest.mark.usefixtures("questions")
def test_a_blank_is_no_reason(library: Settings) -> None:
    put(library, "market", BROKEN)
    with pytest.raises(InputError, match="Say why"):
        _publisher(library).publish(force="  ")
    assert published(library) == 1


@pytest.mark.usefixtures("questions")
def test_one_may_break_and_none_where_none_is_allowed(library: Settings) -> None:
    text = "曲靖市早市管理办法\n第一条 早市摊位费每天5元，由市场管理处收取。\n第二条 垃圾由摊主自行带走。\n"
    put(library, "market", text)
    with pytest.raises(GateError):
        _publisher(replace(library, gate=0)).publish()
    assert len(_publisher(library).publish().examined.broken) == 1


@pytest.mark.usefixtures("questions")
def test_questions_on_a_document_that_is_removed_stop_nothing(library: Settings) -> None:
    done = Publisher(library, open_gate(library)).remove("market", by="值班员", reason="来文撤回")
    assert done is not None
    assert done.examined.broken == ()
    assert len(done.examined.set_aside) >= 2
