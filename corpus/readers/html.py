"""Web pages: the text that a page was made for, with its tables, and the facts that it states beside it.

Read with lxml, which fetches nothing and stops at a bounded depth. Which lines are the text: `html_main.py`.
"""

import re

from lxml import etree

from corpus.errors import DocumentError
from corpus.readers.encodings import decode_page
from corpus.readers.furniture import without_furniture
from corpus.readers.html_blocks import Block, page_blocks
from corpus.readers.html_facts import meta_facts
from corpus.readers.html_main import main_text
from corpus.readers.source import LineKind, Source, SourceLine

_HEAD = 4096  # bytes in which a page says its encoding
_CHARSET = re.compile(rb"""(?:charset|encoding)\s{0,5}=\s{0,5}["']?\s{0,5}([\w-]{2,20})""", re.IGNORECASE)
_PAGE = re.compile(
    r"[\s\ufeff]*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,1000}-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|meta|title|table|div|section|article|p|h[1-6])\b[^<]{0,2000}(?:<|$)",
    re.IGNORECASE,
)
_LEADS_ON = re.compile(r"""(?:location(?:\.href)?\s*=|location\.replace\s*\(|url\s*=)\s*["']?([^"'\s>)]{1,300})""")
_TITLE_PARTS = re.compile(r"[_|｜–—-]|\s>\s")
_FEW = 10  # visible characters below which a page holds no text


def is_page(text: str) -> bool:
    """Whether a text is an HTML page, whatever its file is called."""
    return bool(_PAGE.match(text[:_HEAD])) and re.search(r"</\w", text[:1_000_000]) is not None


def read_html(data: bytes, file: str) -> Source:
    """The text of a web page, without what the site puts around it. Raises DocumentError where there is none."""
    declared = _CHARSET.search(data[:_HEAD])
    text, broken = decode_page(data, declared[1].decode("ascii") if declared else None, file)
    root = _parsed(text, file)
    body = next(root.iter("body"), root)
    blocks = page_blocks(body, file)
    if sum(len(block.text) for block in blocks) < _FEW:  # a script would have shown it
        blocks = page_blocks(body, file, hidden=True)
    facts = meta_facts(root)
    titles = [part for label, value in facts if "title" in label.lower() for part in _parts(value)]
    kept, stated = main_text(blocks, body, titles)
    if sum(len(block.text) for block in kept) < _FEW:
        raise _nothing(root, file)
    lines, printed = without_furniture(_lines(kept))
    return Source(tuple(lines), tuple(stated + facts), tuple(_notices(len(blocks) - len(kept) + printed, broken)))


def _parsed(text: str, file: str) -> etree._Element:
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True, recover=True
    )
    try:
        root = etree.fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise _unreadable(file, str(error)) from error
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        raise _unreadable(file, "nested too deep")
    if root is None:
        raise DocumentError(f"{file}:1: 网页里没有内容，请重新保存网页。the page holds nothing; save it again")
    return root


def _unreadable(file: str, reason: str) -> DocumentError:
    return DocumentError(
        f"{file}:1: 网页无法解析，请在浏览器中打开，另存为文本或复制到 Word。"
        f"not a readable page ({reason}); open it in a browser and save its text"
    )


def _nothing(root: etree._Element, file: str) -> DocumentError:
    """What to do with a page whose text is somewhere else."""
    frame = next((frame.get("src", "") for frame in root.iter("frame", "iframe") if frame.get("src")), "")
    scripts = " ".join("".join(script.itertext())[:10_000] for script in root.iter("script"))
    metas = " ".join(
        meta.get("content", "") for meta in root.iter("meta") if meta.get("http-equiv", "").lower() == "refresh"
    )
    link = next((link.get("href", "") for link in root.iter("a") if link.get("href")), "")
    on = _LEADS_ON.search(f"{metas} {scripts}")
    where = frame or (on[1] if on else link)
    pointer = f"（它指向 {where[:200]}）" if where else ""
    return DocumentError(
        f"{file}:1: 网页里没有正文{pointer}，正文可能由脚本或另一个网页显示；"
        "请在浏览器中打开，等正文出现后再保存，或复制文字到 Word。"
        "the page holds no text of its own, only links, frames or scripts; "
        "open it in a browser and save what is shown there"
    )


def _parts(title: str) -> list[str]:
    return [title, *(part for part in _TITLE_PARTS.split(title) if len(part) >= 6)]


def _lines(blocks: list[Block]) -> list[SourceLine]:
    """The lines, with an empty one between paragraphs, as readers of plain text expect it."""
    lines: list[SourceLine] = []
    for block in blocks:
        if lines and block.apart:
            lines.append(SourceLine("", LineKind.PARAGRAPH))
        lines.append(block.line)
    return lines


def _notices(left_out: int, broken: int) -> list[str]:
    notices = []
    if left_out:
        notices.append(
            f"网页的导航、页脚等 {left_out} 行未收入。{left_out} lines of the site or the printed page left out."
        )
    if broken:
        notices.append(f"{broken} 个字符无法识别，显示为 �。{broken} characters could not be read.")
    return notices
