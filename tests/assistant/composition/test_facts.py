import pytest

from assistant.answer import Citation
from assistant.composition.facts import SHORT, ExtractedFact, extract_cell, extract_fact, extract_measure
from assistant.composition.sentences import quoted_sentences
from corpus.clause import Clause
from index.index import Index
from index.text.answer_types import expected_types
from index.text.normalizer import normalize

NEAREST = 0.9


def fact(index: Index, question: str, *quotes: str, nearest: float = NEAREST) -> ExtractedFact | None:
    [query] = index.read([question])
    citations = [
        Citation(number, "d:1", None, "", "", (), quote, 0, len(quote), 1.0) for number, quote in enumerate(quotes, 1)
    ]
    sentences = quoted_sentences(query, citations, index)
    return extract_fact(expected_types(normalize(question)), sentences, nearest)


def test_the_sentence_that_states_what_is_asked_is_found_with_its_quote(index: Index) -> None:
    found = fact(index, "换照要多久", "换照可在网上提交。", "换照自受理之日起3个工作日内办结；逾期说明原因。")
    assert found is not None
    assert (found.answer_type.name, found.words, found.number) == ("duration", "换照自受理之日起3个工作日内办结", 2)


def test_the_words_are_of_the_quote_character_for_character(index: Index) -> None:
    quote = "换照，自受理之日起　３个工作日内办结。"
    found = fact(index, "换照要多久", quote)
    assert found is not None
    assert found.words in quote


def test_the_number_of_the_sentence_is_no_news(index: Index) -> None:
    found = fact(index, "换照要多久", "2.换照3个工作日内办结。")
    assert found is not None
    assert found.words == "换照3个工作日内办结"


def test_of_a_long_sentence_the_unbroken_stretch_that_states_it_is_told(index: Index) -> None:
    quote = f"换照{'和变更登记' * 20}，应当在5个工作日内办结，特殊情况10个工作日内办结，并告知申请人。"
    found = fact(index, "换照要多久", quote)
    assert found is not None
    assert found.words == "应当在5个工作日内办结，特殊情况10个工作日内办结"
    assert len(found.words) < SHORT < len(quote)


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("换照要多久", "换照尽快办结。"),  # states none
        ("换照怎么办", "换照3个工作日内办结。"),  # asks for none
        ("换照要交哪些材料", "材料按规定填写。"),  # says not which
        ("换照去哪办", "换照尽快办结。"),
        ("换照要多久", ""),
    ],
)
def test_nothing_leads_where_nothing_short_states_it(index: Index, question: str, quote: str) -> None:
    assert fact(index, question, quote) is None


def test_a_sentence_off_what_is_asked_about_does_not_lead(index: Index) -> None:
    quotes = ("营业执照换照可以在网上申请办理。", "停车场的经营期限为2年。")
    assert fact(index, "营业执照换照要多久", *quotes) is None
    assert fact(index, "营业执照换照要多久", *quotes, nearest=0.0) is not None


ROWS = (
    (("人群", "独居老人"), ("每月（元）", "200"), ("每年（元）", "2400")),
    (("人群", "独居老人"), ("补贴额（元）", "200")),
    (("项目", "押金（元）"), ("大号车", "300"), ("小号车、电动车和其他车辆", "150")),
)


@pytest.mark.parametrize(
    ("question", "cells", "words"),
    [
        ("独居老人每月补贴多少钱", ROWS[0], "每月（元）：200"),
        ("独居老人补贴多少钱", ROWS[0], None),  # which of the two is not said
        ("独居老人补贴多少钱", ROWS[1], "补贴额（元）：200"),
        ("大号车押金多少钱", ROWS[2], "押金（元） 大号车：300"),
        ("独居老人补贴要等多久", ROWS[1], None),
    ],
)
def test_of_a_row_the_one_cell_that_states_it_is_told_behind_its_head(
    index: Index, question: str, cells: tuple[tuple[str, str], ...], words: str | None
) -> None:
    text = "\t".join(cell for _, cell in cells)
    row = Clause("d:r1", "d", "第一行", "", (), text, 0, len(text), cells=cells)
    [query] = index.read([question])
    citation = Citation(1, row.id, None, "", "", (), text, 0, len(text), 1.0)
    found = extract_cell(query, expected_types(normalize(question)), [citation], row, index)
    assert (found and found.words) == words


def test_a_cell_that_the_quote_does_not_hold_does_not_lead(index: Index) -> None:
    row = Clause("d:r1", "d", "第一行", "", (), "独居老人\t\t满80岁", 0, 14, cells=ROWS[1])
    [query] = index.read(["独居老人补贴多少钱"])
    citation = Citation(1, row.id, None, "", "", (), row.text, 0, 14, 1.0)
    expected = expected_types(normalize("独居老人补贴多少钱"))
    assert extract_cell(query, expected, [citation], row, index) is None


@pytest.mark.parametrize(
    ("question", "quote", "words"),
    [
        (
            "换照去哪里办",
            "办理渔船换照的，到港口综合窗口提交申请。换照当天有效。",
            "办理渔船换照的，到港口综合窗口提交申请",
        ),
        ("换照归谁管", "换照由区农业农村局负责审批。", "换照由区农业农村局负责审批"),
        ("换照要交哪些材料", "换照应当提交船舶证书、检验报告和身份证。", "换照应当提交船舶证书、检验报告和身份证"),
        ("换照的咨询电话是多少", "换照咨询请拨打0599-6100120。", "换照咨询请拨打0599-6100120"),
        ("换照多久办一次", "换照每年办理一次。", "换照每年办理一次"),
    ],
)
def test_where_who_and_what_to_bring_are_told_in_the_words_of_the_quote(
    index: Index, question: str, quote: str, words: str
) -> None:
    found = fact(index, question, quote)
    assert (found and found.words) == words


@pytest.mark.parametrize(
    ("question", "words"), [("离岸60米的摊位也免费吗", "离岸30米以内的摊位"), ("离岸30米的摊位免费吗", None)]
)
def test_of_a_measure_that_the_text_has_another_number_of_its_own_words_are_told(
    index: Index, question: str, words: str | None
) -> None:
    [query] = index.read([question])
    quote = "离岸30米以内的摊位，不收取占用费。"
    citation = Citation(1, "d:1", None, "", "", (), quote, 0, len(quote), 1.0)
    found = extract_measure(normalize(question), quoted_sentences(query, [citation], index))
    assert (found and found.words) == words
