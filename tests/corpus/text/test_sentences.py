"""Laws of the splitter of sentences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.sentences import sentences

TEXTS = st.text(st.sampled_from("甲乙。！？；;?!\n ”）》，a1."), max_size=60)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("先登记。后领证！", ["先登记。", "后领证！"]),
        ("他说：“可以。”就走了", ["他说：“可以。”", "就走了"]),
        ("甲；乙。", ["甲；乙。"]),
        ("一行\n 又一行 ", ["一行", "又一行"]),
        ("3.5元。", ["3.5元。"]),
        ("", []),
        (" \n", []),
    ],
)
def test_a_sentence_ends_with_its_mark_or_its_line(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == found


def test_semicolons_end_a_stretch_where_that_is_asked_for() -> None:
    text = "甲；乙;丙。"
    assert [text[start:end] for start, end in sentences(text, semicolons=True)] == ["甲；", "乙;", "丙。"]


@given(TEXTS, st.booleans())
def test_every_visible_character_lies_in_exactly_one_sentence(text: str, semicolons: bool) -> None:
    spans = sentences(text, semicolons=semicolons)
    assert [start for start, _ in spans] == sorted(start for start, _ in spans)
    inside = [index for start, end in spans for index in range(start, end)]
    assert len(inside) == len(set(inside))
    assert {index for index, character in enumerate(text) if character.strip()} <= set(inside)
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
