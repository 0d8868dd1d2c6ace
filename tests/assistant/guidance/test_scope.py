"""A question asked from a field: the field's clauses answer, or nobody does."""

import pytest

from assistant.answer import Reason
from assistant.guidance.asked import FieldAsked
from assistant.guidance.guide import Guide
from assistant.guidance.scope import answer_here
from assistant.messages import messages
from assistant.service import Assistant

ZH = messages("zh")
SCOPE = FieldAsked("business-scope", "open-a-company")


@pytest.mark.parametrize("question", ["能和许可证一起办吗？", "要什么材料", "哪些店可以", "在哪办"])
def test_the_clauses_of_the_field_answer_alone(assistant: Assistant, question: str) -> None:
    about = Guide(assistant).help(SCOPE, ZH)
    answer = answer_here(question, about, assistant, ZH)
    assert answer is not None
    assert {citation.clause_id for citation in answer.citations} == {"harbin-66:5"}


@pytest.mark.parametrize("question", ["房贷还清了怎么注销抵押", "明天天气怎么样", "红烧肉怎么做"])
def test_what_they_do_not_answer_is_left_to_the_library(assistant: Assistant, question: str) -> None:
    about = Guide(assistant).help(SCOPE, ZH)
    assert answer_here(question, about, assistant, ZH) is None


def test_from_a_field_without_clauses_the_documents_of_its_place_are_asked(assistant: Assistant) -> None:
    about = Guide(assistant).help(FieldAsked("address", "open-a-company"), ZH)
    answer = answer_here("公司搬到另一个区怎么办", about, assistant, ZH)
    assert answer is not None
    assert answer.citations[0].clause_id == "harbin-66:1"
    assert answer_here("首贷贴息怎么申请", about, assistant, ZH) is None  # only Anhui's say so


def test_somebody_in_danger_is_told_whom_to_call_from_any_field(assistant: Assistant) -> None:
    about = Guide(assistant).help(SCOPE, ZH)
    answer = answer_here("我不想活了", about, assistant, ZH)
    assert answer is not None
    assert answer.reason is Reason.EMERGENCY
