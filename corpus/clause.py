"""The types every package shares: Document → Clause → Part.

Read this file first. All offsets are character offsets into `Document.text`, half open.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from corpus.numbering import HeadingNumber


@dataclass(frozen=True, slots=True)
class Document:
    """One policy document (文件). Facts the source does not state are `None` or empty, never guessed."""

    id: str
    title: str
    text: str
    number: str | None = None  # 文号, e.g. 皖营商环境办〔2023〕4号
    issuer: str | None = None  # 发文机关
    jurisdiction: tuple[str, ...] = ()  # short place names, e.g. ("安徽",)
    issued: date | None = None
    status: str | None = None  # 现行 / 已修改 / 废止 / 到期
    source: str | None = None
    title_en: str | None = None  # an English rendering, for readers of English; never cited
    attachment_en: str | None = None  # what English calls a clause of the attachment that people cite: case
    effective: date | None = None  # the first day it is in force
    expires: date | None = None  # the last one
    replaces: tuple[str, ...] = ()  # older texts that it repeals, by title or 文号 as printed
    replaced_by: str | None = None  # the text that repeals it, by title or 文号, where a clerk has said so
    audience: str | None = None  # whom it is for, in its own words


@dataclass(frozen=True, slots=True)
class Part:
    """A numbered point inside a clause (要点): 一是 / 二是 …, or a 款 / 项 of an article, with the parts inside it.

    Laws: `document.text[start:end] == text`; the span lies inside its clause, and inside the part that holds it.
    """

    id: str  # clause id, or id of the part that holds it, + ".k"
    number: str  # its own number as printed: 一是, （二）; a 款 prints none and is counted: 第三款
    text: str
    start: int
    end: int
    heading_number: HeadingNumber | None = field(default=None, repr=False)  # the same as a value
    parts: tuple["Part", ...] = ()

    def all_parts(self) -> Iterator["Part"]:
        """The part and those inside it, in the order of the text."""
        yield self
        for part in self.parts:
            yield from part.all_parts()


@dataclass(frozen=True, slots=True)
class Clause:
    """The citable unit (条款): 第26条, or 典型案例 一、（三）.

    Law: `document.text[start:end] == text`; the span includes the clause's own number and heading.
    """

    id: str  # {document}:{number path}
    document_id: str
    number: str  # as people cite it: 第二十六条, 典型案例 一、（三）
    title: str  # its heading, or the first sentence where it has none
    path: tuple[str, ...]  # headings above it, outermost first, as printed
    text: str
    start: int
    end: int
    jurisdiction: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()  # the outermost ones; see `all_parts`
    number_length: int = field(default=0, repr=False)  # characters its printed number takes at `start`
    numbers: tuple[HeadingNumber, ...] = field(default=(), repr=False)  # the number path as cited, outermost first
    division: str = field(default="", repr=False)  # words before the number: 典型案例, 附件1, 通知
    division_number: HeadingNumber | None = field(default=None, repr=False)  # of its attachment or enclosed text
    cells: tuple[tuple[str, str], ...] = field(default=(), repr=False)  # of a row: its head and words, cell by cell
    repeat: int = field(default=1, repr=False)  # 2 for the second clause of its document with this `number`

    @property
    def body_start(self) -> int:
        """Offset in the document where the clause's words begin, behind its own number."""
        return self.start + self.number_length

    def all_parts(self) -> tuple[Part, ...]:
        """Every part, nested ones too, in the order of the text: a part before those inside it."""
        return tuple(inner for part in self.parts for inner in part.all_parts())
