"""A clause for a field that nobody has mapped, by retrieval over its label, section and options, or none.

A section finds its clause under any label: 姓名 in the section 首贷申请 would get the clause about first loans. So the
field is looked up twice, with its section and without, and of what comes first under the section both must be sure.
"""

from dataclasses import dataclass

from assistant.guidance.asked import FieldAsked
from assistant.retrieval.result import Lookup
from assistant.service import Assistant
from index.retriever import Hit


@dataclass(frozen=True, slots=True)
class Near:
    """The clause nearest to a field, with the look-up that found it."""

    found: Lookup
    hit: Hit
    confidence: float  # that it is about the field, with the section and without, 0..1


def guess(asked: FieldAsked, assistant: Assistant) -> Near | None:
    """The clause nearest to a field; None where none is near enough. Raises InputError for what cannot be read."""
    near = nearest(asked, assistant)
    return near if near and near.confidence >= assistant.thresholds.field_guess else None


def nearest(asked: FieldAsked, assistant: Assistant) -> Near | None:
    """The first clause under the section, however near; None where nothing is found. Raises as `guess` does."""
    queries = [query for query in asked.queries(assistant.settings.max_question) if query]
    found = [assistant.look_up(query, jurisdiction=asked.places) for query in queries]
    if not found or not found[-1].result.hits:
        return None
    first = found[-1].result.hits[0]
    return Near(found[-1], first, min(_confidence(one, first, assistant) for one in found))


def _confidence(found: Lookup, hit: Hit, assistant: Assistant) -> float:
    """How sure one look-up is of this clause, 0..1; 0 where it did not find it, or a number in a label reads as one."""
    if found.reading.refusal is not None or found.reading.references.names_clause:
        return 0.0
    mine = next((one for one in found.result.hits if one.clause.id == hit.clause.id), None)
    return assistant.judge.confidence(found.result, mine) if mine else 0.0
