"""Whether a clause is for somebody, and by which of its words."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.matching.truth import Truth
from corpus.clause import Clause, Part
from corpus.records.condition import ApplyRecord, Leaf


class Applicability(StrEnum):
    """What the answers say of a clause."""

    APPLIES = "applies"
    MAY = "may"  # something is open: an answer that was not given, where in a province, or what an office judges
    NOT = "not"


VERDICTS = {True: Applicability.APPLIES, None: Applicability.MAY, False: Applicability.NOT}


@dataclass(frozen=True, slots=True)
class Entry:
    """The verdict on one clause, or on one part of it where the record is of that part."""

    record: ApplyRecord
    clause: Clause
    part: Part | None
    label: str  # the address to cite, in Chinese
    place: Truth  # whether it holds in the places that were given; True where none was
    verdict: Applicability
    reasons: tuple[Leaf, ...]  # that decide: met of *applies*, open of *may*, unmet of *not*; none where the place does
    met: tuple[Leaf, ...]  # every condition that holds
    one_away: tuple[Leaf, ...]  # of which one, if it were so, would lift a *not* or settle a *may*; see `matcher`
    settled: bool  # no answer can change it: what is open is for an office to judge

    @property
    def open_to_office(self) -> bool:
        """Whether it is open and an office alone decides."""
        return self.verdict is Applicability.MAY and self.settled
