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
from corpus.errors import DocumentError
from corpus.readers.limits import read_file

LEAST_ASKED, LEAST_ASKED_EN = 4, 2
DRAFT = "draft"  # the key of a record that nobody has confirmed
UNWRITTEN = "待写 to be written"
_TEXTS = ("name", "plain", "title_en", "gist_en")
_LISTS = ("ask", "ask_en", "keywords")
_NOT_ASKED = "not_ask"
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
    try:
        root = yaml.compose(data.decode("utf-8"), yaml.SafeLoader)
    except UnicodeDecodeError as error:
        raise DocumentError(f"{path}:1: cannot be read ({error}); save it as UTF-8") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        problem = getattr(error, "problem", None) or getattr(error, "reason", error)
        raise DocumentError(f"{path}:{line}: not YAML ({problem}); correct this line") from error
    except RecursionError as error:
        raise DocumentError(f"{path}:1: lists too deep to be read; write a list of records") from error
    known = {clause.id: clause for clause in clauses}
    reader = _Reader(path)
    found: dict[str, PlainRecord] = {}
    for node in reader.sequence(root) if root else ():
        entry = reader.mapping(node, {"clause", "parts", DRAFT, *_TEXTS, *_LISTS, _NOT_ASKED})
        if DRAFT in entry:
            raise reader.fault(entry[DRAFT], _UNCONFIRMED)
        clause_id = f"{document_id}:{reader.text(reader.needed(entry, 'clause', node))}"
        if clause_id not in known:
            raise reader.fault(node, f"there is no clause {clause_id}; give the number path of a clause")
        parts = {part.id for part in known[clause_id].all_parts()}
        records = [(clause_id, node, entry)]
        for number, part in reader.mapping(entry["parts"]).items() if "parts" in entry else ():
            if f"{clause_id}.{number}" not in parts:
                raise reader.fault(part, f"clause {clause_id} has no part {number}; remove it or correct its number")
            records.append((f"{clause_id}.{number}", part, reader.mapping(part, {*_TEXTS, *_LISTS, _NOT_ASKED})))
        for key, where, record in records:
            if key in found:
                raise reader.fault(where, f"{key} comes twice; keep one record")
            found[key] = reader.plain(key, where, record)
    return found


class _Reader:
    """Typed access to YAML nodes, so that a fault can name its line."""

    def __init__(self, path: str) -> None:
        self._path = path

    def fault(self, node: yaml.Node, message: str) -> DocumentError:
        return DocumentError(f"{self._path}:{node.start_mark.line + 1}: {message}")

    def sequence(self, node: yaml.Node) -> list[yaml.Node]:
        if not isinstance(node, yaml.SequenceNode):
            raise self.fault(node, "a list is expected; begin each entry with a dash")
        return list(node.value)

    def mapping(self, node: yaml.Node, allowed: set[str] | None = None) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            raise self.fault(node, "`key: value` lines are expected here; see the head of corpus/records/record.py")
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = self.text(key)
            if name in found or (allowed is not None and name not in allowed):
                problem = "comes twice" if name in found else "is unknown"
                raise self.fault(key, f"the key {name!r} {problem}; see the head of corpus/records/record.py")
            found[name] = value
        return found

    def text(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip() or node.tag.endswith(":null"):
            raise self.fault(node, "a text is expected here; write one, in quotes where it holds a colon")
        return str(node.value).strip()

    def needed(self, entry: Mapping[str, yaml.Node], key: str, node: yaml.Node) -> yaml.Node:
        if key not in entry:
            raise self.fault(node, f"the key {key!r} is missing; add it")
        return entry[key]

    def plain(self, key: str, node: yaml.Node, entry: Mapping[str, yaml.Node]) -> PlainRecord:
        name, plain, title_en, gist_en = (self.text(self.needed(entry, one, node)) for one in _TEXTS)
        lists = [self.sequence(self.needed(entry, one, node)) for one in _LISTS]
        lists.append(self.sequence(entry[_NOT_ASKED]) if _NOT_ASKED in entry else [])
        ask, ask_en, keywords, not_ask = (tuple(self.text(item) for item in items) for items in lists)
        line = node.start_mark.line + 1
        return PlainRecord(key, name, plain, title_en, gist_en, ask, ask_en, keywords, line, not_ask)
