"""How a matter is done (guides/*.yaml): the office's own words, each with where it has them from. Empty as shipped.

    clause: "harbin-66:1"              or a list of clauses
    name: 企业跨区迁移
    name_en: Moving a company to another district
    conditions: {text: …, source: …, checked: 2026-11-30}     also materials, process, time_limit, fee

A text may be a list of lines, and may stand in English beside it as `text_en`. What is missing is shown as not stated.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import yaml

from corpus.corpus import Corpus
from corpus.errors import DocumentError
from corpus.records.nodes import Read, RecordFile
from corpus.records.quotes import Origin, find_clause, read_origin

_SCHEMA = "the head of corpus/records/guides.py"


class Aspect(StrEnum):
    """What a guide tells of a matter, in the order in which it is shown."""

    CONDITIONS = "conditions"
    MATERIALS = "materials"
    PROCESS = "process"
    TIME_LIMIT = "time_limit"
    FEE = "fee"


@dataclass(frozen=True, slots=True)
class Told:
    """What an office says of one aspect."""

    lines: tuple[str, ...]
    origin: Origin
    lines_en: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guide:
    """How the matter of some clauses is done."""

    name: str
    name_en: str
    clauses: tuple[str, ...]
    told: Mapping[Aspect, Told]
    file: str


def read_guide(data: bytes, path: str, corpus: Corpus) -> Read[Guide]:
    """The guide of one file, and every fault. One of clauses that are not in the corpus is left out."""
    file = RecordFile(path, _SCHEMA)
    root = file.root(data)
    if root is None:
        return (), (
            DocumentError(
                f"{path}:1: 文件是空的，请写一件事怎么办。the file is empty; describe a matter, see {_SCHEMA}"
            ),
        )

    def read(node: yaml.Node) -> Guide | None:
        entry = file.mapping(node, {"clause", "name", "name_en", *Aspect})
        where = file.needed(entry, "clause", node)
        nodes = [where] if isinstance(where, yaml.ScalarNode) else file.sequence(where)
        clauses = [clause.id for one in nodes if (clause := find_clause(file, one, file.text(one), corpus))]
        name, name_en = (file.text(file.needed(entry, key, node)) for key in ("name", "name_en"))
        told = {aspect: _told(file, entry[aspect]) for aspect in Aspect if aspect in entry}
        if not told:
            raise file.fault(
                node,
                f"这里什么也没有写，请写 {'、'.join(Aspect)} 之一。",
                f"nothing is told here; give one of {', '.join(Aspect)}",
            )
        return Guide(name, name_en, tuple(clauses), told, path) if clauses else None

    return file.each([root], read)


def _told(file: RecordFile, node: yaml.Node) -> Told:
    entry = file.mapping(node, {"text", "text_en", "source", "checked"})
    lines = _lines(file, file.needed(entry, "text", node))
    return Told(lines, read_origin(file, entry, node), _lines(file, entry["text_en"]) if "text_en" in entry else ())


def _lines(file: RecordFile, node: yaml.Node) -> tuple[str, ...]:
    return file.texts(node) if isinstance(node, yaml.SequenceNode) else (file.text(node),)
