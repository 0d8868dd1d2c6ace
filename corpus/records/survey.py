"""What the records of a corpus cover, and everything that is wrong with them: `policyqa records check`.

Faults are what a reader refuses, what can never be right (an English text in Chinese, a day in the future) and what the
plain-language records say beyond their clause. Warnings are what somebody should look at.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from corpus.clause import Clause
from corpus.corpus import Corpus
from corpus.errors import DocumentError
from corpus.load import SHIPPED
from corpus.readers.folder import SERVICES, find_files
from corpus.readers.limits import read_file
from corpus.reading import document_id
from corpus.records.check import coverage, faults
from corpus.records.condition import Condition, Leaf
from corpus.records.nodes import RecordFile
from corpus.records.services import FILES, FOLDERS, Services
from corpus.text.characters import HAN, has_han

_STALE = timedelta(days=366)
_LASTING = "holidays.yaml"  # what was looked up once stays true
_HAN, _LETTERS = re.compile(f"[{HAN}]"), re.compile(r"[A-Za-z]")
_BRACKETED = re.compile(r"[(（][^()（）]*[)）]")  # where English gives the Chinese term
_EXPLAINING = ("tip_en", "help_en")  # these may quote what is printed on a form, as long as most of it is English
_WRITTEN = re.compile(r"(.*?):(\d+): (.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a line of a file."""

    file: str
    line: int  # from 1
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Covered:
    """How many clauses of one document each family speaks of."""

    document: str
    clauses: int
    plain: int
    parts: tuple[int, int]  # with a plain-language record, of all
    conditions: int
    events: int
    forms: int
    channels: int
    guides: int


@dataclass(frozen=True, slots=True)
class Survey:
    """The records of a corpus, looked at."""

    documents: tuple[Covered, ...]
    counts: Mapping[str, Any]  # of what belongs to no one document: questions, events, forms, fields …
    left_out: tuple[Remark, ...]  # entries about documents that are not in the corpus
    warnings: tuple[Remark, ...]
    faults: tuple[Remark, ...]
    unreached: tuple[str, ...] = field(default=())  # clauses that no event leads to


def survey(corpus: Corpus, services: Services, folder: Path | None, today: date) -> Survey:
    """Look at everything beside the documents of `folder`, the shipped ones without one."""
    found: dict[str, list[Remark]] = {"left_out": [], "warnings": [], "faults": []}
    found["faults"] += [*map(_remark, services.faults), *_plain_faults(corpus, SHIPPED if folder is None else folder)]
    for path in services.files:
        for kind, remark in _looked_through(path, corpus, today):
            found[kind].append(remark)
    found["faults"] += _twice(services)
    found["warnings"] += [*_unasked(services), *_unread(SHIPPED if folder is None else folder)]
    reached = {id_ for event in services.events for step in event.steps for id_ in step.clauses}
    return Survey(
        tuple(_covered(corpus, services, reached)),
        _counts(services),
        unreached=tuple(clause.id for clause in corpus.clauses if clause.id not in reached) if reached else (),
        **{kind: tuple(remarks) for kind, remarks in found.items()},
    )


def _unread(folder: Path) -> Iterator[Remark]:
    """Files of the sub-folder that nothing reads: a slip in the name, and the shipped file counts instead."""
    for path in find_files(folder).services:
        name = path.relative_to(folder / SERVICES).as_posix()
        if name not in FILES and not name.startswith(FOLDERS):
            known = "、".join((*FILES, *(f"{one}*.yaml" for one in FOLDERS)))
            yield Remark(
                str(path), 1, f"没有读这个文件，请改成这些名字之一：{known}。not read; give it one of these names"
            )


def _remark(error: DocumentError) -> Remark:
    match = _WRITTEN.fullmatch(str(error))
    return Remark(match[1], int(match[2]), match[3]) if match else Remark("", 1, str(error))


def _plain_faults(corpus: Corpus, folder: Path) -> Iterator[Remark]:
    files = {document_id(file.path): file.records for file in find_files(folder).documents}
    for fault in faults(corpus):
        clause, _ = corpus.find(fault.id)
        yield Remark(str(files.get(clause.document_id)), fault.line, f"{fault.id}：{fault.message}")


def _covered(corpus: Corpus, services: Services, reached: set[str]) -> Iterator[Covered]:
    spoken: dict[str, set[str]] = {
        "conditions": {record.clause_id for record in services.conditions},
        "events": reached,
        "forms": {id_ for form in services.forms for one in form.fields for id_ in one.clauses},
        "channels": {id_ for channel in services.channels for id_ in channel.clauses},
        "guides": {id_ for guide in services.guides for id_ in guide.clauses},
    }
    for plain in coverage(corpus):
        clauses: list[Clause] = [clause for clause in corpus.clauses if clause.document_id == plain.document]
        counted = {family: sum(clause.id in ids for clause in clauses) for family, ids in spoken.items()}
        yield Covered(plain.document, len(clauses), plain.clauses[0], plain.parts, **counted)


def _counts(services: Services) -> Mapping[str, Any]:
    fields = [one for form in services.forms for one in form.fields]
    return {
        "questions": len(services.profile),
        "conditions": len(services.conditions),
        "leaves": sum(1 for record in services.conditions for _ in leaves(record.needs)),
        "events": len(services.events),
        "steps": sum(len(event.steps) for event in services.events),
        "forms": len(services.forms),
        "fields": len(fields),
        "fields_with_clauses": sum(bool(one.clauses) for one in fields),
        "channels": len(services.channels),
        "guides": len(services.guides),
        "departments": len(services.departments),
        "holidays": [year.year for year in services.holidays],
    }


def leaves(condition: Condition) -> Iterator[Leaf]:
    """Every single condition, in order."""
    if isinstance(condition, Leaf):
        yield condition
    else:
        for need in condition.needs:
            yield from leaves(need)


def _looked_through(path: Path, corpus: Corpus, today: date) -> Iterator[tuple[str, Remark]]:
    """What can be told of a line of YAML from its key alone, whatever family it belongs to."""
    if path.suffix.lower() not in (".yaml", ".yml"):
        return
    file = RecordFile(str(path), "")
    try:
        root = file.root(read_file(path, path.parent))
    except DocumentError:
        return  # its reader has said so
    for key, node in _texts(root) if root else ():
        lasts = path.name == _LASTING
        if told := _told(key, node.value.strip(), corpus, None if lasts else today - _STALE, today):
            yield told[0], Remark(str(path), file.line(node), told[1])


def _told(key: str, text: str, corpus: Corpus, stale: date | None, today: date) -> tuple[str, str] | None:
    """The kind of remark and its words; `stale` is the last day of a check that is too old."""
    if key in ("clause", "clauses") and (id_ := text.rpartition(":")[0]) and id_ not in corpus.documents_by_id:
        return "left_out", f"{text}：文件库没有 {id_}。{id_} is not in the library"
    if (key == "en" or key.endswith("_en")) and _is_chinese(key, text):
        return "faults", f"{key} 里有中文，请译成英文。Chinese in an English text; translate “{text}”"
    if key == "checked" and (day := _day(text)):
        if day > today:
            return "faults", f"{day} 还没有到，请改正。is in the future; write the day of the check"
        if stale and day < stale:
            return "warnings", f"{day} 核对至今已过一年，请再核对。more than a year ago; check it again"
    return None


def _is_chinese(key: str, text: str) -> bool:
    """Whether an English text holds Chinese that is no term in brackets."""
    outside = _BRACKETED.sub("", text)
    if key in _EXPLAINING:
        return 2 * len(_HAN.findall(outside)) > len(_LETTERS.findall(outside))
    return has_han(outside)


def _texts(root: yaml.Node) -> Iterator[tuple[str, yaml.ScalarNode]]:
    """Every text with the key that it, or the list that it is in, stands under; in order, and no node twice."""
    waiting: list[tuple[str, yaml.Node]] = [("", root)]
    seen: set[int] = set()
    while waiting:
        key, node = waiting.pop()
        if id(node) in seen:  # an alias
            continue
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            yield key, node
        elif isinstance(node, yaml.SequenceNode):
            waiting += [(key, one) for one in reversed(node.value)]
        elif isinstance(node, yaml.MappingNode):
            waiting += [(getattr(name, "value", ""), one) for name, one in reversed(node.value)]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None  # its reader has said so


def _twice(services: Services) -> Iterator[Remark]:
    """Forms of one id in two files: only one of them would ever be shown."""
    first: dict[str, str] = {}
    for form in services.forms:
        if form.id in first:
            message = f"表单 {form.id} 在 {first[form.id]} 里已有，请改名。has the id of another form; rename one"
            yield Remark(form.file, 1, message)
        first.setdefault(form.id, form.file)


def _unasked(services: Services) -> Iterator[Remark]:
    """Questions that nothing is decided by, not even whether another one is put."""
    needed = {leaf.key for record in services.conditions for leaf in leaves(record.needs)}
    for question in reversed(services.profile):
        if question.key in needed:
            needed |= {key for key, _ in question.when}
    file = next((str(path) for path in services.files if path.name == "profile.yaml"), "profile.yaml")
    for question in services.profile if services.conditions else ():
        if question.key not in needed:
            yield Remark(
                file, question.line, f"没有条件用到 {question.key}。no condition asks it; leave it out, or use it"
            )
