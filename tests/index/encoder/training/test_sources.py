"""Rows become pairs of texts that mean the same."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encoder.training import sources
from index.encoder.training.sources import Pair

LONG = "".join(f"第{n}个企业可以申请贷款贴息，由区财政局审核。" for n in range(40))
ARTICLE = {
    "law": "中华人民共和国示例法",
    "article": "第三条",
    "chapter": "第一章 总则",
    "text": "申请人应当提交身份证明，并填写申请表。登记机关应当在三日内答复。",
}


@given(st.text(alphabet="企业。！\n，a ", max_size=60))
def test_sentences_lose_nothing_but_leading_marks(text: str) -> None:
    assert "".join(sources.sentences(text)) == text.lstrip("。！\n")


def test_around_keeps_reading_order_and_the_limit() -> None:
    parts = ["一。", "二二。", "三三三。", "四。"]
    assert sources.around(parts, 2) == "一。二二。三三三。四。"
    assert sources.around(parts, 2, keep=False) == "一。二二。四。"
    assert sources.around(parts, 1, limit=5) == "二二。"
    assert sources.around(parts, 1, limit=7) == "二二。三三三。"
    assert sources.around(parts, 1, limit=9) == "一。二二。三三三。"


def test_a_long_passage_is_cut_to_the_limit() -> None:
    pairs = list(sources.question_passage([{"q": "怎么贴息", "p": LONG}] * 20, Random(1)))
    assert {pair.query for pair in pairs} == {"怎么贴息"}
    assert max(len(pair.passage) for pair in pairs) <= sources.PASSAGE_CHARACTERS
    assert len({pair.passage for pair in pairs}) > 1


def test_advice_and_its_legal_basis_are_two_passages() -> None:
    row = {"q": "醉驾怎么罚", "p": "您好，醉酒驾驶要处拘役并处罚金。法律依据：《刑法》第一百三十三条之一。"}
    advice, basis = sources.consultation([row], Random(1))
    assert "法律依据" not in advice.passage + basis.passage
    assert basis.passage.endswith("第一百三十三条之一。")


def test_the_answer_stays_in_its_passage() -> None:
    (pair,) = sources.answer_passage([{"q": "第30个？", "p": LONG, "a": "第30个企业"}], Random(1))
    assert "第30个企业" in pair.passage
    assert len(pair.passage) <= 220


def test_only_strong_matches_are_used() -> None:
    rows = [{"q": "首贷", "p": "首贷政策", "label": 2}, {"q": "首贷", "p": "天气", "label": 1}]
    assert list(sources.strong_match(rows, Random(1))) == [Pair("首贷", "首贷政策")]


def test_a_triplet_keeps_its_negative() -> None:
    assert list(sources.triplet([{"q": "a", "p": "b", "n": "c"}], Random(1))) == [Pair("a", "b", "c")]


def test_a_sentence_finds_its_surroundings() -> None:
    pairs = list(sources.sentence_context([{"text": LONG}, {"text": "只有一句。"}], Random(1)))
    assert len(pairs) > 1
    assert all(pair.query in LONG and len(pair.passage) <= 250 for pair in pairs)


@pytest.mark.parametrize("make", [sources.article_segment, sources.article_halves])
def test_an_article_gives_a_stretch_and_the_rest(make: sources.Maker) -> None:
    pairs = list(make([ARTICLE] * 10, Random(1)))
    assert len(pairs) == 10
    assert all(pair.query in ARTICLE["text"] for pair in pairs)


def test_the_chapter_leads_to_the_article() -> None:
    pairs = list(sources.law_chapter([ARTICLE] * 30, Random(1)))
    assert 0 < len(pairs) < 30
    assert pairs[0] == Pair("示例法 第一章 总则", ARTICLE["text"])


def test_translations_go_both_ways_mostly_from_english() -> None:
    pairs = list(sources.translation([{"zh": "贷款", "en": "loan"}] * 100, Random(1)))
    assert set(pairs) == {Pair("loan", "贷款"), Pair("贷款", "loan")}
    assert sum(pair.query == "loan" for pair in pairs) > 50


def test_words_that_are_only_related_are_no_synonyms() -> None:
    rows = [{"type": "related", "words": ["苹果", "香蕉"]}, {"type": "synonym", "words": ["人", "贷款", "借款"]}]
    (pair,) = sources.synonyms(rows, Random(1))
    assert {pair.query, pair.passage} == {"贷款", "借款"}


def test_the_same_seed_gives_the_same_pairs() -> None:
    rows = [{"q": "怎么贴息", "p": LONG}] * 5
    assert list(sources.question_passage(rows, Random("a"))) == list(sources.question_passage(rows, Random("a")))
