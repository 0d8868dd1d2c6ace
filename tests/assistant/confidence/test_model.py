from dataclasses import fields, replace

import pytest

from assistant.confidence.model import Signals, probability, said, signals
from assistant.service import Assistant

NAMES = [field.name for field in fields(Signals)]
MIDDLING = Signals(0.5, 0.7, 0.6, 1.0, 1.0, 1.0, 1.0, 1.0)


def of(assistant: Assistant, question: str) -> Signals:
    return signals(assistant.look_up(question), assistant.index)


@pytest.mark.parametrize("recorded", [True, False])
def test_confidence_is_a_probability(recorded: bool) -> None:
    for value in (-1.0, 0.0, 0.5, 1.0):
        assert 0 < probability(Signals(*[value] * len(NAMES)), plain=recorded) < 1


@pytest.mark.parametrize("recorded", [True, False])
@pytest.mark.parametrize("name", NAMES)
def test_no_signal_lowers_confidence_by_growing(name: str, recorded: bool) -> None:
    more = replace(MIDDLING, **{name: getattr(MIDDLING, name) + 0.1})
    assert probability(more, plain=recorded) >= probability(MIDDLING, plain=recorded)


def test_a_clause_asked_for_in_its_own_words_has_strong_signals(assistant: Assistant) -> None:
    found = of(assistant, "创新建立金融顾问制度")
    assert found.words == pytest.approx(1)
    assert found.counterparts > 0.9
    assert found.here == found.no_kind == found.kind_held == 1


def test_a_kind_of_thing_that_the_clause_lacks_is_seen(assistant: Assistant) -> None:
    assert of(assistant, "首贷的年利率是百分之几").kind_held == 0
    assert of(assistant, "芜湖首贷专区的咨询电话号码是多少").kind_held == 0
    assert of(assistant, "芜湖小微企业低压接入标准是多少千瓦").kind_held == 1


def test_another_place_that_says_it_better_is_seen(assistant: Assistant) -> None:
    assert of(assistant, "芜湖有没有数字政务门牌").here < 0.9
    assert of(assistant, "哈尔滨有没有数字政务门牌").here == 1


def test_what_is_said_of_a_clause_holds_its_records_only_with_its_corpus(assistant: Assistant) -> None:
    clause = assistant.corpus.clause("harbin-66:11")
    name = assistant.corpus.plain[clause.id].name
    assert name in said(clause, assistant.corpus)
    assert name not in said(clause)
