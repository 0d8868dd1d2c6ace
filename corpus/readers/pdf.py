"""A pdf as received: its text where it has one, its pictures where recognition is installed (extra `ocr`)."""

import json
import os
import subprocess
import sys
from pathlib import Path

from corpus.errors import DocumentError
from corpus.readers.pdf_document import to_source
from corpus.readers.printed import PrintedLine, PrintedPage, PrintedTable
from corpus.readers.source import Source

MOST_SECONDS = 2400  # of the whole process; it stops itself earlier than this
NEEDS_OCR = 'pip install "policyqa[ocr]"'

_REASONS = {
    "password": "文件有打开密码；请去掉密码后另存再试 (the pdf is protected by a password; save it without one)",
    "damaged": "文件已损坏或不是 PDF；请重新导出或重新下载 (damaged or no pdf; export or download it again)",
    "pages": "超过 1,000 页；请拆分成几个文件 (more than 1,000 pages; split the document)",
    "slow": "这一页过于复杂，在限定时间内读不完；请重新打印成 PDF 再试 (this page takes too long; print it to a new pdf)",
    "memory": "读取所需的内存过大；请重新打印成 PDF 再试 (needs too much memory; print it to a new pdf)",
}


def read_pdf(data: bytes, file: str) -> Source:
    """The text of a pdf: paragraphs, rows of tables, without page heads, feet and numbers.

    Work is done in a process of its own, which may take only so much time and memory. Raises DocumentError for a pdf
    that is damaged, protected by a password, too long or too slow to read, and for one without any text.
    """
    pages = _pages(data, file)
    if any(page.unread for page in pages) and not any(page.lines or page.tables for page in pages):
        raise DocumentError(
            f"{file}:1: 页面是扫描图片，需要文字识别；请运行 {NEEDS_OCR} 后重试 (the pages are pictures; install the extra)"
        )
    source = to_source(pages)
    if not source.text.strip():
        raise DocumentError(f"{file}:1: 没有文字，也没有可识别的图片；请换一份文件 (no text in it; get another copy)")
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
        raise DocumentError(f"{file}:{answer.get('page') or 1}: {_REASONS[reason]}")
    return [_page(page) for page in answer["pages"]]


def _page(page: dict) -> PrintedPage:  # type: ignore[type-arg]
    lines = [PrintedLine(*line) for line in page.pop("lines")]
    return PrintedPage(lines=lines, tables=[PrintedTable(*table) for table in page.pop("tables")], **page)
