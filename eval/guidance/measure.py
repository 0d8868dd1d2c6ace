"""Fields of forms, each labelled with the clauses that speak of it: is the right one first, and is silence kept?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.guidance.asked import FieldAsked
from assistant.guidance.guess import nearest
from assistant.guidance.guide import Guide
from assistant.messages import messages
from assistant.service import Assistant
from eval.questions.rows import read_rows

FIELDS = Path(__file__).parent / "fields.jsonl"


@dataclass(frozen=True, slots=True)
class LabelledField:
    """One field. `clauses` are ids, any of which may come first; none: nothing may be shown."""

    id: str
    asked: FieldAsked
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What was shown first for a field; None: nothing."""

    field: LabelledField
    first: str | None

    @property
    def right(self) -> bool:
        """The right clause, or rightly none."""
        return self.first in self.field.clauses if self.field.clauses else self.first is None


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts: of the fields with a clause those whose right one came first, of the others those given one."""

    right: int
    answerable: int
    wrong_help: int
    silent: int

    def __str__(self) -> str:
        right, wrong = _share(self.right, self.answerable), _share(self.wrong_help, self.silent)
        return f"right clause first {right}, wrong help {wrong}"


def read_fields(path: Path = FIELDS) -> tuple[LabelledField, ...]:
    """The fields of a file: {id, form?, field?, section, label, options, place, clauses}. Raises QuestionFileError."""
    return tuple(
        LabelledField(
            id=row["id"],
            asked=FieldAsked(
                field=row.get("field") or "",
                form=row.get("form") or "",
                label=row["label"],
                section=row.get("section") or "",
                options=tuple(row.get("options") or ()),
                places=_places(row.get("place")),
            ),
            clauses=tuple(row["clauses"]),
        )
        for _, row in read_rows(path)
    )


def mapped(fields: Sequence[LabelledField], assistant: Assistant) -> list[Shown]:
    """What the forms say of those fields that stand on one of them."""
    forms = assistant.services.form_by_id
    known = [
        one
        for one in fields
        if one.asked.form in forms and any(f.id == one.asked.field for f in forms[one.asked.form].fields)
    ]
    return _shown(known, assistant)


def unmapped(fields: Sequence[LabelledField], assistant: Assistant) -> list[Shown]:
    """What is guessed for all of these fields, as if they stood on no form that is known."""
    return _shown([replace(one, asked=replace(one.asked, form="", field="")) for one in fields], assistant)


def at_thresholds(
    fields: Sequence[LabelledField], assistant: Assistant, values: Sequence[float]
) -> dict[float, Figures]:
    """The figures of guesses under each threshold."""
    found = [(one, nearest(one.asked, assistant)) for one in fields]
    return {
        value: figures(
            [Shown(one, near.hit.clause.id if near and near.confidence >= value else None) for one, near in found]
        )
        for value in values
    }


def figures(shown: Sequence[Shown]) -> Figures:
    """The counts over these fields."""
    answerable = [one for one in shown if one.field.clauses]
    silent = [one for one in shown if not one.field.clauses]
    return Figures(
        sum(one.right for one in answerable), len(answerable), sum(not one.right for one in silent), len(silent)
    )


def _shown(fields: Sequence[LabelledField], assistant: Assistant) -> list[Shown]:
    guide, words = Guide(assistant), messages("zh")
    helped = ((one, guide.help(one.asked, words)) for one in fields)
    return [Shown(one, about.clauses[0].clause.id if about.clauses else None) for one, about in helped]


def _places(place: object) -> tuple[str, ...]:
    """A list of places, or one as a text."""
    if isinstance(place, str):
        return (place,) if place else ()
    return tuple(place) if isinstance(place, list) else ()


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} {part / whole:.3f}" if whole else "none"
