"""Tables of questions as offices make them: titles above the heads, empty rows, columns of their own, lists in a cell.

Of `answers`, written `document: quote`, an entry ends at `;` or with the line; every other list is separated by `;`,
`；` or a line break. A cell that says 无 where clauses are wanted says that nothing answers.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from corpus.errors import QuestionFileError
from eval.questions.heads import DOCUMENT, HeadRow, understood

LISTS = ("history", "tags", "relevant", "relevant_parts", "related")
CLAUSES = ("relevant", "relevant_parts", "related")
ANSWERS = "answers"
_LANGUAGES = {
    **dict.fromkeys(("中文", "汉语", "简体"), "zh"),
    **dict.fromkeys(("英文", "英语"), "en"),
    **dict.fromkeys(("混合", "中英混合"), "mixed"),
    **dict.fromkeys(("繁体", "繁體"), "zh-hant"),
}
_NOTHING = ("无", "没有", "无答案", "不可答", "无法回答", "文件未规定", "no_answer", "none", "/", "-", "—", "——")

Row = dict[str, Any]
Report = Callable[[str], None]


class Line(NamedTuple):
    """A row that holds something, and where it stands in its file."""

    place: str
    cells: Sequence[str]


def without_heads(where: str, cells: Sequence[str]) -> QuestionFileError:
    """The error of a table in which no row names the column of questions."""
    found = "、".join(cell for cell in cells if cell)[:100]
    return QuestionFileError(
        f"{where}: 没有找到表头“问题”，这一行是“{found}”。请在问题上方写一行表头，可用：{understood()}。"
        "no head 'question' is found; write a row of heads above the questions."
    )


def read_table(file: str, lines: Sequence[Line], heads: HeadRow, report: Report) -> Iterator[tuple[str, Row]]:
    """Rows below the heads. Raises QuestionFileError naming the place."""
    others = [name for column, name in enumerate(heads.names) if name and column not in heads.fields]
    if others:
        names = "、".join(others)
        report(f"{file}:{lines[heads.row].place}: 这些列没有用到 These columns are not used: {names}")
    for place, cells in lines[heads.row + 1 :]:
        where = f"{file}:{place}"
        if any(cells[len(heads.names) :]):
            raise QuestionFileError(
                f"{where}: 这一行比表头多出几格，请给多出的列写上表头，CSV 里含逗号的文字要加引号。"
                "more cells than columns; give each column a head, put a text that holds commas in quotes."
            )
        if any(cells[column] for column in heads.fields if column < len(cells)):
            yield place, _row(place, cells, heads, where)


def _row(place: str, cells: Sequence[str], heads: HeadRow, where: str) -> Row:
    row: Row = {}
    for column, field in heads.fields.items():
        cell = cells[column] if column < len(cells) else ""
        value = _value(field, cell, where)
        if isinstance(value, list):
            row[field] = [*row.get(field, []), *value]  # 应引条款1 and 应引条款2
        else:
            row[field] = row.get(field) or value
    row.setdefault("id", place)
    return _with_answer(row, where)


def _value(field: str, cell: str, where: str) -> str | list[Any]:
    if field == ANSWERS:
        return [_answer(one, where) for one in _entries(cell, "[;\n]")]
    if field in CLAUSES:
        return [] if cell.casefold() in _NOTHING else _entries(cell, r"[;；\n]|、(?=[^、:]+:)")
    if field == "tags":
        return _entries(cell, r"[;；\n、,，]")
    if field in LISTS:
        return _entries(cell, r"[;；\n]")
    return _LANGUAGES.get(cell, cell.casefold()) if field == "language" else cell


def _entries(cell: str, separator: str) -> list[str]:
    return [one.strip() for one in re.split(separator, cell) if one.strip()]


def _answer(text: str, where: str) -> dict[str, str]:
    document, colon, quote = text.replace("：", ":", 1).partition(":")
    if not colon:
        raise QuestionFileError(
            f"{where}: {ANSWERS!r} 写的是“{text}”，请写成“文件: 原文”。write it as document: quote."
        )
    return {"document": document.strip(), "quote": quote.strip()}


def _with_answer(row: Row, where: str) -> Row:
    """A row with document and quote but no clause says its answer by them."""
    if not row.get("quote") or row.get("relevant") or row.get(ANSWERS):
        return row
    if not row.get(DOCUMENT):
        raise QuestionFileError(
            f"{where}: 有原文而没有条款，也没有文件，请填“应引条款”或“文件”。"
            "a quote without clause and document; fill in 'relevant' or 'document'."
        )
    row.pop("relevant", None)
    return row | {ANSWERS: [{"document": row[DOCUMENT], "quote": row.pop("quote")}]}
