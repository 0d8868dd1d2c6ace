import tracemalloc
from random import Random
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import normalizer, tokenizer
from index.text.tokenizer import fingerprint, segment, tokenize


@pytest.mark.parametrize("question", ["请问怎么办", "咋整", "how do I", "能不能帮我", "？？？", "", "   "])
def test_question_words_and_politeness_weigh_nothing(question: str) -> None:
    assert tokenize(question) == []


def test_words_come_in_search_mode_with_bigrams_and_characters_as_a_net() -> None:
    tokens = tokenize("不动产抵押权注销登记")
    assert {"不动产", "抵押权", "注销登记", "注销"} <= set(tokens)
    assert {"产抵", "权注", "押", "销"} <= set(tokens)


def test_a_stop_word_goes_and_the_word_that_contains_it_stays() -> None:
    assert "就业" in tokenize("就业驿站")
    assert "还清" in tokenize("还清贷款")
    assert "在线" in tokenize("在线导办")


def test_no_bigram_spans_a_removed_word() -> None:
    assert "款怎" not in tokenize("贷款怎么办")
    assert "款抵" not in tokenize("贷款的抵押")


@pytest.mark.parametrize(
    ("question", "clause"),
    [("第26条", "第二十六条"), ("首貸戶", "首贷户"), ("ＡＰＰ", "app"), ("个转企 ", "個轉企")],
)
def test_question_and_clause_meet(question: str, clause: str) -> None:
    assert tokenize(question) == tokenize(clause)


def test_a_numbered_article_is_one_token() -> None:
    assert tokenize("第二十六条") == ["第26条"]


@given(st.text())
def test_tokens_are_never_blank(text: str) -> None:
    assert all(token.strip() for token in tokenize(text))


@pytest.mark.parametrize("changed", ["dictionary.txt", "stopwords.txt"])
def test_a_changed_word_list_changes_the_fingerprint(changed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    original = tokenizer._lines
    before = fingerprint.__wrapped__()
    monkeypatch.setattr(
        tokenizer, "_lines", lambda name: [*original(name), "新词"] if name == changed else original(name)
    )
    assert fingerprint.__wrapped__() != before


@pytest.mark.parametrize("module", [tokenizer, normalizer])
def test_a_changed_rule_changes_the_fingerprint(module: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint.__wrapped__()
    monkeypatch.setattr(module, "VERSION", "another")
    assert fingerprint.__wrapped__() != before


def test_ever_new_long_texts_fill_no_memory() -> None:
    random = Random(17)
    texts = ["".join(chr(random.randrange(0x4E00, 0x9FA5)) for _ in range(1900)) for _ in range(200)]
    segment(texts[0])
    tracemalloc.start()
    for text in texts:
        segment(text)
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 70 << 20
