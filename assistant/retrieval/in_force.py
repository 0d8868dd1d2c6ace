"""What holds comes first: a text that is not in force is looked at only where no other one answers."""

from collections.abc import Callable
from dataclasses import replace

from assistant.answer import Reason
from assistant.question.question import Reading
from assistant.retrieval.result import Lookup, share_of
from corpus.corpus import Corpus
from corpus.validity import Standing

_AS_NEAR = 0.6  # share of the score of a repealed clause from which one of its successor is on the same matter
_SILENT = (Reason.NOT_IN_DOCUMENTS, Reason.OUT_OF_SCOPE)  # what another text may make good


def in_force_first(reading: Reading, look_up: Callable[[Reading], Lookup], corpus: Corpus) -> Lookup:
    """What the texts in force say; where they are silent, what one says that no longer is, or is not yet.

    A draft never answers by itself. The text that replaced another one speaks for it, even where it says less.
    """
    found = look_up(reading)
    if found.reason not in _SILENT or reading.documents or reading.refusal or reading.law.include_repealed:
        return found
    set_aside = corpus.validities.set_aside(reading.law.as_of)
    others = frozenset(id_ for id_, standing in set_aside.items() if standing is not Standing.DRAFT)
    if not others or reading.references.names_clause:
        return found
    beside = look_up(replace(reading, admitted=others))
    if beside.reason is not None:
        return found
    return replace(found, confidence=beside.confidence, reason=None) if _speaks_for(found, beside, corpus) else beside


def _speaks_for(found: Lookup, beside: Lookup, corpus: Corpus) -> bool:
    """Whether the nearest clause in force is of the text that replaced the other, and nearly as near the question."""
    if not found.result.hits:
        return False
    best, older = found.result.hits[0], beside.result.hits[0]
    validity = corpus.validities.of(older.clause.document_id, found.reading.law.as_of)
    return validity.replaced_by == best.clause.document_id and best.score >= share_of(older.score, _AS_NEAR)
