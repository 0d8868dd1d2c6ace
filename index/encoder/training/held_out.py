"""Rows that no training may see: whole documents and questions on which others choose and measure.

`held_out.txt` lists digests, so that the texts themselves stay outside the project. `sources.read_rows` leaves the
rows out, so that no source, no derived file and not even the tokenizer learns from them.
"""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

LIST = Path(__file__).with_name("held_out.txt")
FIELDS = ("q", "p", "text")
_LENGTH = 16  # hex digits


def digest_of(text: str) -> str:
    """Sixteen hex digits of SHA-256 over the text without white space."""
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()[:_LENGTH]


@cache
def digests() -> frozenset[str]:
    """The digests of the list."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def is_held_out(row: Mapping[str, Any]) -> bool:
    """Whether the row's question, passage or text is in the list."""
    return any(isinstance(text := row.get(field), str) and digest_of(text) in digests() for field in FIELDS)
