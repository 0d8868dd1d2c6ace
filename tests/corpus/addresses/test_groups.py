"""A clause is found by the heading above it and its number there, and by English number words."""

import pytest

from corpus.addresses.references import read_references
from corpus.corpus import Corpus
from corpus.text.numeral_en import CARDINAL, english_value


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("滁州自选事项第二项", "anhui-2023-4:4.2"),
        ("省清单事项的第七个案例", "anhui-2023-4:1.7"),
        ("合肥自选事项（六）讲什么", "anhui-2023-4:2.6"),
        ("二十九条的原文", "harbin-66:29"),
        ("the 44th measure", "harbin-66:44"),
        ("the sixty-first clause", "harbin-66:61"),
        ("measure twenty eight", "harbin-66:28"),
        ("Art. 35", "harbin-66:35"),
    ],
)
def test_an_address_is_read(corpus: Corpus, text: str, clause: str) -> None:
    assert read_references(text, corpus).ids == (clause,)


@pytest.mark.parametrize(
    "text", ["一条龙服务怎么办", "两条建议", "measure two rooms", "第一项是什么", "the first loan"]
)
def test_what_is_none_is_none(corpus: Corpus, text: str) -> None:
    assert read_references(text, corpus).ids == ()


@pytest.mark.parametrize(
    ("written", "value"), [("forty-two", 42), ("31st", 31), ("one hundred and sixth", 106), ("twelfth", 12)]
)
def test_number_words_have_their_value(written: str, value: int) -> None:
    assert english_value(written) == value
    assert CARDINAL
