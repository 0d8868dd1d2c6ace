"""The states of a gap and the moves between them."""

from collections.abc import Mapping
from enum import StrEnum

from corpus.errors import InputError


class State(StrEnum):
    """How far a gap is."""

    OPEN = "open"  # nobody has it yet
    TAKEN = "taken"  # somebody has
    WRITTEN = "written"  # a record, a word or a term has been written for it, in the library's working copy
    WANTED = "wanted"  # a document is missing, and has been asked for
    OUT_OF_SCOPE = "out_of_scope"  # no matter of this office
    PUBLISHED = "published"  # what was written, or the document, is in service
    RETESTED = "retested"  # its questions were asked again, and answered
    CLOSED = "closed"


# Whoever retests moves from published to retested, or back; a question that comes after closing opens again.
MOVES: Mapping[State, tuple[State, ...]] = {
    State.OPEN: (State.TAKEN, State.WANTED, State.OUT_OF_SCOPE),
    State.TAKEN: (State.WRITTEN, State.WANTED, State.OUT_OF_SCOPE, State.OPEN),
    State.WRITTEN: (State.PUBLISHED, State.TAKEN),
    State.WANTED: (State.PUBLISHED, State.TAKEN),
    State.OUT_OF_SCOPE: (State.CLOSED, State.TAKEN),
    State.PUBLISHED: (State.RETESTED, State.TAKEN),
    State.RETESTED: (State.CLOSED, State.TAKEN),
    State.CLOSED: (State.OPEN,),
}

MERGEABLE = (State.OPEN, State.TAKEN)  # nothing that was written is lost when such a gap is merged into another


def check_move(before: State, after: State) -> None:
    """Raises InputError, which names the moves that there are, for one that there is not."""
    if after not in MOVES[before]:
        allowed = "、".join(MOVES[before])
        raise InputError(
            f"不能从 {before} 改为 {after}，可改为 {allowed}。No way from {before} to {after}; go to {allowed}.",
            "state",
        )
