"""The plain-language layer (通俗化表述): what a clause or part gives whom, said as people say it.

A document `id.txt` may have `id.plain.yaml` beside it, a list of records that a clerk can edit:

    - clause: "26"                     the clause's number path; `parts` holds the records of its parts by number
      name: 房贷还清后网上自动注销抵押
      plain: one sentence: what it gives whom
      title_en, gist_en: the same in English
      ask: [ways people ask]           at least `LEAST_ASKED`
      ask_en: [the same in English]    at least `LEAST_ASKED_EN`
      keywords: [other words for it]
      not_ask: [questions that look near and are not answered here]    may be left out

`policyqa documents suggest` writes drafts in this form. A record with the key `draft` is one that nobody has confirmed,
and is refused; a text that is still to be written reads `UNWRITTEN`, and the check asks for it.

Nothing here is quoted to anybody as the text of a policy.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from corpus.clause import Clause
from corpus.readers.limits import read_file
from corpus.records.nodes import RecordFile

LEAST_ASKED, LEAST_ASKED_EN = 4, 2
DRAFT = "draft"  # the key of a record that nobody has confirmed
UNWRITTEN = "待写 to be written"
_TEXTS = ("name", "plain", "title_en", "gist_en")
_LISTS = ("ask", "ask_en", "keywords")
_NOT_ASKED = "not_ask"
_SCHEMA = "the head of corpus/records/record.py"
_UNCONFIRMED = (
    "这是未经确认的草稿：请改好这条记录，再删去 draft 一行。"
    "a draft that nobody has confirmed; correct the record and delete its line `draft`, or delete the record"
)


@dataclass(frozen=True, slots=True)
class PlainRecord:
    """The record of one clause or part."""

    id: str  # of the clause or part
    name: str
    plain: str
    title_en: str
    gist_en: str
    ask: tuple[str, ...]
    ask_en: tuple[str, ...]
    keywords: tuple[str, ...]
    line: int = field(repr=False)  # in its file, from 1; position is not part of the record's identity
    not_ask: tuple[str, ...] = ()  # nothing is found by these

    def lines(self) -> Iterator[tuple[str, str]]:
        """Every text of the record with the name of its field."""
        for name in _TEXTS:
            yield name, getattr(self, name)
        yield from (("ask", text) for text in self.ask)
        yield from (("ask_en", text) for text in self.ask_en)
        yield from (("keywords", text) for text in self.keywords)


def read_records(path: Path, document_id: str, clauses: Iterable[Clause]) -> dict[str, PlainRecord]:
    """Records by the id of their clause or part, in file order. Raises DocumentError naming file and line."""
    return parse_records(read_file(path, path.parent), str(path), document_id, clauses)


def parse_records(data: bytes, path: str, document_id: str, clauses: Iterable[Clause]) -> dict[str, PlainRecord]:
    """The same from the content of a file, which errors name."""
    reader = RecordFile(path, _SCHEMA)
    root = reader.root(data)
    known = {clause.id: clause for clause in clauses}
    found: dict[str, PlainRecord] = {}
    for node in reader.sequence(root) if root else ():
        entry = reader.mapping(node, {"clause", "parts", DRAFT, *_TEXTS, *_LISTS, _NOT_ASKED})
        if DRAFT in entry:
            raise reader.fault(entry[DRAFT], _UNCONFIRMED)
        clause_id = f"{document_id}:{reader.text(reader.needed(entry, 'clause', node))}"
        if clause_id not in known:
            raise reader.fault(
                node,
                f"没有条款 {clause_id}，请写条款的编号。",
                f"there is no clause {clause_id}; give the number path of a clause",
            )
        parts = {part.id for part in known[clause_id].all_parts()}
        records = [(clause_id, node, entry)]
        for number, part in reader.mapping(entry["parts"]).items() if "parts" in entry else ():
            if f"{clause_id}.{number}" not in parts:
                raise reader.fault(
                    part,
                    f"条款 {clause_id} 没有要点 {number}，请删去或改正编号。",
                    f"clause {clause_id} has no part {number}; remove it or correct its number",
                )
            records.append((f"{clause_id}.{number}", part, reader.mapping(part, {*_TEXTS, *_LISTS, _NOT_ASKED})))
        for key, where, record in records:
            if key in found:
                raise reader.fault(where, f"{key} 写了两次，请留一条。", f"{key} comes twice; keep one record")
            found[key] = _plain(reader, key, where, record)
    return found


def _plain(reader: RecordFile, key: str, node: yaml.Node, entry: Mapping[str, yaml.Node]) -> PlainRecord:
    name, plain, title_en, gist_en = (reader.text(reader.needed(entry, one, node)) for one in _TEXTS)
    lists = [reader.texts(reader.needed(entry, one, node)) for one in _LISTS]
    not_ask = reader.texts(entry[_NOT_ASKED]) if _NOT_ASKED in entry else ()
    ask, ask_en, keywords = lists
    return PlainRecord(key, name, plain, title_en, gist_en, ask, ask_en, keywords, reader.line(node), not_ask)
