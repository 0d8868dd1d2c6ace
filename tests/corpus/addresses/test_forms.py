"""Laws of the short and collected forms of addresses, by value."""

import pytest

from corpus.addresses import forms
from corpus.numbering import NumberingStyle
from corpus.text.characters import fold


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("第3条到第5条", [3, 4, 5]),
        ("第七至九条", [7, 8, 9]),
        ("第14、17条", [14, 17]),
        ("14、17条", [14, 17]),
        ("clauses 14, 17 and 20", [14, 17, 20]),
        ("clause 14, 17 and 20", [14, 17, 20]),
        ("measures 4 to 6", [4, 5, 6]),
    ],
)
def test_lists_and_ranges_are_read_whole(text: str, numbers: list[int]) -> None:
    assert forms.read_several(fold(text), 0) == (numbers, len(text))


@pytest.mark.parametrize("text", ["第3条", "article 10-1", "article 3, 2021 edition", "case 3 and 4 people", "3、4"])
def test_one_number_is_no_list(text: str) -> None:
    assert forms.read_several(fold(text), 0) is None


def test_a_range_is_bounded() -> None:
    found = forms.read_several("第1至99999条", 0)
    assert found is not None
    assert len(found[0]) <= 201


def test_attachments_are_read_with_their_number_or_as_the_first() -> None:
    assert forms.read_attachment("附件二 第一条", 0) == ((NumberingStyle.ATTACHMENT, "2"), 4)
    assert forms.read_attachment("附件1-2", 0) == ((NumberingStyle.ATTACHMENT, "1-2"), 5)
    assert forms.read_attachment("附件", 0) == ((NumberingStyle.ATTACHMENT, "1"), 2)


@pytest.mark.parametrize(
    ("text", "keys"),
    [("2.4", ["2", "4"]), ("案例2.4", ["2", "4"]), ("10-1.2", ["10-1", "2"]), ("2.4.", None), ("24", None)],
)
def test_a_dotted_path_is_read_as_ids_write_it(text: str, keys: list[str] | None) -> None:
    found = forms.read_dotted(text, 0)
    assert ([step.key for step in found[0]] if found else None) == keys


@pytest.mark.parametrize(
    ("text", "key"), [("第三段", "第三段"), ("末段", "末段"), ("末段 2", "末段 2"), ("三段", None)]
)
def test_paragraphs_without_numbers_are_read_by_their_place(text: str, key: str | None) -> None:
    found = forms.read_paragraph(text, 0)
    assert (found and found[0]) == key


@pytest.mark.parametrize(
    ("text", "value"), [("第四十二", 42), ("第42呢", 42), ("第四十二条", None), ("第四十二届", None), ("第一，", None)]
)
def test_a_number_without_its_unit_ends_a_sentence(text: str, value: int | None) -> None:
    found = forms.read_without_unit(fold(text), 0)
    assert (found and found[0].value) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("42", 42),
        ("哈市 42", 42),
        ("no. 42?", 42),
        ("第42", 42),
        ("第四十二", 42),
        ("四十二", None),
        ("我要42", None),
        ("42 天", None),
    ],
)
def test_a_text_that_is_only_a_number_is_read(text: str, value: int | None) -> None:
    found = forms.read_bare(fold(text), 0)
    assert (found and found[0]) == value
