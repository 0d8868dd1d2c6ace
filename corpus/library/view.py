"""A preview as JSON, for programs and for the clerk's page."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from corpus.clause import Clause, Part
from corpus.library.preview import Preview

Table = dict[str, Any]


def preview_view(seen: Preview) -> Table:
    """Everything of a preview; offsets are into the document's text, half open, `coverage` is 0..1.

    `outside` is all that no clause holds, `unplaced` what of it should be in one, `missing` the facts to be stated.
    """
    document, text = seen.read.document, seen.read.document.text
    return {
        "id": document.id,
        "file": seen.upload.file_name,
        "format": seen.format,
        "title": document.title,
        "facts": list(facts_view(seen)),
        "clauses": [_clause(clause) for clause in seen.read.clauses],
        "coverage": round(seen.read.coverage, 4),
        "outside": [{"start": start, "end": end, "text": text[start:end].strip()} for start, end in seen.read.outside],
        "unplaced": [{"start": start, "end": end, "text": text[start:end]} for start, end in seen.read.unplaced],
        "missing": list(seen.missing),
        "errors": list(seen.errors),
        "warnings": list(seen.warnings),
        "versions": [
            {"likeness": one.likeness, "documents": [{"id": other.id, "title": other.title} for other in one.documents]}
            for one in seen.versions
        ],
    }


def facts_view(seen: Preview) -> Iterator[Table]:
    """Every fact with where it comes from: `toml`, what somebody has written down, wins over `text`."""
    written = {one.name for one in fields(seen.metadata) if getattr(seen.metadata, one.name) not in (None, ())}
    for key in sorted(written):
        yield {"key": key, "value": _value(getattr(seen.metadata, key)), "origin": "toml", "used": True}
    for draft in seen.drafts:
        yield {
            "key": draft.key,
            "value": _value(draft.value),
            "origin": "text",
            "used": draft.is_sure and draft.key not in written,
            "confidence": round(draft.confidence, 2),
            "evidence": draft.evidence,
            "start": draft.start,
            "end": draft.end,
        }


def _clause(clause: Clause) -> Table:
    return {
        "id": clause.id,
        "number": clause.number,
        "title": clause.title,
        "path": list(clause.path),
        "jurisdiction": list(clause.jurisdiction),
        "start": clause.start,
        "end": clause.end,
        "length": len(clause.text),
        "parts": _parts(clause.parts),
    }


def _parts(parts: Sequence[Part]) -> list[Table]:
    return [
        {
            "id": part.id,
            "number": part.number,
            "start": part.start,
            "end": part.end,
            "length": len(part.text),
            "parts": _parts(part.parts),
        }
        for part in parts
    ]


def _value(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
