"""Which numbers may be left, how they are written, and that they are found in what was typed."""

import pytest

from assistant.handover.telephone import Telephone, read_telephone
from corpus.errors import InputError


@pytest.mark.parametrize(
    ("typed", "digits", "grouped"),
    [
        ("13800138000", "13800138000", "138 0013 8000"),
        (" 138-0013 8000 ", "13800138000", "138 0013 8000"),
        ("+86 138 0013 8000", "13800138000", "138 0013 8000"),
        ("１３８００１３８０００", "13800138000", "138 0013 8000"),
        ("一三八零零一三八零零零", "13800138000", "138 0013 8000"),
        ("19912345678", "19912345678", "199 1234 5678"),
        ("0451-87654321", "045187654321", "0451 8765 4321"),
        ("(0451)87654321", "045187654321", "0451 8765 4321"),
        ("+86 (0)451 8765 4321", "045187654321", "0451 8765 4321"),
        ("010 1234 5678", "01012345678", "010 1234 5678"),
        ("0451-87654321转8012", "045187654321x8012", "0451 8765 4321 转 8012"),
        ("0451-87654321 转接 8012", "045187654321x8012", "0451 8765 4321 转 8012"),
        ("0451-87654321-8012", "045187654321x8012", "0451 8765 4321 转 8012"),
        ("0451-87654321分机号8012", "045187654321x8012", "0451 8765 4321 转 8012"),
    ],
)
def test_a_mobile_or_fixed_line_of_the_mainland_is_taken(typed: str, digits: str, grouped: str) -> None:
    telephone = read_telephone(typed)
    assert (telephone.digits, telephone.grouped) == (digits, grouped)
    assert read_telephone(telephone.grouped) == telephone


@pytest.mark.parametrize(
    "typed",
    [
        *("", "12345", "110", "400 800 1234", "87654321", "+852 5123 4567", "+1 650 253 0000", "1380013800"),
        *("138001380000", "13800138000 转", "电话13800138000", "a13800138000", "1" * 50, "138\n0013\u00008000", "<b>"),
    ],
)
def test_anything_else_is_refused_with_words_and_the_field(typed: str) -> None:
    with pytest.raises(InputError, match=r"内地的手机号.*mobile number") as refused:
        read_telephone(typed)
    assert refused.value.field == "phone"


@pytest.mark.parametrize(
    ("telephone", "text", "without"),
    [
        ("13800138000", "打我138 0013-8000或１３８００１３８０００", "打我〔电话号〕或〔电话号〕"),
        ("045187654321x8012", "0451-8765 4321转8012，也可 87654321", "〔电话号〕转8012，也可 〔电话号〕"),
        ("13800138000", "2026年11月30日交的1380元", "2026年11月30日交的1380元"),
    ],
)
def test_a_number_is_taken_out_of_a_text_however_it_is_grouped(telephone: str, text: str, without: str) -> None:
    assert Telephone(telephone).out_of(text) == without
