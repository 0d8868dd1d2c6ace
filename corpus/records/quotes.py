"""What every record beside a clause is bound by: the clause it names is there, and what it quotes stands in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import yaml

from corpus.clause import Clause, Part
from corpus.corpus import Corpus
from corpus.records.nodes import RecordFile


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a clause. Law: `document.text[start:end] == text`."""

    clause_id: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the office has something from that no clause says, and the day on which somebody looked."""

    source: str
    checked: date


def find_clause(file: RecordFile, node: yaml.Node, id_: str, corpus: Corpus) -> Clause | None:
    """The clause of this id; None where its document is not in the corpus. Raises DocumentError for a wrong number."""
    clause = corpus.clause_by_id(id_)
    if clause is None and id_.rpartition(":")[0] in corpus.documents_by_id:
        raise file.fault(
            node,
            f"没有条款 {id_}，请改正编号。",
            f"there is no clause {id_}; correct the number, see `policyqa documents show`",
        )
    return clause


def read_clauses(file: RecordFile, node: yaml.Node, corpus: Corpus) -> tuple[str, ...]:
    """The ids of a list of clauses; those whose document is not in the corpus are left out."""
    found = ((one, find_clause(file, one, file.text(one), corpus)) for one in file.sequence(node))
    return tuple(clause.id for _, clause in found if clause)


def read_quote(file: RecordFile, node: yaml.Node, clause: Clause, part: Part | None = None) -> Quote:
    """Words that stand in the clause, or in one part of it, character for character."""
    text, within = file.text(node), part or clause
    at = within.text.find(text)
    if at < 0:
        raise file.fault(
            node,
            f"{within.id} 里没有“{text}”，请照原文逐字抄。",
            f"“{text}” does not stand in {within.id}; copy the words as they are printed there",
        )
    return Quote(clause.id, text, within.start + at, within.start + at + len(text))


def read_origin(file: RecordFile, entry: Mapping[str, yaml.Node], node: yaml.Node) -> Origin:
    """`source` and `checked`, which all that is not quoted carries."""
    source, checked = (file.needed(entry, key, node) for key in ("source", "checked"))
    return Origin(file.text(source), file.day(checked))
