"""Where one can turn (channels.yaml): what a clause names, in its words, and what the office adds, with its source.

    - {clause: "harbin-66:19", kind: 线上, name: …, name_en: …, quote: “哈尔滨市人社”公众号}
    - {place: [], kind: 热线, name: …, name_en: …, phone: "12345", hours: always, source: …, checked: 2026-11-30}

`clause` (one or a list) and `place` (short names; [] = everywhere) may both stand there. A channel with a quote has its
name from the text; `phone`, `url`, `address` and `hours` that do not stand in it need `source` and `checked`.
"""

from dataclasses import dataclass
from enum import StrEnum

import yaml

from corpus.clause import Clause
from corpus.corpus import Corpus
from corpus.places.gazetteer import load_gazetteer
from corpus.records.hours import Hours, read_hours
from corpus.records.nodes import Read, RecordFile
from corpus.records.quotes import Origin, Quote, find_clause, read_origin, read_quote

_SCHEMA = "the head of corpus/records/channels.py"
_OFFICE = ("phone", "url", "address", "hours")
_KEYS = {"clause", "place", "kind", "name", "name_en", "quote", "source", "checked", *_OFFICE}


class ChannelKind(StrEnum):
    """How one turns there."""

    ONLINE = "线上"
    WINDOW = "窗口"
    HOTLINE = "热线"
    VIDEO = "视频"


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to turn somewhere."""

    kind: ChannelKind
    name: str
    name_en: str
    clauses: tuple[str, ...] = ()  # ids of the matters it is for; () = every matter
    places: tuple[str, ...] = ()  # () = those of its clauses, or everywhere
    quote: Quote | None = None
    phone: str = ""
    url: str = ""
    address: str = ""
    hours: Hours | None = None
    origin: Origin | None = None
    line: int = 0


def read_channels(data: bytes, path: str, corpus: Corpus) -> Read[Channel]:
    """The channels in order, and every fault. Those of clauses that are not in the corpus are left out."""
    file = RecordFile(path, _SCHEMA)
    root = file.root(data)
    return file.each(file.sequence(root) if root else [], lambda node: _channel(file, node, corpus))


def _channel(file: RecordFile, node: yaml.Node, corpus: Corpus) -> Channel | None:
    entry = file.mapping(node, _KEYS)
    clauses = _clauses(file, entry["clause"], corpus) if "clause" in entry else []
    if "clause" in entry and not clauses:
        return None
    if "quote" in entry and len(clauses) != 1:
        raise file.fault(node, "引文只属于一条条款，请写出是哪一条。", "a quote belongs to one clause; name it")
    quote = read_quote(file, entry["quote"], clauses[0]) if "quote" in entry else None
    said = quote.text if quote else ""
    if "url" in entry and not file.text(entry["url"]).startswith(("https://", "http://")):
        raise file.fault(
            entry["url"], "这里要写网址，以 https:// 开头。", "a web address is expected here; begin it with https://"
        )
    office = any(key in entry and not (key == "phone" and file.text(entry[key]) in said) for key in _OFFICE)
    needs_origin = quote is None or office or "source" in entry
    return Channel(
        kind=ChannelKind(file.one_of(file.needed(entry, "kind", node), list(ChannelKind))),
        name=file.text(file.needed(entry, "name", node)),
        name_en=file.text(file.needed(entry, "name_en", node)),
        clauses=tuple(clause.id for clause in clauses),
        places=_places(file, entry["place"]) if "place" in entry else (),
        quote=quote,
        hours=read_hours(file, entry["hours"]) if "hours" in entry else None,
        origin=read_origin(file, entry, node) if needs_origin else None,
        line=file.line(node),
        **{key: file.text(entry[key]) for key in ("phone", "url", "address") if key in entry},
    )


def _places(file: RecordFile, node: yaml.Node) -> tuple[str, ...]:
    """Places by their short names: 合肥市 is 合肥."""
    for one in file.sequence(node):
        if not load_gazetteer().named(name := file.text(one)):
            raise file.fault(
                one,
                f"没有叫“{name}”的地方，请写省、市或区县，如 合肥。",
                f"no place is called {name!r}; give a province, city or district, as 合肥",
            )
    return load_gazetteer().short_names(file.texts(node))


def _clauses(file: RecordFile, node: yaml.Node, corpus: Corpus) -> list[Clause]:
    nodes = [node] if isinstance(node, yaml.ScalarNode) else file.sequence(node)
    found = (find_clause(file, one, file.text(one), corpus) for one in nodes)
    return [clause for clause in found if clause]
