import pytest

from assistant.confidence.signals import Signals
from assistant.service import Assistant


def of(assistant: Assistant, question: str) -> Signals:
    return assistant.judge.signals(assistant.look_up(question).result)


def test_a_clause_asked_for_in_its_own_words_has_strong_signals(assistant: Assistant) -> None:
    found = of(assistant, "创新建立金融顾问制度")
    assert found.idf_coverage == pytest.approx(1)
    assert found.token_alignment > 0.9
    assert found.not_better_elsewhere == found.has_expected_type == found.type_sentence_similarity == 1


def test_a_kind_of_thing_that_the_clause_lacks_is_seen(assistant: Assistant) -> None:
    for question in ("首贷的年利率是百分之几", "芜湖首贷专区的咨询电话号码是多少"):
        result = assistant.look_up(question).result
        on_first_loans = next(hit for hit in result.hits if hit.clause.id == "anhui-2023-4:1.3")
        found = assistant.judge.signals(result, on_first_loans)
        assert (found.has_expected_type, found.type_sentence_similarity) == (0, 0)
    found = of(assistant, "芜湖小微企业低压接入标准是多少千瓦")
    assert found.has_expected_type == 1
    assert found.type_sentence_similarity > 0.9


def test_another_place_that_says_it_better_is_seen(assistant: Assistant) -> None:
    assert of(assistant, "芜湖有没有数字政务门牌").not_better_elsewhere < 0.9
    assert of(assistant, "哈尔滨有没有数字政务门牌").not_better_elsewhere == 1


def test_the_cosine_is_of_the_best_of_texts_and_records(assistant: Assistant) -> None:
    result = assistant.look_up("房贷还清后怎么注销抵押登记").result
    legs = result.hits[0].legs
    best = max(legs[name].score for name in ("dense", "plain_dense") if name in legs)
    assert assistant.judge.signals(result).cosine == best


def test_any_hit_has_signals_of_its_own(assistant: Assistant) -> None:
    result = assistant.look_up("房贷还清后怎么注销抵押登记").result
    first, last = assistant.judge.signals(result), assistant.judge.signals(result, result.hits[-1])
    assert first == assistant.judge.signals(result, result.hits[0])
    assert first.cosine > last.cosine
    assert first.idf_coverage > last.idf_coverage


def test_records_count_only_where_they_are_looked_at(assistant: Assistant) -> None:
    bare = Assistant(assistant.index.without_plain(), assistant.settings)
    question = "房贷还完了去哪解押"
    assert of(bare, question).idf_coverage < of(assistant, question).idf_coverage
