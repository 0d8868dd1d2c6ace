"""Places side by side: each column holds only what applies in its place, in the document's own words."""

import pytest

from assistant.messages import messages
from assistant.service import Assistant
from corpus.places.gazetteer import lies_within
from ui.compare.columns import MOST_PLACES, Comparison, compare

ZH, EN = messages("zh"), messages("en")


def _clauses(found: Comparison) -> dict[str, str]:
    return {column.place: column.found.clause.id for column in found.columns}


@pytest.mark.parametrize(
    "question", ["第一次向银行贷款有贴息吗", "过户房子线上办", "破产管理人怎么选", "施工许可告知承诺"]
)
def test_a_column_holds_what_applies_in_its_place_verbatim(assistant: Assistant, question: str) -> None:
    found = compare(question, (), assistant, ZH)
    assert found.columns
    for column in found.columns:
        clause = column.found.clause
        assert any(lies_within(column.place, place) for place in clause.jurisdiction)
        for citation in column.found.citations:
            assert citation.quote == column.found.document.text[citation.start : citation.end]
            assert clause.start <= citation.start < citation.end <= clause.end


def test_a_provinces_rule_stands_in_a_citys_column_as_the_provinces(assistant: Assistant) -> None:
    found = compare("第一次向银行贷款有贴息吗", ["芜湖", "安徽"], assistant, ZH)
    assert _clauses(found) == {"安徽": "anhui-2023-4:1.3", "芜湖": "anhui-2023-4:1.3"}
    assert [(column.found.own, column.same_as) for column in found.columns] == [(True, ""), (False, "安徽")]


def test_every_place_looked_at_is_in_a_column_or_said_to_be_silent(assistant: Assistant) -> None:
    found = compare("破产管理人怎么选", (), assistant, ZH)
    assert {*_clauses(found), *found.silent} == set(assistant.corpus.places)
    assert _clauses(found)["芜湖"] == "anhui-2023-4:3.6"
    assert found.left == ()


def test_the_places_of_the_question_are_compared(assistant: Assistant) -> None:
    found = compare("芜湖和滁州的招投标能电子化吗", (), assistant, ZH)
    assert {*_clauses(found), *found.silent} == {"芜湖", "滁州"}
    assert set(found.left) == {"安徽", "合肥", "哈尔滨"}


def test_chosen_places_win_and_unknown_ones_are_passed_over(assistant: Assistant) -> None:
    found = compare("芜湖和滁州的招投标能电子化吗", ["合肥", "没有这地方", "合肥"], assistant, ZH)
    assert {*_clauses(found), *found.silent} == {"合肥"}
    assert compare("首贷", ["成都"], assistant, ZH).silent == ("成都",)


def test_at_most_six_places_are_looked_at(assistant: Assistant) -> None:
    many = ["合肥", "芜湖", "滁州", "安徽", "哈尔滨", "成都", "南昌", "贵阳"]
    found = compare("首贷", many, assistant, ZH)
    assert len(found.columns) + len(found.silent) == MOST_PLACES


@pytest.mark.parametrize("question", ["鹦鹉要不要打疫苗", "你好", "？？？"])
def test_what_no_document_speaks_of_has_no_column(assistant: Assistant, question: str) -> None:
    found = compare(question, (), assistant, ZH)
    assert found.columns == ()
    assert set(found.silent) == set(assistant.corpus.places)


def test_words_of_another_places_practice_are_named(assistant: Assistant) -> None:
    found = compare("房产登记由电脑审批", ["安徽"], assistant, ZH)
    assert _clauses(found) == {"安徽": "anhui-2023-4:1.8"}
    quotes = "".join(citation.quote for citation in found.columns[0].found.citations)
    assert found.columns[0].found.elsewhere == tuple(place for place in ("芜湖", "合肥") if place in quotes)


def test_the_plain_sentence_is_in_the_language_of_the_page(assistant: Assistant) -> None:
    [zh] = compare("第一次向银行贷款有贴息吗", ["安徽"], assistant, ZH).columns
    [en] = compare("第一次向银行贷款有贴息吗", ["安徽"], assistant, EN).columns
    assert en.found.gist.isascii()
    assert zh.found.gist
    assert not zh.found.gist.isascii()


def test_documents_that_do_not_say_where_they_apply_give_no_columns_of_their_own(second_assistant: Assistant) -> None:
    assert compare("游船牌照有效期多久", (), second_assistant, ZH) == Comparison(())
    [column] = compare("游船牌照有效期多久", ["合肥"], second_assistant, ZH).columns
    assert (column.found.clause.id, column.found.own) == ("Yunze_Lake 湖泊条例:3", False)
