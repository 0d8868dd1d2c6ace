"""Word files: paragraphs and tables in the order of the body, as Word shows them.

Numbers that Word counts are written out, tracked changes accepted, hidden text, comments, page heads and feet left out;
the content of text boxes and notes stands below the paragraph that they hang on.
"""

from collections import Counter

from corpus.errors import DocumentError
from corpus.readers.archive import damaged
from corpus.readers.source import Source, SourceLine, source_line
from corpus.readers.word.inline import InlineReader, chosen
from corpus.readers.word.lines import paragraph_lines, without_empty_ends
from corpus.readers.word.numbering import Numbering, numbered
from corpus.readers.word.package import Element, WordParts, open_word, qn
from corpus.readers.word.styles import Styles, child, descend, outline_level, switched, value
from corpus.readers.word.tables import table_lines

_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_GROUPS = tuple(map(qn, ("w:ins", "w:moveTo", "w:customXml", "w:smartTag")))
_DELETED = tuple(map(qn, ("w:del", "w:moveFrom")))
_NOTICES = {
    "deleted": "有修订痕迹，已按接受全部修订读取。Tracked changes were accepted.",
    "comment": "批注 {} 处没有读入。Comments left out: {}.",
    "hidden": "隐藏文字 {} 处没有读入。Hidden stretches left out: {}.",
    "picture": "图片 {} 幅没有读入，其中的文字请另外补上。Pictures left out: {}; add what they say.",
    "diagram": "图示、图表 {} 处没有读入，其中的文字请另外补上。Diagrams left out: {}; add what they say.",
    "object": "嵌入的对象 {} 处没有读入，请另存为单独的文件。Embedded objects left out: {}; save them as files.",
    "symbol": "符号 {} 个无法识别。Unknown symbols: {}.",
    "part": "合并进来的子文档 {} 份没有读入，请另存为单独的文件。Embedded documents left out: {}; save them as files.",
}


def read_docx(data: bytes, file: str) -> Source:
    """The lines of a docx, docm or dotx; macros and links are not followed.

    Raises DocumentError where it is damaged, locked, too large, none at all, or holds no text.
    """
    reader = _Reader(open_word(data, file))
    try:
        lines = reader.lines()
    except RecursionError as error:
        raise damaged(file, "嵌套过深 nested too deep") from error
    if not any(line.text.strip() for line in lines):
        advice = "只有图片，请导出为 PDF 按扫描件处理" if reader.left_out["picture"] else "没有文字，请换一份有文字的"
        raise DocumentError(
            f"{file}:1: 文件里{advice}。the file holds no text, only pictures or nothing; give it as pdf"
        )
    return Source(tuple(lines), notices=_notices(reader.left_out))


class _Reader:
    def __init__(self, parts: WordParts) -> None:
        self._body = child(parts.document, "w:body")
        self._styles = Styles(parts.styles)
        self._numbering = Numbering(parts.numbering, self._styles)
        notes = {
            qn("w:footnoteReference"): _notes(parts.footnotes, "w:footnote"),
            qn("w:endnoteReference"): _notes(parts.endnotes, "w:endnote"),
        }
        self._inline = InlineReader(self._styles, notes)
        self._tables = 0
        self.left_out = self._inline.left_out

    def lines(self) -> list[SourceLine]:
        """The lines of the body."""
        return [] if self._body is None else without_empty_ends(self._blocks(self._body))

    def _blocks(self, parent: Element) -> list[SourceLine]:
        """The lines of the paragraphs and tables in an element."""
        lines: list[SourceLine] = []
        carried: list[str] = []  # of paragraphs whose end was deleted: they go on in the next one
        for element in _flattened(parent):
            if element.tag == qn("w:p"):
                self._paragraph(element, carried, lines)
            elif element.tag == qn("w:tbl"):
                self._tables += 1
                lines += table_lines(element, self._tables, self._blocks)
            else:
                self.left_out["deleted" if element.tag in _DELETED else "part"] += 1
        return [*lines, *map(source_line, "".join(carried).splitlines())]

    def _paragraph(self, paragraph: Element, carried: list[str], lines: list[SourceLine]) -> None:
        """Adds the lines of a paragraph and of what hangs on it; only its text to `carried` where the next goes on."""
        properties = child(paragraph, "w:pPr")
        style = value(child(properties, "w:pStyle"))
        found = self._inline.read(paragraph, style)
        carried.append(found.text)
        mark = child(properties, "w:rPr")
        if any(child(mark, name) is not None for name in ("w:del", "w:moveFrom")):
            self.left_out["deleted"] += 1
        else:
            text = "".join(carried)
            carried.clear()
            if text.strip() or not switched(child(mark, "w:vanish")):
                level = outline_level(properties)
                level = self._styles.of(style).heading if level is None else level
                text = numbered(self._numbering.number(properties, style), text)
                lines += paragraph_lines(text, level or 0, furniture=found.in_contents)
        for content in found.below:
            lines += self._blocks(content)


def _flattened(parent: Element) -> list[Element]:
    """The paragraphs and tables in an element, and what stands there and is not read, in their order."""
    found: list[Element] = []
    waiting = list(reversed(parent))
    while waiting:
        element = waiting.pop()
        if element.tag in _GROUPS:
            waiting.extend(reversed(element))
        elif element.tag == qn("w:sdt"):
            if not switched(descend(element, "w:sdtPr", "w:showingPlcHdr")):
                waiting.extend(reversed(() if (content := child(element, "w:sdtContent")) is None else content))
        elif element.tag == _CHOICE:
            waiting.extend(reversed(() if (choice := chosen(element)) is None else choice))
        elif element.tag in (qn("w:p"), qn("w:tbl"), qn("w:altChunk"), qn("w:subDoc"), *_DELETED):
            found.append(element)
    return found


def _notes(root: Element | None, name: str) -> dict[str, Element]:
    return {} if root is None else {note.get(qn("w:id"), ""): note for note in root.iterchildren(qn(name))}


def _notices(left_out: Counter[str]) -> tuple[str, ...]:
    return tuple(words.replace("{}", str(left_out[kind])) for kind, words in _NOTICES.items() if left_out[kind])
