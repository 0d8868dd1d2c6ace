"""The texts of a clause that get a vector of their own, and whose they are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.clause import Clause

FIELDS = ("text", "part", "passage", "name", "plain", "title_en", "gist_en", "ask", "ask_en", "keywords")
STRETCH = 250  # characters of a passage, as the encoder was trained on (evaluation._WINDOW)
_NAMING = 3  # columns at the left of a table that say what a row is about
_LONGEST_NAME = 40  # characters of a cell that does
_SENTENCE = re.compile(r"[^。；;!?！？\n]*[。；;!?！？\n]|[^。；;!?！？\n]+$")


class Passage(NamedTuple):
    """A text to encode, of the clause at this position and, unless negative, of its part."""

    clause: int
    part: int
    field: str  # of FIELDS
    text: str


@dataclass(frozen=True, slots=True)
class PassageOwners:
    """Whose each vector is: passage p belongs to clause `clause[p]` and, unless negative, to its part `part[p]`."""

    clause: NDArray[np.int32]  # [passages], ascending
    part: NDArray[np.int32]  # [passages]
    field: NDArray[np.int8]  # [passages], positions in FIELDS


def owners_of(passages: Sequence[Passage]) -> PassageOwners:
    """The owners of passages in order of their clauses."""
    return PassageOwners(
        np.array([passage.clause for passage in passages], np.int32),
        np.array([passage.part for passage in passages], np.int32),
        np.array([FIELDS.index(passage.field) for passage in passages], np.int8),
    )


def passages_of(clauses: Sequence[Clause]) -> list[Passage]:
    """The texts of every clause: the whole, then each part under the clause's title.

    A long clause without parts is encoded by its stretches as well: the mean of a whole page says little.
    """
    found: list[Passage] = []
    for c, clause in enumerate(clauses):
        whole = clause.text if clause.title in clause.text else f"{clause.title}\n{clause.text}"
        if clause.cells:  # a row says nothing without what its table is about
            whole = "\n".join((*clause.path[-1:], clause.title))
        found.append(Passage(c, -1, "text", whole))
        found.extend(Passage(c, -1, "passage", cell) for cell in _cells(clause))
        found.extend(Passage(c, p, "part", f"{clause.title}\n{part.text}") for p, part in enumerate(clause.all_parts()))
        if not clause.parts:
            found.extend(Passage(c, -1, "passage", stretch) for stretch in stretches(clause.text))
    return found


def _cells(clause: Clause) -> list[str]:
    """Of a row: each cell behind the first, with what its table, its row and its head are called."""
    found: list[str] = []
    named = list(clause.path[-1:])
    for column, (head, cell) in enumerate(clause.cells):
        if column or len(clause.cells) == 1:
            found.append(" ".join((*named, head, cell)))
        if column < _NAMING and len(cell) <= _LONGEST_NAME and not cell.isdecimal():
            named.append(cell)
    return found


def stretches(text: str) -> list[str]:
    """Consecutive stretches of whole sentences, about `STRETCH` characters each; none for a text of twice that."""
    if len(text) <= 2 * STRETCH:
        return []
    found = [""]
    for sentence in _SENTENCE.findall(text):
        if found[-1] and len(found[-1]) + len(sentence) > STRETCH:
            found.append("")
        found[-1] += sentence
    return found
