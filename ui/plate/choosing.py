"""Which matters get a plate: those of a document, of a life event, of a place, or common to several of these."""

from dataclasses import dataclass
from datetime import date

from assistant.service import Assistant
from corpus.clause import Clause
from ui.document.narrowing import applies_in


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked for; without any of the three, nothing."""

    document: str = ""
    event: str = ""
    place: str = ""
    parts: bool = False  # whether the parts of each clause get plates too

    @property
    def is_made(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.document or self.event or self.place)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The clauses in order, and how many were left out because they do not hold."""

    clauses: tuple[Clause, ...]
    left_out: int = 0


def chosen(choice: Choice, assistant: Assistant, day: date) -> Chosen:
    """The clauses that are asked for and hold on the day. Raises NotFoundError for an unknown document or event."""
    if not choice.is_made:
        return Chosen(())
    corpus = assistant.corpus
    clauses = (
        [corpus.clause(id_) for id_ in assistant.services.event(choice.event).clauses]
        if choice.event
        else list(corpus.browsable.clauses)
    )
    if choice.document:
        document = corpus.document(choice.document)
        clauses = [clause for clause in clauses if clause.document_id == document.id]
    if choice.place:
        clauses = [clause for clause in clauses if applies_in(clause, choice.place)]
    set_aside = corpus.validities.set_aside(day)
    holding = tuple(clause for clause in clauses if clause.document_id not in set_aside)
    return Chosen(holding, len(clauses) - len(holding))
