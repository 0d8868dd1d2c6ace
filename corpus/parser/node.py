"""The outline of a document as a tree, and what the parser noticed on the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.numbering import HeadingNumber, NumberingStyle


class Kind(StrEnum):
    """What a stretch of text is."""

    DOCUMENT = "document"
    NAVIGATION = "navigation"  # a website's lines around the text
    TITLE = "title"
    NUMBER = "number"  # 文号
    NOTE = "note"  # who passed it and when; 此件公开发布; 抄送
    CONTENTS = "contents"  # 目录
    ADDRESSEE = "addressee"  # 各市人民政府：
    PREAMBLE = "preamble"  # what leads in to numbered text
    SECTION = "section"  # a heading, numbered or not, with clauses below it
    HEADING = "heading"  # the line of a section or clause that names it
    TABLE_HEAD = "table_head"  # the row that names the columns
    CLAUSE = "clause"
    PART = "part"
    ATTACHMENT_LIST = "attachment_list"
    SIGNATURE = "signature"
    DATE = "date"
    ATTACHMENT = "attachment"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Node:
    """A stretch of the text, half open, without the blanks around it.

    Laws: children lie inside their parent, in order, disjoint, so that every character has exactly one innermost
    node; in a document, an attachment and a section every visible character lies in a child.
    """

    kind: Kind
    start: int
    end: int
    marker: HeadingNumber | None = None  # its number; for an attachment, its place among the attachments
    children: tuple["Node", ...] = ()
    cells: tuple[tuple[str, str], ...] = ()  # of a row: what its head calls each cell, and the cell

    @property
    def marker_style(self) -> NumberingStyle | None:
        """How it is numbered."""
        return self.marker.style if self.marker else None

    def walk(self) -> Iterator["Node"]:
        """The node and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()


class Severity(StrEnum):
    """How much a clerk has to care."""

    WARNING = "warning"  # it may be meant so
    ERROR = "error"  # an address is surely wrong: somebody has to correct the text


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """What looks wrong in a document that can be read."""

    file: str
    line: int
    message: str  # ends with what to do next
    severity: Severity = Severity.WARNING

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True)
class Outline:
    """The tree of one text and the warnings about it."""

    root: Node
    diagnostics: tuple[Diagnostic, ...] = ()

    def title(self, text: str) -> str | None:
        """The first title printed above the text, or above one that it issues, its lines joined, or None."""
        texts = (self.root, *(node for node in self.root.children if node.kind is Kind.ATTACHMENT))
        return next(filter(None, (_printed_title(node, text) for node in texts)), None)


def _printed_title(division: Node, text: str) -> str:
    lines: list[str] = []
    for node in division.children:
        if node.kind is Kind.TITLE and text[node.start : node.end] not in lines:
            lines.append(text[node.start : node.end])
        elif lines:
            break
    return "".join(line.strip("#* ") for line in lines)
