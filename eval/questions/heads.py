"""The heads of a table of questions: what offices call the columns, and in which row the heads stand."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

DOCUMENT = "document"  # the document in which a row's clauses and quote stand; only tables have it
QUESTION = "question"
_ALIASES = {
    "id": "编号 序号 题号 问题编号 no 号",
    QUESTION: "问题 提问 问句 问法 市民问题 群众问题 咨询问题 咨询内容 问题内容",
    "relevant": "应引条款 条款 条款编号 依据条款 正确条款 应答条款 对应条款 依据 clause clauses",
    "answers": "应引原文",
    DOCUMENT: "文件 文件名 文件名称 文件编号 文号 依据文件 政策文件 所属文件 政策名称",
    "quote": "原文 引文 条款原文 依据原文 原文内容",
    "jurisdiction": "地区 地方 地点 区域 所在地 适用地区 place",
    "tags": "标签 分类 类别 类型 tag",
    "language": "语言 语种",
    "history": "上文 前文 历史 历史问题 之前的问题 追问前的问题",
    "relevant_parts": "应引要点 要点 款项 part parts",
    "related": "相关条款 相近条款 近似条款",
}
_REMARK = re.compile(r"\([^()]*\)|[*\s_:]")  # （必填）, a star, blanks
_LOOKED_AT = 20  # rows in which the heads may stand, titles and remarks above them


@dataclass(frozen=True, slots=True)
class HeadRow:
    """The row that names the columns."""

    row: int  # its number among the rows that hold something, from 0
    names: tuple[str, ...]  # as written, up to the last one
    fields: Mapping[int, str]  # column, from 0 → field of a question


def _plain(head: str) -> str:
    return _REMARK.sub("", unicodedata.normalize("NFKC", head).casefold())


_FIELDS = {_plain(name): field for field, names in _ALIASES.items() for name in (field, *names.split())}
_CHINESE = {field: names.split()[0] for field, names in _ALIASES.items()}


def understood() -> str:
    """The heads that are known, for a message: 编号 id, 问题 question …"""
    return "、".join(f"{chinese} {field}" for field, chinese in _CHINESE.items())


def find_heads(rows: Iterable[Sequence[str]]) -> HeadRow | None:
    """Of the first rows, titles and remarks among them, the one with the most known heads, the question's among them.

    None where no row names the column of questions.
    """
    found: list[HeadRow] = []
    for number, cells in enumerate(islice(rows, _LOOKED_AT)):
        known = {column: field for column, cell in enumerate(cells) if (field := _FIELDS.get(_plain(cell)))}
        if QUESTION in known.values():
            width = 1 + max(column for column, cell in enumerate(cells) if cell)
            found.append(HeadRow(number, tuple(cells[:width]), known))
    return max(found, key=lambda one: len(one.fields), default=None)
