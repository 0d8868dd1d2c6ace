"""Asking saved questions: by several processes as by one, and with the place that was chosen beforehand."""

from pathlib import Path

import pytest

from assistant.service import Assistant
from eval import asking
from eval.asking import ask, ask_all
from eval.questions.questionset import LabelledQuestion
from eval.questions.saved import SHIPPED, Saved, SavedQuestions

RETIRING = "档案存在档案中心的人怎么办退休"


def _saved(question: str, *wanted: str, jurisdiction: str = "") -> Saved:
    return Saved(LabelledQuestion("q", question, wanted, jurisdiction=jurisdiction), Path("q.jsonl"), "1")


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_several_processes_give_what_one_gives_in_the_same_order(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = SavedQuestions(Path("none"), SHIPPED).all()[:60]
    alone = ask_all(assistant, questions)
    monkeypatch.setattr(asking, "_processes", lambda _questions: 2)
    assert ask_all(assistant, questions) == alone
    assert [one.id for one in alone] == [one.labelled.id for one in questions]


def test_the_place_chosen_beforehand_counts_and_an_unknown_one_is_none(assistant: Assistant) -> None:
    asked = {
        place: ask(assistant, _saved(RETIRING, jurisdiction=place)).cited for place in ("", "哈尔滨", "芜湖", "无此地")
    }
    assert asked["哈尔滨"][0] == "harbin-66:19"
    assert "harbin-66:19" not in asked["芜湖"]
    assert asked["无此地"] == asked[""]


def test_right_is_the_first_citation_and_no_answer_where_nothing_answers(assistant: Assistant) -> None:
    right = ask(assistant, _saved(RETIRING, "harbin-66:19"))
    assert (right.right, right.status, right.cited[0]) == (True, "answered", "harbin-66:19")
    assert right.said in assistant.corpus.clause("harbin-66:19").text
    assert not ask(assistant, _saved(RETIRING, "harbin-66:18")).right
    assert not ask(assistant, _saved(RETIRING)).right
    nothing = ask(assistant, _saved("猫怎么登记"))
    assert (nothing.right, nothing.status, nothing.cited) == (True, "no_answer", ())
    assert nothing.said
