"""Documents cut into clauses, and their pairs."""

from random import Random

import pytest

from index.encoder.training.documents import (
    CutClause,
    cut_clauses,
    document_headings,
    document_segments,
    document_sentences,
    title_of,
)
from index.encoder.training.sources import PASSAGE_CHARACTERS, Maker

BODY = "本市居住满半年的人员，可以按照本办法申领居住证。公安机关应当自受理之日起十五日内发放，不得收取费用。"
ARTICLES = "\n".join(
    (
        "某市人民政府文件",
        f"第一条 为了规范管理，制定本办法。{BODY}",
        f"第二条 【申领条件】{BODY}",
        "（一）有住所；",
        "（二）有工作。",
        f"第三条　本办法，自公布之日起施行。{BODY}",
    )
)
ITEMS = f"各区：一、申领条件。{BODY}二、总则（一）受理时限。{BODY}"
ROWS = [{"title": "某市居住证管理办法2016.docx", "text": ARTICLES}, {"title": "b.pdf", "text": ITEMS}]


def test_articles_are_clauses_and_their_items_stay_inside() -> None:
    first, second, third = cut_clauses(ARTICLES)
    assert first.heading == ""
    assert first.text.startswith("为了规范管理")
    assert second == CutClause("申领条件", f"{BODY}\n（一）有住所；\n（二）有工作。")
    assert third.text.endswith(BODY)


def test_other_numbers_count_where_there_are_no_articles() -> None:
    assert cut_clauses(ITEMS) == [CutClause("申领条件", BODY), CutClause("受理时限", BODY)]


def test_a_text_without_numbers_has_no_clauses() -> None:
    assert cut_clauses("通知。" * 50) == cut_clauses("") == []


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("某市居住证管理办法2016.docx", "某市居住证管理办法"),
        ("某市_居住证办法_2016年", "某市居住证办法"),
        ("t2013_01.pdf", ""),
        (None, ""),
    ],
)
def test_a_title_is_what_people_would_write(written: str | None, title: str) -> None:
    assert title_of({"title": written}) == title


def test_a_heading_finds_its_clause() -> None:
    pairs = list(document_headings(ROWS, Random(1)))
    assert [pair.query for pair in pairs] == ["申领条件", "申领条件", "受理时限"]
    assert {pair.passage for pair in pairs[1:]} == {BODY}


def test_a_sentence_finds_the_others() -> None:
    for pair in document_sentences(ROWS * 20, Random(1)):
        assert pair.query.strip()[:5] in ARTICLES + ITEMS
        assert pair.passage


def test_words_of_a_clause_find_it_behind_the_title_or_not() -> None:
    pairs = list(document_segments(ROWS * 20, Random(1)))
    titled = [pair for pair in pairs if pair.query.startswith("某市居住证管理办法 ")]
    assert 0.2 < len(titled) / len(pairs) < 0.4, "half of those of the document that has a title"
    assert any(pair.query.split()[-1] in pair.passage for pair in pairs)
    assert any(pair.query.split()[-1] not in pair.passage for pair in pairs)


@pytest.mark.parametrize("make", [document_headings, document_sentences, document_segments])
def test_pairs_name_their_document_and_stay_short(make: Maker) -> None:
    pairs = list(make(ROWS, Random(1)))
    assert {pair.group for pair in pairs} == {"0", "1"}
    assert all(len(pair.passage) <= PASSAGE_CHARACTERS for pair in pairs)
    assert pairs == list(make(ROWS, Random(1)))
