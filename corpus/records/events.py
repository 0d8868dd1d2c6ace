"""Life events (一件事, events.yaml): what people set out to do, in steps, each with the clauses that help.

- id: start-a-company
  name: 开一家公司
  name_en: Start a company
  who: 想开公司、开店的人
  who_en: People who want to start a company
  ordered: false          the steps are cases in no order; may be left out where one follows the other
  steps:
    - {name: 领执照，连水电气热一起报, name_en: …, clauses: ["harbin-66:2"]}
"""

import re
from dataclasses import dataclass

import yaml

from corpus.corpus import Corpus
from corpus.records.nodes import Read, RecordFile
from corpus.records.quotes import read_clauses

_SCHEMA = "the head of corpus/records/events.py"
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an event."""

    name: str
    name_en: str
    clauses: tuple[str, ...]  # ids, in order


@dataclass(frozen=True, slots=True)
class Event:
    """What people set out to do."""

    id: str
    name: str
    name_en: str
    who: str
    who_en: str
    steps: tuple[Step, ...]
    line: int
    ordered: bool = True  # whether one step follows the other; else they are cases, of which one may be the reader's

    @property
    def clauses(self) -> tuple[str, ...]:
        """The ids of all its clauses, each once, in order of the steps."""
        return tuple(dict.fromkeys(id_ for step in self.steps for id_ in step.clauses))


def read_events(data: bytes, path: str, corpus: Corpus) -> Read[Event]:
    """The events in order, and every fault.

    Steps none of whose clauses is in the corpus, and events without a step, are left out.
    """
    file = RecordFile(path, _SCHEMA)
    root = file.root(data)
    seen: set[str] = set()

    def read(node: yaml.Node) -> Event | None:
        entry = file.mapping(node, {"id", "name", "name_en", "who", "who_en", "ordered", "steps"})
        id_ = read_slug(file, file.needed(entry, "id", node))
        if id_ in seen:
            raise file.fault(
                entry["id"], f"一件事 {id_} 写了两次，请留一个。", f"the event {id_!r} comes twice; keep one"
            )
        seen.add(id_)
        words = {key: file.text(file.needed(entry, key, node)) for key in ("name", "name_en", "who", "who_en")}
        steps = [_step(file, one, corpus) for one in file.sequence(file.needed(entry, "steps", node))]
        kept = tuple(step for step in steps if step.clauses)
        ordered = "ordered" not in entry or file.truth(entry["ordered"])
        return Event(id=id_, steps=kept, line=file.line(node), ordered=ordered, **words) if kept else None

    return file.each(file.sequence(root) if root else [], read)


def read_slug(file: RecordFile, node: yaml.Node) -> str:
    """A name that may stand in an address."""
    if not SLUG.fullmatch(text := file.text(node)):
        raise file.fault(
            node,
            f"{text} 不能用在网址里，请用小写字母、数字和连字符。",
            f"{text!r} may not stand in an address; write lower-case letters, digits and hyphens",
        )
    return text


def _step(file: RecordFile, node: yaml.Node, corpus: Corpus) -> Step:
    entry = file.mapping(node, {"name", "name_en", "clauses"})
    name, name_en = (file.text(file.needed(entry, key, node)) for key in ("name", "name_en"))
    return Step(name, name_en, read_clauses(file, file.needed(entry, "clauses", node), corpus))
