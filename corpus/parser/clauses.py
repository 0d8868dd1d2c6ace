"""From an outline to clauses: addresses, titles, headings above, places."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.clause import Clause, Document, Part
from corpus.metadata import Metadata
from corpus.numbering import HeadingNumber, NumberingStyle, match_number
from corpus.parser.clause_ids import COVER, Address, BodyNumbering, UniqueIds
from corpus.parser.covering import find_main, printed_title
from corpus.parser.node import Kind, Node
from corpus.parser.sequence import is_counted
from corpus.parser.tables import row_title
from corpus.parser.words import alternatives
from corpus.places.gazetteer import Place, load_gazetteer

_PAUSE = re.compile(r"[，,。；;：:！？!?\n]")
_BEFORE = re.compile(
    r"\A(?:[\s、，,：:.．。；;#*]|(?:问题?|解?答|回答|[QA])\s*[\d一二三四五六七八九十]{0,3}\s*[：:]|【[问答]】)*"
)
_ITEMS = (NumberingStyle.HAN_BRACKET, NumberingStyle.DIGIT, NumberingStyle.DIGIT_BRACKET, NumberingStyle.CIRCLED)
_WRAP = re.compile(r"(?<=[^\n]{20})\n(?![\s（(①-⑳]|\d+[.．、])")  # a full line that runs on in the next
_LONGEST = 500  # how far the first sentence is looked for
_QUOTED = {"“": "”", "《": "》", "「": "」", "（": "）", "(": ")", "【": "】"}
_NAMED = re.compile(r"\s*(?:【([^】]{1,30})】|[（(]([^）)]{1,30})[）)])")
_GENRE = re.compile(rf"({alternatives('genres')})(?:[（(].{{0,80}}[）)])?$")
_PLACE_AT_START = re.compile(r"(?:【([^【】]{2,20})】|([^【】（）()，,。：:]{2,20})[：:])")
_PLACE_AT_END = re.compile(r"()[（(]([^（）()]{2,20})[）)][。.]?$")


@dataclass(frozen=True, slots=True)
class _Scope:
    """What holds for every clause below a heading."""

    division: BodyNumbering
    markers: tuple[HeadingNumber, ...] = ()
    path: tuple[str, ...] = ()
    jurisdiction: tuple[str, ...] = ()
    bare: str = ""  # the heading without a number that stands directly above


def read_clauses(document: Document, root: Node, metadata: Metadata) -> tuple[Clause, ...]:
    """All clauses of a document, in the order of its text; ids are unique."""
    return tuple(_Reader(document, root, metadata).clauses())


@dataclass(slots=True)
class _Reader:
    document: Document
    root: Node
    metadata: Metadata
    _ids: UniqueIds = field(default_factory=UniqueIds)
    _genres: Counter[str] = field(default_factory=Counter)  # of the enclosed texts so far
    _numbers: Counter[str] = field(default_factory=Counter)  # of the clauses so far

    def clauses(self) -> Iterator[Clause]:
        attachments = [node for node in self.root.children if node.kind is Kind.ATTACHMENT]
        main = find_main(self.root, attachments, self.document, self.metadata.main)
        body = BodyNumbering(self.root, COVER, self._cover_name(main)) if main else BodyNumbering(self.root, "", "")
        places = self.document.jurisdiction
        yield from self._below(self.root, _Scope(body, jurisdiction=places))
        for node in attachments:
            title = printed_title(node, self.document.text)
            main_division = BodyNumbering(node, "", self.metadata.attachment or "")
            division = main_division if node is main else self._second(node, title)
            path = (title,) if title and _squeezed(title) not in _squeezed(self.document.title) else ()
            yield from self._below(node, _Scope(division, (), path, places))

    def _cover_name(self, main: Node) -> str:
        """What the notice is called that only transmits `main`: 通知, 决定."""
        title, text = self.document.title, self.document.text
        own = printed_title(self.root, text) if title == printed_title(main, text) else title
        return _genre(own, "印发文")

    def _second(self, node: Node, title: str) -> BodyNumbering:
        """The numbering of an attachment (附件1 一、, a1.1) or of an enclosed text (办法 第一条, e1.1)."""
        key = node.marker.key if node.marker else "1"
        if node.marker and node.marker.style is NumberingStyle.ENCLOSURE:
            name = _genre(title, node.marker.label)
            self._genres[name] = count = self._genres[name] + 1
            return BodyNumbering(node, f"e{key}.", name if count == 1 else node.marker.label)
        return BodyNumbering(node, f"a{key}.", node.marker.label if node.marker else "")

    def _print(self, node: Node) -> str:
        return self.document.text[node.start : node.end]

    def _below(self, parent: Node, scope: _Scope) -> Iterator[Clause]:
        numbered = False
        for node in parent.children:
            if node.kind is Kind.SECTION and node.marker_style is NumberingStyle.BARE:
                heading = self._print(node.children[0]).strip("：: ")
                places = self._places(heading, scope.jurisdiction, group=True)
                yield from self._below(
                    node, replace(scope, path=(*scope.path, heading), jurisdiction=places, bare=heading)
                )
            elif node.kind is Kind.SECTION and node.marker:
                heading = self._print(node.children[0]).replace("\n", "")
                name = heading[node.marker.length :].strip()
                places = self._places(name, scope.jurisdiction, group=True)
                path = (*scope.path, heading.strip("#*?？+").strip().rstrip("。：:"))
                yield from self._below(node, _Scope(scope.division, (*scope.markers, node.marker), path, places))
            elif node.kind is Kind.CLAUSE:
                yield self._clause(node, scope, scope.division.address(node, scope.markers, closing=numbered))
            numbered = numbered or is_counted(node)

    def _clause(self, node: Node, scope: _Scope, address: Address) -> Clause:
        clause_id = self._ids.unique(f"{self.document.id}:{address.key}")
        title = self._title(node, scope)
        if scope.bare and scope.bare not in title:
            title = f"{scope.bare}：{title}"
        self._numbers[address.number] += 1
        return Clause(
            id=clause_id,
            document_id=self.document.id,
            number=address.number,
            title=title,
            path=scope.path,
            text=self._print(node),
            start=node.start,
            end=node.end,
            jurisdiction=self._own_places(node, title, scope.jurisdiction),
            parts=self._parts(node, clause_id),
            number_length=node.marker.length if node.marker else 0,
            numbers=address.numbers,
            division=scope.division.name,
            division_number=scope.division.marker,
            repeat=self._numbers[address.number],
            cells=node.cells,
        )

    def _own_places(self, node: Node, title: str, places: Sequence[str]) -> tuple[str, ...]:
        """The places of a clause: one inside the document's that is its whole heading, or the only one in its row."""
        heading = self._heading(node, title)
        names = [cell for _, cell in node.cells] if node.cells else [heading]
        inside = [place for name in names if (place := self._inside(name))]
        return (inside[0].name,) if len(inside) == 1 else self._places(heading, places, group=False)

    def _inside(self, name: str) -> Place | None:
        """The place of this name that lies inside those of the document, and is none of them."""
        home, gazetteer = self.document.jurisdiction, load_gazetteer()
        meant = [one for one in gazetteer.named(name.strip("：: ")) if one.name not in home]
        within = [one for one in meant if gazetteer.lies_within(one, home)]
        return within[0] if len(within) == 1 else None

    def _heading(self, node: Node, title: str) -> str:
        """The words that may name the places of a clause: its heading line, a name before a colon, or its title."""
        named = bool(node.children) and node.children[0].kind is Kind.HEADING
        end = node.children[0].end if named else min(node.end, node.start + _LONGEST)
        words = self.document.text[node.start + (node.marker.length if node.marker else 0) : end].strip()
        return words if named or _PLACE_AT_START.match(words) else title

    def _parts(self, node: Node, prefix: str) -> tuple[Part, ...]:
        """The parts of a clause or part, each with its own below it; ids go on from `prefix`."""
        parts: list[Part] = []
        for child in node.children:
            if child.kind is Kind.PART and child.marker:
                part_id = self._ids.unique(f"{prefix}.{child.marker.key}")
                inside = self._parts(child, part_id)
                words = self._print(child)
                parts.append(Part(part_id, child.marker.label, words, child.start, child.end, child.marker, inside))
        return tuple(parts)

    def _title(self, node: Node, scope: _Scope) -> str:
        if node.cells:
            return row_title(node.cells)
        if node.marker is None and scope.markers and not scope.bare:
            above = match_number(scope.path[-1])
            begin = above.length if above else 0
            if scope.markers[-1].style is NumberingStyle.DECIMAL:
                begin = scope.markers[-1].length
            return _named_only(scope.path[-1][begin : begin + _LONGEST]) or scope.path[-1]
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


def _squeezed(title: str) -> str:
    return re.sub(r"[《》〈〉\s]", "", title)


def _named_only(text: str) -> str:
    """The words without what stands before them: punctuation, 问：, the number of a first item."""
    while True:
        text = _BEFORE.sub("", text, count=1).rstrip(" \n*")
        marker = match_number(text)
        if marker is None or marker.style not in _ITEMS or text[marker.length : marker.length + 1].isdigit():
            return text
        text = text[marker.length :]


def _genre(title: str, unknown: str = "正文") -> str:
    found = _GENRE.search(title)
    return found[1] if found else unknown


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
