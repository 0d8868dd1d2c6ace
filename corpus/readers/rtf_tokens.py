"""The parts an RTF file is written in: groups, control words, and text as bytes of some code page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"\\([A-Za-z]{1,32})(-?\d{1,10})? ?"
    r"|((?:\\'[0-9A-Fa-f]{2})+)"
    r"|\\(.)"
    r"|([{}])"
    r"|[\r\n]+"
    r"|([^\\{}\r\n]+)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One of: a control word with its number, a control sign, a brace, a stretch of text."""

    word: str = ""
    number: int | None = None
    sign: str = ""
    brace: str = ""
    text: bytes = b""


def tokens(data: bytes) -> Iterator[Token]:
    """The tokens in order; what stands between them and is none is passed over."""
    source = data.decode("latin-1")
    at = 0
    while at < len(source):
        match = _TOKEN.match(source, at)
        if match is None:  # a lone backslash at the very end
            return
        at = match.end()
        word, number, codes, sign, brace, text = match.groups()
        if word == "bin":
            at += max(int(number or 0), 0)
        elif word:
            yield Token(word=word, number=None if number is None else int(number))
        elif codes:
            yield Token(text=bytes.fromhex(codes.replace("\\'", "")))
        elif sign:
            yield Token(sign=sign)
        elif brace:
            yield Token(brace=brace)
        elif text:
            yield Token(text=text.encode("latin-1"))
