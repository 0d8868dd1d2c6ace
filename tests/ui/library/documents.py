"""Files as offices send them, in our own words, and a desk to lay them on."""

import io
from collections.abc import Callable
from pathlib import Path

from docx import Document as Word
from openpyxl import Workbook

from corpus.corpus import Corpus
from corpus.library.library import Library
from ui.library.command import Command
from ui.library.desk import Desk
from ui.library.drafts import Drafts
from ui.library.publication import Publication

TITLE = "云泽市青年人才安居补贴办法"
LINES = (
    f"云泽市人力资源和社会保障局关于印发《{TITLE}》的通知",
    "云人社规〔2025〕7号",
    "各县（市、区）人力资源和社会保障局：",
    f"现将《{TITLE}》印发给你们，请认真执行。",
    "云泽市人力资源和社会保障局",
    "2025年3月18日",
    TITLE,
    "第一条 为吸引青年人才来云泽市就业创业，制定本办法。",
    "第二条 安居补贴按月发放，标准如下：",
    "（一）博士研究生每月2000元；",
    "（二）硕士研究生每月1200元。",
    "第三条 补贴期限最长为36个月，从通过审核的次月起算。",
    "第五条 区人力资源和社会保障部门应当在10个工作日内完成审核。",
    "第六条 本办法自2025年5月1日起施行，有效期五年。",
)
JUMP = 13  # the line before which 第四条 is missing
TEXT = "\n".join(LINES)
NAME = f"{TITLE}.txt"


def word_file() -> bytes:
    """The text as a Word file."""
    word = Word()
    for line in LINES:
        word.add_paragraph(line)
    file = io.BytesIO()
    word.save(file)
    return file.getvalue()


def table_file() -> bytes:
    """A table of points, with merged cells."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["项目", "指标", "分值"],
        ["学历", "博士研究生", "100"],
        [None, "硕士研究生", "80"],
        ["参保年限", "每满一年", "4"],
        ["住所", "自有住房", "20"],
    ):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


PAGE = f"""<!doctype html><html><head><meta charset="utf-8"><title>{TITLE}</title></head><body>
<div><a href="/">首页</a> <a href="/a">政务公开</a> <a href="/b">办事服务</a></div>
<div>{"".join(f"<p>{line}</p>" for line in LINES)}</div>
<div>主办：云泽市人民政府 <a href="/map">网站地图</a></div></body></html>""".encode()


def desk_in(
    folder: Path,
    run: Command = lambda _arguments, _say: {},
    in_service: Callable[[], Corpus] = lambda: Corpus((), ()),
    elsewhere: Path | None = None,
) -> Desk:
    """A desk over a library in an empty folder; what commands do is `run`."""
    return Desk(
        Library(folder / "library"),
        Drafts(folder / "drafts"),
        Publication(folder / "library", run),
        in_service,
        elsewhere,
    )
