"""The inverse of a label: which clauses and parts a text names, read with the tables the parser uses.

    第三条第一款（二）项 · 附件1第一条 · 典型案例 一、（三）四是 · 33条 34条 · law:3.1.2 · Article 3(2)

A number is an address where it stands for itself, or in 第…条 that nothing else governs: 3条生产线 and 1.5万元 are
counts, and the articles of a text that is not held are not ours.
"""

import re
from collections.abc import Sequence

from corpus.addresses.book import Admits, walk
from corpus.addresses.clause_references import ClauseReferences
from corpus.addresses.findings import Choose
from corpus.addresses.grammar import parts_named
from corpus.addresses.names import DocumentName
from corpus.addresses.reader import Reader
from corpus.clause import Clause, Part
from corpus.corpus import Corpus
from corpus.text.characters import fold


def only_one(candidates: Sequence[Clause]) -> Sequence[Clause]:
    """The clause where it is the only one that a number fits, else none."""
    return candidates if len(candidates) == 1 else ()


def read_references(
    text: str,
    corpus: Corpus,
    *,
    admits: Admits = lambda _: True,
    choose: Choose = only_one,
    names: Sequence[DocumentName] | None = None,
) -> ClauseReferences:
    """Every clause and part that the text names, among the clauses that `admits`; `choose` decides between several.

    `names` are the documents named in it, where somebody has looked for them; else titles and numbers are.
    """
    return Reader(text, corpus, admits, choose, names).read()


def read_parts(text: str, clause: Clause) -> tuple[str, ...]:
    """The ids of the parts of one clause that the text names by number alone: 第二点和第四点."""
    parts = (walk(clause, [step]) for step, _ in parts_named(fold(text)))
    return tuple(dict.fromkeys(part.id for part in parts if isinstance(part, Part)))


def contains_id(text: str, corpus: Corpus) -> bool:
    """Whether a text holds the id of a clause, or of one that its document might have."""
    folded = fold(text)
    return any(corpus.address_book.id_at(text, folded, match.start()) for match in re.finditer(":", folded))
