"""A pdf as received: its text where it has one, its pictures where recognition is installed (extra `ocr`)."""

import json
import os
import subprocess
import sys
from pathlib import Path

from corpus.errors import DocumentError
from corpus.readers.printed.document import to_source
from corpus.readers.printed.page import PrintedLine, PrintedPage, PrintedTable
from corpus.readers.printed.recognised import INSTALL
from corpus.readers.source import Source

MOST_SECONDS = 3600  # of the whole process, which stops itself earlier

_REASONS = {
    "password": "文件有打开密码，请去掉密码后另存再试。protected by a password; save it without one",
    "damaged": "文件已损坏或不是 PDF，请重新导出或下载。damaged, or no pdf; export or download it again",
    "pages": "超过 1,000 页，请拆分成几个文件。more than 1,000 pages; split the document",
    "slow": "这一页过于复杂，限定时间内读不完，请重新打印成 PDF。this page takes too long; print it to a new pdf",
    "memory": "读取所需内存过大，请重新打印成 PDF 再试。needs too much memory; print it to a new pdf",
    "recognition": "图片文字识别失败，请重新安装识别组件。recognition of pictures failed; install it again",
}


def read_pdf(data: bytes, file: str) -> Source:
    """The text of a pdf: paragraphs, rows of tables, without page heads, feet and numbers.

    Work is done in a process of its own, which may take only so much time and memory. Raises DocumentError for a pdf
    that is damaged, protected by a password, too long or too slow to read, and for one without any text.
    """
    pages = _pages(data, file)
    if any(page.unread for page in pages) and not any(page.lines or page.tables for page in pages):
        raise DocumentError(
            f"{file}:1: 页面是扫描图片，需要文字识别，请运行 {INSTALL} 后重试。"
            f"its pages are pictures; run {INSTALL}, which recognises their words, and read it again"
        )
    source = to_source(pages)
    if not source.text.strip():
        raise DocumentError(
            f"{file}:1: 没有文字，也没有可识别的图片，请换一份。no text in it, nor a picture of text; get another copy"
        )
    return source


def _pages(data: bytes, file: str) -> list[PrintedPage]:
    root = str(Path(__file__).parents[2])
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([root, *sys.path]), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-P", "-m", "corpus.readers.pdf_process"]
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, timeout=MOST_SECONDS, env=environment, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise DocumentError(f"{file}:1: {_REASONS['slow']}") from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:  # the process was ended from outside, or a library broke down
        raise DocumentError(f"{file}:1: {_REASONS['damaged']}") from error
    if reason := answer.get("error"):
        detail = f" ({answer['detail']})" if answer.get("detail") else ""
        raise DocumentError(f"{file}:{answer.get('page') or 1}: {_REASONS[reason]}{detail}")
    return [_page(page) for page in answer["pages"]]


def _page(page: dict) -> PrintedPage:  # type: ignore[type-arg]
    lines = [PrintedLine(*line) for line in page.pop("lines")]
    return PrintedPage(lines=lines, tables=[PrintedTable(*table) for table in page.pop("tables")], **page)
