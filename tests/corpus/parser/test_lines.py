"""Laws of lines and paragraphs."""

from hypothesis import given
from hypothesis import strategies as st

from corpus.parser.lines import paragraphs, split_lines


@given(st.text(alphabet="甲。 \n"))
def test_lines_hold_every_visible_character_at_its_offset(text: str) -> None:
    lines = split_lines(text)
    assert all(text[line.start : line.end] == line.text == line.text.strip() != "" for line in lines)
    assert "".join(line.squeezed for line in lines) == "".join(text.split())
    assert all(text.count("\n", 0, line.start) + 1 == line.number for line in lines)


def test_a_hard_wrapped_sentence_is_one_paragraph() -> None:
    lines = split_lines("第一行没有写完\n第二行写完。\n第三行是新的一段。\n  第四行缩进\n\n第五行在空行之后")
    assert [[line.number for line in group] for group in paragraphs(lines)] == [[1, 2], [3], [4], [6]]


def test_a_sentence_that_ends_inside_quotes_is_finished() -> None:
    assert [line.finished for line in split_lines("称为“快办。”\n称为“快办”")] == [True, False]
