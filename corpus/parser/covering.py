"""Which text of a document people cite: its own, or the 办法, 细则 or 方案 that it transmits."""

import re
from collections.abc import Sequence

from corpus.clause import Document
from corpus.numbering import NumberingStyle
from corpus.parser.node import Kind, Node

ATTACHMENT, TEXT = "attachment", "text"  # what `main` in the facts may say
_TRANSMITS = re.compile(r"印发|转发|批转|发布|公布|颁布|下发")
_FORWARDS = re.compile(r"^[^《]*(?:转发|批转)")
_QUOTED = re.compile(r"《(?:[^《》]|《[^《》]*》){4,100}》")
_MORE = re.compile(r"》等(?:[\d一二三四五六七八九十两几]{0,3}[个项部件份]|文件|制度|办法|规定)")
_YEARLY = re.compile(r"[〔\[【（(]\d{4}[〕\]】）)]")
_MARKS = re.compile(r"[《》〈〉“”\s]|[（(][^（）()]{1,20}[）)]$")


def printed_title(node: Node, text: str) -> str:
    """The title printed above an attachment or enclosed text, else its first line, else nothing."""
    titles = [text[child.start : child.end] for child in node.children if child.kind is Kind.TITLE]
    headings = (text[child.start : child.end] for child in node.children if child.kind is Kind.HEADING)
    return "".join(titles) or next(headings, "")


def names_several(title: str) -> bool:
    """Whether a notice issues several texts by its title, so that none of them is the one that people cite."""
    verb = _TRANSMITS.search(title)
    issued = title[verb.end() :] if verb else ""
    return len(_QUOTED.findall(issued)) > 1 or bool(_MORE.search(issued))


def forwards_letter(title: str, attachments: Sequence[Node], text: str) -> bool:
    """Whether a notice forwards another office's with a 文号 of its own: then each is cited by its own title."""
    if not _FORWARDS.search(title):
        return False
    return any(_bears_number(node, text) for node in attachments)


def _bears_number(node: Node, text: str) -> bool:
    numbers = (text[child.start : child.end] for child in node.children if child.kind is Kind.NUMBER)
    return any(_YEARLY.search(number) for number in numbers)


def find_main(root: Node, attachments: Sequence[Node], document: Document, given: str | None) -> Node | None:
    """The attachment or enclosed text that people cite; None where that is the document's own text.

    It is one whose title the document's title holds, or is; or in a notice that issues something and has no articles
    itself, the first that has some. A notice that issues several texts, or forwards one with a 文号, is cited itself.
    `given` is what the facts say, which wins.
    """
    citable = [node for node in attachments if any(child.kind is Kind.CLAUSE for child in node.walk())]
    if not citable or given == TEXT:
        return None
    if given == ATTACHMENT:
        return citable[0]
    if names_several(document.title) or forwards_letter(document.title, citable, document.text):
        return None
    title = _MARKS.sub("", document.title)
    for node in citable:
        named = _MARKS.sub("", printed_title(node, document.text))
        if len(named) > 3 and (named == title or (named in title and _TRANSMITS.search(title))):
            return node
    articles = [node for node in citable if _has_articles(node)]
    transmits = bool(_TRANSMITS.search(title)) or citable[0].marker_style is NumberingStyle.ENCLOSURE
    own = (child for child in root.children if child.kind is not Kind.ATTACHMENT)
    return articles[0] if articles and transmits and not any(map(_has_articles, own)) else None


def _has_articles(node: Node) -> bool:
    return any(child.marker_style is NumberingStyle.ARTICLE for child in node.walk() if child.kind is Kind.CLAUSE)
