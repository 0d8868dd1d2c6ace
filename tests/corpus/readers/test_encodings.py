"""Laws of encodings: the same words, whatever bytes an office wrote them in; what is no text is refused by name."""

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import DocumentError
from corpus.load import SHIPPED
from corpus.readers.encodings import decode_page, decode_text, encoding_of, refuse_binary

SIMPLIFIED = [
    "关于印发通知",
    "第一条 为规范管理，制定本办法。\r\n",
    "（一）身份证；\n（二）户口簿。\n",
    "镕喆囍𠮷 2023年",
    "云政发〔2023〕5号",
]
TRADITIONAL = [
    "關於印發通知",
    "第一條 為規範管理，制定本辦法。\r\n",
    "（一）身分證；\n（二）戶口名簿。\n",
    "臺北市政府公告",
]
MARKED = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "gb18030": b"\x84\x31\x95\x33",
}


@pytest.mark.parametrize("text", SIMPLIFIED)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-16", "utf-8-sig"])
def test_a_short_text_is_read_in_every_encoding(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize("text", TRADITIONAL)
@pytest.mark.parametrize("encoding", ["utf-8", "big5", "utf-16-le", "gb18030"])
def test_a_short_text_in_traditional_characters_is_read_in_every_encoding(text: str, encoding: str) -> None:
    assert decode_text(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize("encoding", MARKED)
def test_a_byte_order_mark_decides(encoding: str) -> None:
    assert decode_text(MARKED[encoding] + "办法".encode(encoding), "a.txt") == "办法"


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.txt")), ids=lambda path: path.stem)
def test_the_shipped_texts_are_equal_in_every_encoding(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
        assert decode_text(text.encode(encoding), "a.txt") == text


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1))
def test_any_characters_in_utf8_are_read_as_such(text: str) -> None:
    assert decode_text(text.encode(), "a.txt") == text


@given(st.binary())
def test_any_bytes_are_a_text_or_an_error_that_names_the_file(data: bytes) -> None:
    try:
        text = decode_text(data, "a.txt")
    except DocumentError as error:
        text = str(error)
        assert text.startswith("a.txt:")
    assert isinstance(text, str)


def test_bytes_of_no_encoding_are_refused_with_their_line() -> None:
    data = "一\n二\n".encode() + b"\xff\xff\xff" + "三".encode()
    with pytest.raises(DocumentError, match=r"^a\.txt:3: 第 8 个字节.*save the file as UTF-8$"):
        decode_text(data, "a.txt")


@pytest.mark.parametrize(
    ("head", "named"),
    [
        (b"PK\x03\x04", ".docx"),
        (b"%PDF-1.7", ".pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc"),
        (b"{\\rtf1", ".rtf"),
        (b"\x89PNG\r\n\x1a\n", ".png"),
        (b"\xff\xd8\xff\xe0", ".jpg"),
        (b"\x7fELF\x02\x01\x01" + bytes(9), "binary"),
        (bytes(range(256)), "binary"),
    ],
)
def test_another_format_that_is_called_a_text_is_refused_and_named(head: bytes, named: str) -> None:
    with pytest.raises(DocumentError, match=r"^a\.txt:1: 这是") as error:
        refuse_binary(head + bytes(1000) + b"\x01\x02\x03\x04" * 50, "a.txt")
    assert named in str(error.value)


@pytest.mark.parametrize(
    ("encoding", "declared", "read"),
    [
        ("gb18030", "gb2312", "gb18030"),
        ("gb18030", "utf-8", "gb18030"),
        ("utf-8", "gb2312", "utf-8"),
        ("utf-8", None, "utf-8"),
        ("big5", "utf-8", "big5"),
        ("utf-16", "gbk", "utf-16"),
    ],
)
def test_a_page_is_read_by_its_bytes_and_not_by_what_it_says(encoding: str, declared: str | None, read: str) -> None:
    text = "<p>申請居住證的條件，見第五條。</p>"
    data = text.encode(encoding)
    assert decode_page(data, declared, "a.html") == (data.decode(read), 0)


def test_a_few_broken_bytes_of_a_page_are_forgiven_and_many_are_not() -> None:
    good = "申请居住证的条件，见第五条。" * 100
    text, broken = decode_page(good.encode("gb18030") + b"\xff\xff" + good.encode("gb18030"), "gb2312", "a.html")
    assert 1 <= broken <= 3
    assert text.startswith(good)
    with pytest.raises(DocumentError, match=r"^a\.html:1: "):
        decode_page(b"\xff\xff\xfe\xff" * 100, "gb2312", "a.html")


def test_ascii_is_utf8_and_nothing_is_utf8() -> None:
    assert encoding_of(b"article 1") == "utf-8"
    assert encoding_of(b"") == "utf-8"
