"""A document as bytes and back. What a clause or a part says is cut from the document again, not kept twice."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from corpus.clause import Clause, Part
from corpus.parsed import ParsedDocument

if TYPE_CHECKING:
    from pydantic import TypeAdapter


def pack_document(parsed: ParsedDocument) -> bytes:
    """The bytes of a document. Raises ValueError where it holds what no JSON can (half of a surrogate pair)."""
    bare = ParsedDocument(parsed.document, tuple(map(_without_text, parsed.clauses)), ())
    return _adapter().dump_json(bare, exclude_defaults=True)


def unpack_document(data: bytes) -> ParsedDocument:
    """The document, equal by value but for its warnings. Raises ValueError where the bytes are none."""
    found = _adapter().validate_json(data)
    text = found.document.text
    return replace(found, clauses=tuple(_with_text(clause, text) for clause in found.clauses))


def _without_text(clause: Clause) -> Clause:
    return replace(clause, text="", parts=tuple(map(_part_without_text, clause.parts)))


def _part_without_text(part: Part) -> Part:
    return replace(part, text="", parts=tuple(map(_part_without_text, part.parts)))


def _with_text(clause: Clause, text: str) -> Clause:
    return replace(clause, text=text[clause.start : clause.end], parts=_parts_with_text(clause.parts, text))


def _parts_with_text(parts: Iterable[Part], text: str) -> tuple[Part, ...]:
    return tuple(
        replace(part, text=text[part.start : part.end], parts=_parts_with_text(part.parts, text)) for part in parts
    )


@cache
def _adapter() -> "TypeAdapter[ParsedDocument]":
    from pydantic import TypeAdapter  # noqa: PLC0415  (a corpus is mostly read without it)

    return TypeAdapter(ParsedDocument)
