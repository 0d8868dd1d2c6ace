"""Folding keeps every place, and remembers no more than the characters in use."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.privacy import folding
from assistant.privacy.folding import fold


@given(st.text())
def test_a_place_in_the_folded_text_is_the_same_place_in_the_text(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_rare_characters_are_folded_and_not_remembered() -> None:
    wide = "".join(map(chr, range(0x1D7CE, 0x1D7D8)))  # mathematical bold digits
    assert fold(wide) == "0123456789"
    assert max(folding._FOLDING) <= 0xFFFF
