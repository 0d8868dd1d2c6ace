"""Wages that somebody waits for are no debts owed to firms."""

import pytest

from assistant.service import Assistant


@pytest.mark.parametrize(
    "question", ["厂里欠我半年工资，哈尔滨有快审通道吗", "my Harbin firm never paid my wages, is there a green channel"]
)
def test_a_worker_who_waits_for_wages_is_not_sent_to_a_rule_for_firms(assistant: Assistant, question: str) -> None:
    assert "harbin-66:42" not in {citation.clause_id for citation in assistant.ask(question).citations}


def test_a_firm_that_waits_for_its_money_is(assistant: Assistant) -> None:
    answer = assistant.ask("客户拖欠我们公司货款，工资都发不出，哈尔滨法院有绿色通道吗")
    assert "harbin-66:42" in {citation.clause_id for citation in answer.citations}
