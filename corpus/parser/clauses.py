"""From an outline to clauses: addresses, titles, headings above, places."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.clause import Clause, Document, Part
from corpus.metadata import Metadata
from corpus.parser.clause_ids import Address, Division, Namer
from corpus.parser.heading import Marker, Style, match_marker
from corpus.parser.node import Kind, Node
from corpus.places.gazetteer import load_gazetteer

_PAUSE = re.compile(r"[，,。；;：:！？!?\n]")
_BEFORE = re.compile(r"\A(?:[\s、，,：:.．。；;#*]|(?:问|答|[QA]\d{0,3})\s*[：:])*")
_ITEMS = (Style.HAN_BRACKET, Style.DIGIT, Style.DIGIT_BRACKET, Style.CIRCLED)
_WRAP = re.compile(r"(?<=[^\n]{20})\n(?![\s（(①-⑳]|\d+[.．、])")  # a full line that runs on in the next
_LONGEST = 500  # how far the first sentence is looked for
_QUOTED = {"“": "”", "《": "》", "「": "」", "（": "）", "(": ")", "【": "】"}
_NAMED = re.compile(r"\s*(?:【([^】]{1,30})】|[（(]([^）)]{1,30})[）)])")
_GENRE = re.compile(
    r"(通知|意见|通告|公告|公报|决定|决议|命令|办法|方案|措施|批复|函|报告|细则|规定|规则|规程|条例|章程|计划|规划|预案|要点|指南|清单)"
    r"(?:[（(].*[）)])?$"
)
_PLACE_AT_START = re.compile(r"(?:【([^【】]{2,20})】|([^【】（）()，,。：:]{2,20})[：:])")
_PLACE_AT_END = re.compile(r"()[（(]([^（）()]{2,20})[）)][。.]?$")


@dataclass(frozen=True, slots=True)
class _Scope:
    """What holds for every clause below a heading."""

    division: Division
    markers: tuple[Marker, ...] = ()
    path: tuple[str, ...] = ()
    jurisdiction: tuple[str, ...] = ()


def read_clauses(document: Document, root: Node, metadata: Metadata) -> tuple[Clause, ...]:
    """All clauses of a document, in the order of its text; ids are unique."""
    return tuple(_Reader(document, root, metadata).clauses())


@dataclass(slots=True)
class _Reader:
    document: Document
    root: Node
    metadata: Metadata
    _ids: Namer = field(default_factory=Namer)

    def clauses(self) -> Iterator[Clause]:
        attachments = [node for node in self.root.children if node.kind is Kind.ATTACHMENT]
        citable = [node for node in attachments if any(child.kind is Kind.CLAUSE for child in node.walk())]
        main = citable[0] if citable and self.metadata.main == "attachment" else None
        body = Division(self.root, "0.", _genre(self.document.title)) if main else Division(self.root, "", "")
        places = self.document.jurisdiction
        yield from self._below(self.root, _Scope(body, jurisdiction=places))
        for node in attachments:
            title = self._attachment_title(node)
            main_division = Division(node, "", self.metadata.attachment or "")
            division = main_division if node is main else self._second(node, title)
            yield from self._below(node, _Scope(division, (), (title,) if title else (), places))

    def _second(self, node: Node, title: str) -> Division:
        """The numbering of an attachment (附件1 一、, a1.1) or of an enclosed text (办法 第一条, e1.1)."""
        key = node.marker.key if node.marker else "1"
        if node.marker and node.marker.style is Style.ENCLOSURE:
            return Division(node, f"e{key}.", _genre(title))
        return Division(node, f"a{key}.", node.marker.label if node.marker else "")

    def _attachment_title(self, node: Node) -> str:
        titles = [self._print(child) for child in node.children if child.kind is Kind.TITLE]
        return "".join(titles) or next((self._print(c) for c in node.children if c.kind is Kind.HEADING), "")

    def _print(self, node: Node) -> str:
        return self.document.text[node.start : node.end]

    def _below(self, parent: Node, scope: _Scope) -> Iterator[Clause]:
        numbered = False
        for node in parent.children:
            if node.kind is Kind.SECTION and node.marker:
                heading = self._print(node.children[0]).replace("\n", "")
                name = heading[node.marker.length :].strip()
                places = self._places(name, scope.jurisdiction, group=True)
                path = (*scope.path, heading.strip("#*").strip().rstrip("。：:"))
                yield from self._below(node, _Scope(scope.division, (*scope.markers, node.marker), path, places))
            elif node.kind is Kind.CLAUSE:
                yield self._clause(node, scope, scope.division.address(node, scope.markers, closing=numbered))
            numbered = numbered or node.marker is not None

    def _clause(self, node: Node, scope: _Scope, address: Address) -> Clause:
        clause_id = self._ids.unique(f"{self.document.id}:{address.key}")
        title = self._title(node, scope)
        return Clause(
            id=clause_id,
            document_id=self.document.id,
            number=address.number,
            title=title,
            path=scope.path,
            text=self._print(node),
            start=node.start,
            end=node.end,
            jurisdiction=self._places(self._heading(node, title), scope.jurisdiction, group=False),
            parts=tuple(self._parts(node, clause_id, "")),
        )

    def _heading(self, node: Node, title: str) -> str:
        """The words that may name the places of a clause: its heading line, a name before a colon, or its title."""
        named = bool(node.children) and node.children[0].kind is Kind.HEADING
        end = node.children[0].end if named else min(node.end, node.start + _LONGEST)
        words = self.document.text[node.start + (node.marker.length if node.marker else 0) : end].strip()
        return words if named or _PLACE_AT_START.match(words) else title

    def _parts(self, node: Node, prefix: str, number: str) -> Iterator[Part]:
        """The parts below a node, a part before those inside it; a nested one is numbered 第二款（三）."""
        for child in node.children:
            if child.kind is Kind.PART and child.marker:
                part_id = self._ids.unique(f"{prefix}.{child.marker.key}")
                label = number + child.marker.label
                yield Part(part_id, label, self._print(child), child.start, child.end)
                yield from self._parts(child, part_id, label)

    def _title(self, node: Node, scope: _Scope) -> str:
        if node.marker is None and scope.markers:
            above = match_marker(scope.path[-1])
            return _named_only(scope.path[-1][above.length if above else 0 :]) or scope.path[-1]
        first = node.children[0] if node.children else None
        start = node.start + (node.marker.length if node.marker else 0)
        if first and first.kind is Kind.HEADING:
            heading = _named_only(self.document.text[start : first.end])
            if heading:
                return first_sentence(heading) if _NAMED.fullmatch(heading) else heading.rstrip("。：:；;")
        sentence = first_sentence(self.document.text[start : min(node.end, start + _LONGEST)])
        return sentence or (node.marker.label if node.marker else self._print(node))

    def _places(self, heading: str, places: Sequence[str], *, group: bool) -> tuple[str, ...]:
        """The places of what a heading names: a group's 「合肥自选事项」 replaces, a 「（合肥市）」 at its end adds."""
        gazetteer = load_gazetteer()
        if group:
            home = self.document.jurisdiction
            named = [place for place in gazetteer.at_start(heading) if not home or gazetteer.lies_within(place, home)]
            if named:
                return tuple(place.name for place in named)
        brackets = (_PLACE_AT_START.match(heading), _PLACE_AT_END.search(heading))
        added = [place.name for found in brackets if found for place in gazetteer.named_by(found[1] or found[2])]
        return tuple(dict.fromkeys((*places, *added)))


def _named_only(text: str) -> str:
    """The words without what stands before them: punctuation, 问：, the number of a first item."""
    while True:
        text = _BEFORE.sub("", text, count=1).rstrip(" \n*")
        marker = match_marker(text)
        if marker is None or marker.style not in _ITEMS or text[marker.length : marker.length + 1].isdigit():
            return text
        text = text[marker.length :]


def _genre(title: str) -> str:
    found = _GENRE.search(title)
    return found[1] if found else "正文"


def first_sentence(text: str) -> str:
    """The words up to the first pause outside quotes and brackets; a name in brackets before them stands for them."""
    text = _named_only(_WRAP.sub("", text))
    named = _NAMED.match(text)
    if named:
        return str(named[1] or named[2]).strip()
    closing: list[str] = []
    for index, character in enumerate(text):
        if closing and character == closing[-1]:
            closing.pop()
        elif character in _QUOTED:
            closing.append(_QUOTED[character])
        elif not closing and _PAUSE.match(character):
            return text[:index].strip()
    return text
