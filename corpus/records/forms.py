"""Forms whose fields are explained (forms/id.yaml): for each field what to fill in, and the clauses that speak of it.

    form: open-a-company
    name: 企业开办登记
    name_en: Starting a company
    place: [哈尔滨]                       where it is used; [] = anywhere
    source: …                            whose words the tips are, and
    checked: 2026-11-30                  when somebody looked
    fields:
      - {id: business-scope, section: 基本信息, section_en: …, label: 经营范围, label_en: Business scope, kind: text,
         clauses: ["harbin-66:5"], tip: …, tip_en: …, example: …}

`options` belongs to `choice` and `checks`; `tip`, `tip_en`, `example`, `options` may be left out.
"""

from dataclasses import dataclass
from enum import StrEnum

import yaml

from corpus.corpus import Corpus
from corpus.errors import DocumentError
from corpus.records.events import read_slug
from corpus.records.nodes import Read, RecordFile
from corpus.records.quotes import Origin, read_clauses, read_origin

_SCHEMA = "the head of corpus/records/forms.py"
_FORM = {"form", "name", "name_en", "place", "source", "checked", "fields"}
_TEXTS = ("section", "section_en", "label", "label_en")
_MAYBE = ("tip", "tip_en", "example")
_FIELD = {"id", "kind", "options", "clauses", *_TEXTS, *_MAYBE}


class FieldKind(StrEnum):
    """How a field is filled in."""

    TEXT = "text"
    TEXTAREA = "textarea"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    CHECKS = "checks"


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form."""

    id: str
    section: str
    section_en: str
    label: str
    label_en: str
    kind: FieldKind
    options: tuple[str, ...]
    clauses: tuple[str, ...]  # ids of those that speak of this very field, the best first
    tip: str = ""
    tip_en: str = ""
    example: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Form:
    """A form."""

    id: str
    name: str
    name_en: str
    places: tuple[str, ...]
    origin: Origin
    fields: tuple[FormField, ...]
    file: str = ""


def read_form(data: bytes, path: str, corpus: Corpus) -> Read[Form]:
    """The form of one file, and every fault. One for places that the corpus says nothing of is left out."""
    file = RecordFile(path, _SCHEMA)
    root = file.root(data)
    if root is None:
        return (), (
            DocumentError(f"{path}:1: 文件是空的，请写一张表。the file is empty; describe a form, see {_SCHEMA}"),
        )
    faults: list[DocumentError] = []

    def read(node: yaml.Node) -> Form | None:
        entry = file.mapping(node, _FORM)
        id_ = read_slug(file, file.needed(entry, "form", node))
        name, name_en = (file.text(file.needed(entry, key, node)) for key in ("name", "name_en"))
        places = file.texts(file.needed(entry, "place", node))
        origin = read_origin(file, entry, node)
        seen: set[str] = set()
        fields, wrong = file.each(
            file.sequence(file.needed(entry, "fields", node)), lambda one: _field(file, one, corpus, seen)
        )
        faults.extend(wrong)
        known = not places or set(places) & set(corpus.places)
        return Form(id_, name, name_en, places, origin, fields, path) if known else None

    forms, wrong = file.each([root], read)
    return forms, (*wrong, *faults)


def _field(file: RecordFile, node: yaml.Node, corpus: Corpus, seen: set[str]) -> FormField:
    entry = file.mapping(node, _FIELD)
    id_ = read_slug(file, file.needed(entry, "id", node))
    if id_ in seen:
        raise file.fault(entry["id"], f"栏目 {id_} 写了两次，请留一个。", f"the field {id_!r} comes twice; keep one")
    seen.add(id_)
    kind = FieldKind(file.one_of(file.needed(entry, "kind", node), list(FieldKind)))
    if (kind in (FieldKind.CHOICE, FieldKind.CHECKS)) != ("options" in entry):
        raise file.fault(
            node,
            "只有 choice 和 checks 写 options，也必须写。",
            "`options` belongs to the kinds choice and checks, and only to them",
        )
    return FormField(
        id=id_,
        kind=kind,
        options=file.texts(entry["options"]) if "options" in entry else (),
        clauses=read_clauses(file, file.needed(entry, "clauses", node), corpus),
        line=file.line(node),
        **{key: file.text(file.needed(entry, key, node)) for key in _TEXTS},
        **{key: file.text(entry[key]) for key in _MAYBE if key in entry},
    )
