"""What one paragraph holds: its text as shown, and what hangs on it: notes, text boxes."""

import re
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from corpus.readers.word.number_formats import format_number
from corpus.readers.word.package import Element, qn
from corpus.readers.word.styles import Styles, child, descend, switched, value
from corpus.readers.word.symbols import shown, sign

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_PICTURES = ("{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata")
_RELATION = (qn("r:embed"), qn("r:link"), qn("r:id"))
_SPACES = re.compile(r"[\t\r\n]")
_ENCLOSED = re.compile(r"\s*eq\s*\\o(?:\\[a-z]+)*\s*\([○〇◯]\s*[,，;；]\s*([^()\\]{1,4})\)\s*", re.IGNORECASE)
_DEEPEST = 50  # fields inside one another
_CONTAINERS = ("w:ins", "w:moveTo", "w:hyperlink", "w:smartTag", "w:customXml", "w:dir", "w:bdo", "w:fldSimple")


@dataclass(slots=True)
class Inline:
    """The content of a paragraph."""

    pieces: list[str] = field(default_factory=list)  # of its text; line ends where it breaks a line
    below: list[Element] = field(default_factory=list)  # content of text boxes and notes, in the order met
    in_contents: bool = False  # part of a table of contents that Word made

    @property
    def text(self) -> str:
        """The text as shown, without its number."""
        return "".join(self.pieces)


@dataclass(slots=True)
class _Field:
    instruction: list[str] = field(default_factory=list)
    in_result: bool = False
    is_contents: bool = False
    box: str = ""  # the sign of a form's check box


class InlineReader:
    """Reads paragraphs in their order: a field may begin in one and end in another."""

    def __init__(self, styles: Styles, notes: dict[str, dict[str, Element]]) -> None:
        """`notes` holds the notes by their ids, under the name of what refers to them; each is given once."""
        self._styles = styles
        self._notes = notes
        self._fields: deque[_Field] = deque(maxlen=_DEEPEST)
        self._hidden = False
        self._hidden_by_style = False
        self._font = ""
        self._found = Inline()
        self.left_out: Counter[str] = Counter()
        readers: dict[str, Callable[[Element], None]] = {
            **{qn(name): self._children for name in _CONTAINERS},
            qn("w:r"): self._run,
            qn("w:t"): self._text,
            qn("w:sdt"): self._control,
            qn("w:tab"): lambda _: self._put(" "),
            qn("w:ptab"): lambda _: self._put(" "),
            qn("w:br"): lambda _: self._put("\n"),
            qn("w:cr"): lambda _: self._put("\n"),
            qn("w:noBreakHyphen"): lambda _: self._put("-"),
            qn("w:sym"): self._symbol,
            qn("w:fldChar"): self._field_mark,
            qn("w:instrText"): self._instruction,
            qn("w:ruby"): lambda ruby: self._children(child(ruby, "w:rubyBase")),
            qn("w:footnoteReference"): self._note,
            qn("w:endnoteReference"): self._note,
            qn("w:drawing"): self._drawing,
            qn("w:pict"): self._drawing,
            qn("w:object"): self._drawing,
            qn("w:del"): lambda _: self._leave_out("deleted"),
            qn("w:moveFrom"): lambda _: self._leave_out("deleted"),
            qn("w:commentReference"): lambda _: self._leave_out("comment"),
            f"{_MC}AlternateContent": lambda element: self._children(chosen(element)),
            f"{_M}oMath": self._formula,
            f"{_M}oMathPara": self._formula,
        }
        self._readers = readers

    def read(self, paragraph: Element, style_id: str | None) -> Inline:
        """The content of one paragraph of that style."""
        self._found = Inline()
        self._hidden_by_style = bool(self._styles.of(style_id).hidden)
        self._children(paragraph)
        while self._fields and not self._fields[-1].in_result:  # an instruction ends with its paragraph
            self._fields.pop()
        return self._found

    def _children(self, parent: Element | None) -> None:
        for element in () if parent is None else parent:
            if (reader := self._readers.get(element.tag)) is not None:
                reader(element)

    def _put(self, text: str) -> None:
        if self._hidden:
            self._leave_out("hidden" if text.strip() else "")
        elif all(one.in_result for one in self._fields):
            self._found.pieces.append(text)
            self._found.in_contents |= any(one.is_contents for one in self._fields)

    def _leave_out(self, kind: str) -> None:
        if kind:
            self.left_out[kind] += 1

    def _run(self, run: Element) -> None:
        properties = child(run, "w:rPr")
        own = switched(child(properties, "w:vanish"))
        by_style = value(child(properties, "w:rStyle"))
        hidden = self._hidden_by_style or (by_style is not None and bool(self._styles.of(by_style).hidden))
        fonts = child(properties, "w:rFonts")
        before = self._hidden, self._font
        self._hidden = self._hidden or (hidden if own is None else own)
        self._font = "" if fonts is None else fonts.get(qn("w:ascii"), "")
        self._children(run)
        self._hidden, self._font = before

    def _text(self, element: Element) -> None:
        text = _SPACES.sub(" ", element.text or "")
        kept = element.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
        self._put(shown(text if kept else text.strip(" "), self._font))

    def _symbol(self, element: Element) -> None:
        code = element.get(qn("w:char"), "")
        try:
            self._put(sign(int(code, 16), element.get(qn("w:font"), "")))
        except (ValueError, OverflowError):
            self._leave_out("symbol")

    def _control(self, element: Element) -> None:
        """A content control; the grey words that ask for an input are not the document's."""
        if not switched(descend(element, "w:sdtPr", "w:showingPlcHdr")):
            self._children(child(element, "w:sdtContent"))

    def _field_mark(self, element: Element) -> None:
        kind = element.get(qn("w:fldCharType"))
        if kind == "begin":
            self._fields.append(_Field(box=_check_box(element)))
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = True
            self._fields[-1].is_contents = "".join(self._fields[-1].instruction[:3]).split()[:1] == ["TOC"]
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            if not ended.in_result:
                enclosed = _ENCLOSED.fullmatch("".join(ended.instruction)[:100])
                self._put(_circled(enclosed[1].strip()) if enclosed else ended.box)

    def _instruction(self, element: Element) -> None:
        if self._fields and not self._fields[-1].in_result:
            self._fields[-1].instruction.append(element.text or "")

    def _note(self, element: Element) -> None:
        notes = self._notes.get(element.tag, {})
        if not self._hidden and (note := notes.pop(element.get(qn("w:id"), ""), None)) is not None:
            self._found.below.append(note)

    def _drawing(self, element: Element) -> None:
        boxes = 0
        for content in _boxes(element):
            self._found.below.append(content)
            boxes += 1
        if element.tag == qn("w:object"):
            self._leave_out("object")
        elif any(next(element.iter(name), None) is not None for name in (_DIAGRAM, _CHART)):
            self._leave_out("diagram")
        elif not boxes and any(
            any(picture.get(name) for name in _RELATION) for name in _PICTURES for picture in element.iter(name)
        ):
            self._leave_out("picture")

    def _formula(self, element: Element) -> None:
        for part in element.iter(f"{_M}t", f"{_M}den"):
            self._put("/" if part.tag == f"{_M}den" else part.text or "")


def chosen(alternatives: Element) -> Element | None:
    """Of content written in several ways the first, which is the newest; the fallback where that is all there is."""
    choice = alternatives.find(f"{_MC}Choice")
    return alternatives.find(f"{_MC}Fallback") if choice is None else choice


def _boxes(element: Element) -> list[Element]:
    """The outermost contents of text boxes in a drawing, not those of a fallback."""
    found: list[Element] = []
    waiting = [element]
    while waiting:
        one = waiting.pop()
        if one.tag == qn("w:txbxContent"):
            found.append(one)
        elif one.tag == f"{_MC}AlternateContent":
            waiting.extend([] if (choice := chosen(one)) is None else [choice])
        else:
            waiting.extend(reversed(one))
    return found


def _check_box(mark: Element) -> str:
    box = descend(mark, "w:ffData", "w:checkBox")
    if box is None:
        return ""
    checked = switched(child(box, "w:checked"))
    return "☑" if (switched(child(box, "w:default")) if checked is None else checked) else "□"


def _circled(text: str) -> str:
    return format_number(int(text), "decimalEnclosedCircle") if text.isascii() and text.isdecimal() else text
