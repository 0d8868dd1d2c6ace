"""Word files for tests: a text typed into one, the same with its numbers left to Word, and files from bare XML."""

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

from docx import Document
from docx.oxml.parser import parse_xml

from corpus.text.numeral import from_chinese

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_NUMERAL = "[一二三四五六七八九十百]{1,6}"
# How a typed number looks, and Word's format and text of a level that prints the same, outermost first.
_FORMS = (
    (re.compile(rf"第({_NUMERAL})章\s*"), "chineseCountingThousand", "第%{}章"),
    (re.compile(rf"第({_NUMERAL})条\s*"), "chineseCountingThousand", "第%{}条"),
    (re.compile(rf"({_NUMERAL})、"), "chineseCounting", "%{}、"),
    (re.compile(rf"\(({_NUMERAL})\)"), "chineseCounting", "(%{})"),
    (re.compile(rf"（({_NUMERAL})）"), "chineseCounting", "（%{}）"),
    (re.compile(r"(\d{1,3})\."), "decimal", "%{}."),
    (re.compile(r"(\d{1,3})﹒"), "decimal", "%{}﹒"),
)


def typed_docx(text: str) -> bytes:
    """A file with one paragraph a line, every character typed."""
    document = Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    return _saved(document)


def auto_numbered_docx(text: str, suffix: str = "nothing") -> bytes:
    """A file with one paragraph a line, in which Word counts what `text` types: 第一章, 第一条, 一、, (一), 1.

    One multilevel list, as an office makes it: a level starts again below each number above it, and where the text
    counts otherwise a new instance of the list says so.
    """
    document = Document()
    numbers = _Counter()
    for line in text.split("\n"):
        words = line.strip()
        level, count, rest = _number(words)
        paragraph = document.add_paragraph(rest)
        if count:
            reference = f'<w:ilvl w:val="{level}"/><w:numId w:val="{numbers.instance(level, count)}"/>'
            properties: Any = paragraph._p.get_or_add_pPr()
            properties.append(parse_xml(f'<w:numPr xmlns:w="{_W}">{reference}</w:numPr>'))
    root = document.part.numbering_part.element
    for element in list(root):
        root.remove(element)
    for written in (_definition(suffix), *numbers.instances):
        root.append(parse_xml(written))
    return _saved(document)


def word_file(
    body: str, *, numbering: str = "", styles: str = "", footnotes: str = "", endnotes: str = "", extra: str = ""
) -> bytes:
    """A docx from the XML inside `w:body` and inside the roots of its other parts; `extra` are more relationships."""
    parts = {"styles": styles, "numbering": numbering, "footnotes": footnotes, "endnotes": endnotes}
    links = "".join(_link(f"rId{kind}", kind, f"{kind}.xml") for kind, content in parts.items() if content)
    files = {
        "[Content_Types].xml": _content_types(parts),
        "_rels/.rels": _relationships(_link("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relationships(links + extra),
        **{
            f"word/{kind}.xml": f"<w:{kind} {_NAMESPACES}>{content}</w:{kind}>"
            for kind, content in parts.items()
            if content
        },
    }
    return zip_file(files)


def zip_file(files: dict[str, str]) -> bytes:
    """A zip file with these entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def paragraph(content: str, properties: str = "") -> str:
    """A paragraph of one run, or of the runs that `content` is made of."""
    runs = content if content.startswith("<") else run(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def numbered(text: str, num_id: int = 1, level: int = 0) -> str:
    """A paragraph of a list."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num_id}"/></w:numPr>')


def table(*rows: str) -> str:
    """A table of rows made by `row`."""
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def row(*cells: str) -> str:
    """A row; a cell is text, or the XML that stands in it."""
    inside = (cell if cell.startswith("<") else paragraph(cell) for cell in cells)
    return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in inside)}</w:tr>"


@dataclass
class _Counter:
    """Which instance of the list gives a paragraph its number."""

    counts: dict[int, int] = field(default_factory=dict)
    used: dict[int, int] = field(default_factory=dict)  # instance last used, by level
    instances: list[str] = field(default_factory=list)

    def instance(self, level: int, count: int) -> int:
        if not self.instances:
            self.instances.append(_instance(1, ""))
        number = self.used.get(level, 1)
        if count != self.counts.get(level, 0) + 1:
            number = len(self.instances) + 1
            start = f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{count}"/></w:lvlOverride>'
            self.instances.append(_instance(number, start))
        self.used[level] = number
        self.counts[level] = count
        for deeper in [one for one in self.counts if one > level]:
            del self.counts[deeper]
            self.used.pop(deeper, None)
        return number


def _number(words: str) -> tuple[int, int, str]:
    for level, (pattern, _, _) in enumerate(_FORMS):
        if match := pattern.match(words):
            count = int(match[1]) if match[1].isdigit() else from_chinese(match[1])
            return level, count, words[match.end() :]
    return 0, 0, words


def _definition(suffix: str) -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="{suffix}"/>'
        f'<w:lvlText w:val="{text.format(level + 1)}"/></w:lvl>'
        for level, (_, form, text) in enumerate(_FORMS)
    )
    return f'<w:abstractNum xmlns:w="{_W}" w:abstractNumId="0">{levels}</w:abstractNum>'


def _instance(number: int, overrides: str) -> str:
    return f'<w:num xmlns:w="{_W}" w:numId="{number}"><w:abstractNumId w:val="0"/>{overrides}</w:num>'


def _content_types(parts: dict[str, str]) -> str:
    """What says to other programs which part is what."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml."
    names = {"document": "document.main", **{part: part for part in parts}}
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{kind}{name}+xml"/>' for part, name in names.items()
    )
    relations = 'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"'
    default = f'<Default {relations}/><Default Extension="xml" ContentType="application/xml"/>'
    return f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{default}{overrides}</Types>'


def _relationships(links: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'
    )


def _link(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{_R}/{kind}" Target="{target}"/>'


def _saved(document: Any) -> bytes:  # noqa: ANN401 (python-docx's Document is a function)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
