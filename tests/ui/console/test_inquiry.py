"""What comes of what an agent types, and what is said and noted of it."""

import pytest

from assistant.service import Assistant
from tests.ui.console_views import EN, ZH, inquire, look_up
from ui.console.inquiry import Kind

LOAN = "anhui-2023-4:1.3"


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("退休证怎么下载", Kind.STATED),
        ("合肥有哪些跟税有关的措施", Kind.LIST),
        ("不动产登记", Kind.ASK_BACK),
        ("首贷的利率是多少", Kind.REFUSED),
        ("我要找人工", Kind.TALK),
        ("我不想活了", Kind.EMERGENCY),
        ("你好", Kind.NOTHING),
    ],
)
@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_every_kind_of_answer_has_its_own_verdict(assistant: Assistant, typed: str, kind: Kind, words: object) -> None:
    (found,) = look_up(assistant, typed, ZH if words is ZH else EN)
    assert found.kind is kind
    assert found.label
    assert bool(found.opened) is (kind is Kind.STATED)


def test_a_list_has_a_row_for_each_of_its_clauses_and_its_first_names_are_said(assistant: Assistant) -> None:
    (found,) = look_up(assistant, "合肥有哪些跟税有关的措施")
    assert [row.clause.id for row in found.rows] == list(found.inquiry.cited)
    assert all(found.inquiry.answers(row.clause.id) for row in found.rows)
    assert assistant.corpus.plain[found.rows[0].clause.id].name in found.script


def test_somebody_in_danger_comes_before_every_other_question(assistant: Assistant) -> None:
    (found,) = look_up(assistant, "退休证怎么下载？另外我爸晕倒了快救命")
    assert found.kind is Kind.EMERGENCY
    assert "120" in found.text
    assert found.rows == ()


def test_a_question_that_leans_on_the_one_before_is_asked_behind_it(assistant: Assistant) -> None:
    first, second = look_up(assistant, "怎么申请首贷？多久能办好？")
    assert first.opened is not None
    assert first.opened.clause.id == LOAN
    assert second.kind is Kind.REFUSED
    assert "办理时限" in second.text


def test_letters_are_the_word_that_finds_a_clause_best(assistant: Assistant) -> None:
    (found,) = inquire(assistant, "sd")
    assert found.question == found.heard[0] == "首贷"
    assert found.lookup.first is not None
    assert found.lookup.first.id == LOAN
    assert inquire(assistant, "tax")[0].heard == ()  # a word is no initials
    assert inquire(assistant, "qzxv")[0].kind is Kind.REFUSED
