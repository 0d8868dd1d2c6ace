"""The types every package shares: Document → Clause → Part.

Read this file first. All offsets are character offsets into `Document.text`, half open.
"""

from dataclasses import dataclass
from datetime import date


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


@dataclass(frozen=True, slots=True)
class Part:
    """A numbered point inside a clause (要点): 一是 / 二是 …, or a 款 / 项 of an article.

    Law: `document.text[start:end] == text`, and the span lies inside its clause.
    """

    id: str  # clause id + ".k"
    number: str  # as printed: 一是, （二）, 第三款
    text: str
    start: int
    end: int


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
    parts: tuple[Part, ...] = ()
