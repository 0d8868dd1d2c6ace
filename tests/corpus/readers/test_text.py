"""Laws of reading: received bytes become one normal form, or an error that names file and line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DocumentError
from corpus.readers.normal_form import normalise_text
from corpus.readers.text import decode, read_text

AWKWARD = st.text(alphabet=st.sampled_from("甲1 .\t\r\n\u3000\u00a0\u200b\ufeff\u2028\u0085\u000b") | st.characters())


@given(AWKWARD)
def test_normalisation_is_idempotent(text: str) -> None:
    once = normalise_text(text)
    assert normalise_text(once) == once


@given(AWKWARD)
def test_normalised_text_has_one_kind_of_space_and_line_end(text: str) -> None:
    once = normalise_text(text)
    assert not set(once) & set("\t\r\u3000\u00a0\u200b\ufeff\u2028\u0085\u000b")
    assert all(line == line.rstrip(" ") for line in once.split("\n"))


def test_wording_and_punctuation_stay_as_received() -> None:
    assert normalise_text("第一条\u3000ＡＢＣ，１２(甲)“乙”﹒\r\n") == "第一条 ＡＢＣ，１２(甲)“乙”﹒\n"


def test_a_byte_order_mark_is_allowed() -> None:
    assert decode(b"\xef\xbb\xbf" + "第一条".encode(), "a.txt") == "第一条"


def test_bytes_that_are_not_utf8_are_refused_with_file_and_line() -> None:
    with pytest.raises(DocumentError, match=r"^a\.txt:3: .*save the file as UTF-8$"):
        decode("一\n二\n".encode() + "三".encode("gb18030"), "a.txt")


@pytest.mark.parametrize("data", [b"", b" \r\n\t", "\u3000\ufeff".encode()])
def test_a_file_without_text_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"^a\.txt:1: the file holds no text; "):
        decode(data, "a.txt")


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"none\.txt:1: cannot be read"):
        read_text(tmp_path / "none.txt")
