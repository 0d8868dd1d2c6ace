"""Which text of a document people cite: its own, or the 办法, 细则 or 方案 that it transmits."""

import re
from collections.abc import Sequence

from corpus.clause import Document
from corpus.numbering import NumberingStyle
from corpus.parser.node import Kind, Node

ATTACHMENT, TEXT = "attachment", "text"  # what `main` in the facts may say
_TRANSMITS = re.compile(r"印发|转发|批转|发布|公布|颁布|下发")
_MARKS = re.compile(r"[《》〈〉“”\s]|[（(][^（）()]{1,20}[）)]$")


def printed_title(node: Node, text: str) -> str:
    """The title printed above an attachment or enclosed text, else its first line, else nothing."""
    titles = [text[child.start : child.end] for child in node.children if child.kind is Kind.TITLE]
    headings = (text[child.start : child.end] for child in node.children if child.kind is Kind.HEADING)
    return "".join(titles) or next(headings, "")


def find_main(root: Node, attachments: Sequence[Node], document: Document, given: str | None) -> Node | None:
    """The attachment or enclosed text that people cite; None where that is the document's own text.

    It is one whose title the document's title holds, or is; or in a notice that issues something and has no articles
    itself, the first that has some. `given` is what the facts say, which wins.
    """
    citable = [node for node in attachments if any(child.kind is Kind.CLAUSE for child in node.walk())]
    if not citable or given == TEXT:
        return None
    if given == ATTACHMENT:
        return citable[0]
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
