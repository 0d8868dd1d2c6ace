"""Results with made-up hits."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.question.understand import QuestionReader
from assistant.retrieval.candidates import candidates
from assistant.retrieval.result import RetrievalResult
from assistant.retrieval.retrieve import without_hits
from corpus.clause import Clause
from index.retriever import Hit


def hit(place: str, score: float, number: int = 1) -> Hit:
    """A clause that applies in this place, or, without one, nobody knows where."""
    name = f"{place}:{number}"
    jurisdiction = (place,) if place else ()
    return Hit(Clause(name, place, str(number), name, (), name, 0, 1, jurisdiction=jurisdiction), score)


def found(reader: QuestionReader, text: str, hits: Sequence[Hit], **changes: object) -> RetrievalResult:
    """A result of a question with made-up hits, best first."""
    reading = reader.read(text)
    result = replace(without_hits(reading, candidates(reading)[0]), hits=list(hits))
    return replace(result, **changes)  # type: ignore[arg-type]
