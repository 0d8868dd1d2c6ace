"""Differences as plain tables, for programs."""

from collections.abc import Iterable, Sequence

from corpus.clause import Clause, Document, Part
from corpus.library.view import Table
from corpus.lifecycle.differences import Change, Difference, Differences
from corpus.lifecycle.touched import Fate, Touched
from corpus.lifecycle.wording import Span


def differences_view(found: Differences, touched: Touched) -> Table:
    """JSON-ready. Marks are offsets into the text of the document of their side, half open."""
    return {
        "old": _document(found.old),
        "new": _document(found.new),
        "counts": {change.value: found.count(change) for change in Change},
        "clauses": [
            {**_entry(entry), "parts": [_entry(part) for part in entry.parts if part.change is not Change.SAME]}
            for entry in found.entries
        ],
        "records": [{"name": one.record.name, "line": one.record.line, **_fate(one.fate)} for one in touched.records],
        "records_kept": touched.kept,
        "questions": [
            {
                "id": one.question.id,
                "question": one.question.question,
                "quote_gone": one.quote_gone,
                "clauses": [_fate(fate) for fate in one.fates],
            }
            for one in touched.questions
        ],
    }


def _document(document: Document) -> Table:
    return {"id": document.id, "title": document.title, "number": document.number}


def _entry(entry: Difference[Clause] | Difference[Part]) -> Table:
    return {
        "change": entry.change.value,
        "old": _side(entry.old, entry.old_marks),
        "new": _side(entry.new, entry.new_marks),
    }


def _side(unit: Clause | Part | None, marks: Sequence[Span]) -> Table | None:
    if unit is None:
        return None
    return {"id": unit.id, "number": unit.number, "text": unit.text, "start": unit.start, "marks": _spans(marks)}


def _spans(marks: Iterable[Span]) -> list[list[int]]:
    return [list(span) for span in marks]


def _fate(fate: Fate) -> Table:
    return {"id": fate.id, "number": fate.number, "change": fate.change.value, "now": fate.now}
