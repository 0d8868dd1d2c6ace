"""What the page shows of a file: its lines, and what lies where, by line.

Offsets into a text count characters, as Python does; a browser counts otherwise. So everything is told by line.
"""

from bisect import bisect_right
from collections.abc import Iterator

from corpus.clause import Clause, Part
from corpus.drafts import Draft as Stated
from corpus.library.preview import Preview
from corpus.library.view import Table, preview_view
from corpus.readers.source import LineKind
from ui.library.drafts import Form
from ui.library.form import KEYS, as_text, mistakes

_EXCERPT = 40  # characters of a part that its entry shows


def file_view(seen: Preview, form: Form) -> Table:
    """A preview as programs get it, with lines, faults by line, and the facts as a form."""
    lines = _Lines(seen)
    view = preview_view(seen)
    for clause, table in zip(seen.read.clauses, view["clauses"], strict=True):
        lines.place(clause, table, clause.body_start)
    return {
        **view,
        "parts": sum(len(clause.all_parts()) for clause in seen.read.clauses),
        "lines": list(lines.tables()),
        "faults": list(faults(seen)),
        "form": list(form_view(seen, form, lines)),
    }


def faults(seen: Preview) -> Iterator[Table]:
    """Errors, then warnings: `line` counts from 1 and is null for what concerns the file as a whole.

    `fact` is the key of the one that has to be stated, null for all else.
    """
    missing = {message: key for key, message in seen.missing.items()}
    known = {str(one): one for one in seen.read.diagnostics}
    for severity, messages in (("error", seen.errors), ("warning", seen.warnings)):
        for message in messages:
            one = known.get(message)
            yield {
                "severity": severity,
                "line": one.line if one else None,
                "fact": missing.get(message),
                "message": one.message if one else message.removeprefix(f"{seen.upload.where}:1: "),
            }


def form_view(seen: Preview, form: Form, lines: "_Lines") -> Iterator[Table]:
    """Every fact as it was typed, and what the text states of it."""
    stated = {one.key: one for one in seen.drafts}
    wrong = {one.key: one.reason for one in mistakes(form)}
    for key in KEYS:
        yield {
            "key": key,
            "value": form.values.get(key, ""),
            "checked": key in form.checked,
            "mistake": wrong.get(key),
            "stated": _stated(stated[key], lines) if key in stated else None,
        }


def _stated(one: Stated, lines: "_Lines") -> Table:
    return {
        "value": as_text(one.key, one.value),
        "evidence": one.evidence,
        "confidence": round(one.confidence, 2),
        "sure": one.is_sure,
        "line": None if one.start is None else lines.at(one.start),
    }


class _Lines:
    """The lines of a text, counted from 1; what each belongs to: the innermost clause or part, else a role."""

    def __init__(self, seen: Preview) -> None:
        self._source = seen.read.source
        self._text = seen.read.document.text
        self._starts = [0]
        for line in self._source.lines:
            self._starts.append(self._starts[-1] + len(line.text) + 1)
        self._holder: list[str | None] = [None] * len(self._source.lines)
        self._role: list[str | None] = [None] * len(self._source.lines)
        for node in seen.read.outline.root.walk():  # an outer one before those inside it
            for number in range(self.at(node.start), self.at(max(node.end - 1, node.start)) + 1):
                self._role[number - 1] = node.kind
        self._unplaced = {self.at(start) for start, _ in seen.read.unplaced}
        for clause in sorted(seen.read.clauses, key=lambda one: one.start):
            self._claim(clause)
            for part in clause.all_parts():
                self._claim(part)

    def at(self, offset: int) -> int:
        """The line that holds an offset."""
        return min(max(bisect_right(self._starts, offset), 1), len(self._holder))

    def place(self, one: Clause | Part, table: Table, body: int) -> None:
        """Say of a clause or part, and of the parts inside it, where it lies; the clause's words begin at `body`."""
        table["first"], table["last"] = self.at(one.start), self.at(max(one.end - 1, one.start))
        if isinstance(one, Part):
            table["title"] = self._excerpt(one, body)
        for part, inner in zip(one.parts, table["parts"], strict=True):
            self.place(part, inner, body)

    def tables(self) -> Iterator[Table]:
        for number, line in enumerate(self._source.lines, 1):
            holder, role = self._holder[number - 1], self._role[number - 1]
            is_furniture = line.kind is LineKind.FURNITURE
            yield {
                "text": line.text,
                "kind": line.kind,
                "level": line.level,
                "page": line.anchor.page,
                "table": line.anchor.table,
                "doubtful": line.doubtful,
                "holder": None if is_furniture else holder,
                "role": "furniture" if is_furniture else None if holder else role,
                "unplaced": number in self._unplaced,
            }

    def _claim(self, one: Clause | Part) -> None:
        first, last = self.at(one.start), self.at(max(one.end - 1, one.start))
        for number in range(first, last + 1):
            begins_before = one.start <= self._starts[number - 1]
            if begins_before or self._holder[number - 1] is None or self._begins_with(one, number):
                self._holder[number - 1] = one.id

    def _begins_with(self, one: Clause | Part, number: int) -> bool:
        """Whether only blanks stand before it on its line."""
        return not self._text[self._starts[number - 1] : one.start].strip()

    def _excerpt(self, part: Part, body: int) -> str:
        words = " ".join(self._text[max(part.start, body) : part.end].split())
        for opening in (part.number, f"{part.number}、"):
            words = words.removeprefix(opening).lstrip("、.．，, ")
        return words[:_EXCERPT]
