"""A draft of the plain sentence of a clause's record, which a clerk has to confirm before anybody reads it."""

from assistant.phrasing.endpoint import Endpoint, EndpointError
from assistant.phrasing.gate import accept
from assistant.phrasing.prompt import for_record
from assistant.phrasing.reply import RefusedError
from corpus.clause import Clause

_LONGEST = 1500  # characters of a clause that a sentence is asked for


def drafted(clause: Clause, endpoint: Endpoint) -> str:
    """What the model says of a clause, where the gate lets it through; else nothing, and the clerk writes it."""
    if len(clause.text) > _LONGEST:
        return ""
    try:
        sentences = accept(endpoint.complete(for_record(clause.text)), {1: clause.text})
    except (EndpointError, RefusedError):
        return ""
    return "".join(f"{one.text}。" for one in sentences)
