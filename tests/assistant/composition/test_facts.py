import pytest

from assistant.answer import Citation
from assistant.composition.facts import SHORT, ExtractedFact, extract_fact
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
    return extract_fact(query, expected_types(normalize(question)), citations, index, nearest)


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
        ("换照要交哪些材料", "提交2份材料。"),  # a list is not told in one phrase
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
    found = extract_fact(query, expected_types(normalize(question)), [citation], index, NEAREST, row=row)
    assert (found and found.words) == words


def test_a_cell_that_the_quote_does_not_hold_does_not_lead(index: Index) -> None:
    row = Clause("d:r1", "d", "第一行", "", (), "独居老人\t\t满80岁", 0, 14, cells=ROWS[1])
    [query] = index.read(["独居老人补贴多少钱"])
    citation = Citation(1, row.id, None, "", "", (), row.text, 0, 14, 1.0)
    expected = expected_types(normalize("独居老人补贴多少钱"))
    assert extract_fact(query, expected, [citation], index, NEAREST, row=row) is None
