"""Laws of the folding of characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.characters import fold, has_han, without_invisible


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("第２６條", "第26条"),
        ("第贰拾陆条", "第二十六条"),
        ("六○条六〇条", "六零条六零条"),
        ("（二）〔2023〕【4】", "(二)[2023][4]"),
        ("Article ３", "article 3"),
        ("①㈡", "①㈡"),
        ("《湖泊保護條例》第參條", "《湖泊保护条例》第三条"),
        ("笫七条", "第七条"),
    ],
)
def test_other_writings_of_one_thing_become_equal(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_keeps_offsets_and_is_idempotent(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_chinese_is_told_from_other_letters_and_what_shows_nothing_goes() -> None:
    assert has_han("a甲")
    assert not has_han("abc，。")
    assert without_invisible("甲\u200b\ufeff\u2060乙") == "甲乙"
